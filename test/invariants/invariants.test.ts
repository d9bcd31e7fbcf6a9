// That the invariants see what they are there for: a sound store is tampered with, one way at a time.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { rawClient } from '../tools/raw.ts'
import { startServer } from '../tools/server.ts'
import { brokenIn } from './invariants.ts'
import { rowsOfSqlite } from './rows.ts'
import { disagreements } from './seen.ts'

const edit = (kind: string, member: string, value: string, which = 'true') =>
  `UPDATE records SET facts = json_set(facts, '$.${member}', ${value}) WHERE kind = '${kind}' AND ${which}`

const tamperings: readonly (readonly [statement: string, found: RegExp])[] = [
  ["DELETE FROM sets WHERE kind = 'virtual-interface' AND name = 'party'", /is in the sets .* missing /],
  ["INSERT INTO sets VALUES ('connection', 'owner', 'x', 1, 'dxcon-x', NULL)", /is in the sets .* too much /],
  ["DELETE FROM claims WHERE scope LIKE 'vlan%'", /what a record claims by its facts it holds/],
  ["INSERT INTO claims VALUES ('vlan dxcon-x', '7', 'connection dxcon-x', NULL)", /what a record claims/],
  [edit('virtual-interface', 'vlan', '101'), /no VLAN .* is used twice: dxcon-\w+ 101 by dxvif-\w+ and dxvif/],
  [
    `${edit('connection', 'portId', "'1Gbps/01'")}; ${edit('connection', 'deviceId', "'d'")}`,
    /no port is two connections: d 1Gbps\/01 by/,
  ],
  ["DELETE FROM records WHERE kind = 'connection'", /no child is without its parent: dxvif-\w+ on dxcon/],
  [edit('connection', 'deletedAt', '1'), /no child is without its parent: dxvif-\w+ on dxcon/],
  [edit('gateway', 'deletedAt', '1'), /no child is without its parent: dxvif-\w+ at /],
  ["DELETE FROM records WHERE kind = 'location'", /no child is without its parent: device .* of /],
  [edit('connection', 'bandwidth', "'100Gbps'", "facts LIKE '%dxlag-%'"), /a LAG bundles .* dxcon-\w+ in dxlag/],
  ["INSERT INTO audit SELECT id || 'x', at, account_id, event_name, record FROM audit", /in the audit trail once/],
]

test('whatever is tampered with in a sound store is found by the invariant that says so', async () => {
  await using server = await startServer({ database: null, timing: 'instant' })
  const folder = mkdtempSync(join(tmpdir(), 'crossconnect-invariants-'))
  try {
    const ask = rawClient(server)
    const order = { location: 'EqDC2', bandwidth: '10Gbps' }
    const { connectionId } = await ask('CreateConnection', { ...order, connectionName: 'a' })
    await ask('CreateConnection', { ...order, connectionName: 'b' })
    const bundle = { location: 'EqDC2', connectionsBandwidth: '10Gbps', numberOfConnections: 1, lagName: 'l' }
    await ask('CreateLag', bundle)
    const { directConnectGateway } = await ask('CreateDirectConnectGateway', { directConnectGatewayName: 'g' })
    for (const vlan of [101, 102]) {
      const { directConnectGatewayId } = directConnectGateway
      const wish = { virtualInterfaceName: 'v', vlan, asn: 65_000, directConnectGatewayId }
      await ask('CreatePrivateVirtualInterface', { connectionId, newPrivateVirtualInterface: wish })
    }
    const original = join(server.data, 'crossconnect.sqlite')
    const rows = rowsOfSqlite(original)
    assert.deepEqual(brokenIn(rows), [])
    assert.deepEqual(await disagreements(server.url, rows, ['000000000000']), [])
    for (const [index, [statement, found]] of tamperings.entries()) {
      const copy = join(folder, String(index))
      {
        using database = new DatabaseSync(original)
        database.exec(`VACUUM INTO '${copy}'`)
      }
      {
        using database = new DatabaseSync(copy)
        database.exec(statement)
      }
      assert.match(brokenIn(rowsOfSqlite(copy)).join('\n'), found, statement)
    }

    await ask('DeleteLag', { lagId: (await ask('DescribeLags')).lags[0].lagId })
    const [complaint = ''] = await disagreements(server.url, rows, ['000000000000'])
    assert.equal(complaint, '', 'a list may still show for a while what is being deleted')
    await ask('CreateConnection', { ...order, connectionName: 'since' })
    assert.match((await disagreements(server.url, rows, ['000000000000'])).join(), /shows dxcon-/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
