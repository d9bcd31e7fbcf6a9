// A disk that turns read-only under a running server: who orders is told, who reads is answered, and nothing is damaged.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { brokenIn } from '../invariants/invariants.ts'
import { accounts, prepare, underLoad, untrue } from '../invariants/load.ts'
import { rowsOfSqlite } from '../invariants/rows.ts'
import { disagreements, every } from '../invariants/seen.ts'
import { skipWithout } from '../tools/clients.ts'
import { ext4Disk } from '../tools/ext4-disk.ts'
import { operator } from '../tools/operator.ts'
import { call } from '../wire/signed.ts'
import { started } from './process.ts'

using probe = ext4Disk()

test('while a disk cannot be written to, orders are refused, reads are answered, and nothing is damaged', {
  ...skipWithout('a server on a disk that turns read-only', probe?.directory, 'no file system can be mounted'),
}, async () => {
  using disk = ext4Disk()
  assert.ok(disk)
  const data = join(disk.directory, 'data')
  const args = ['--quotas', 'none', '--timing', 'instant', '--log-level', 'error']
  const rows = () => rowsOfSqlite(join(data, 'crossconnect.sqlite'))
  const kept: string[] = []
  const order = async (url: string, directConnectGatewayName: string) => {
    const body = JSON.stringify({ directConnectGatewayName })
    const answer = await call(url, { target: 'CreateDirectConnectGateway', body })
    if (answer.status === 200) kept.push(directConnectGatewayName)
    return answer
  }
  await using server = await started(data, { args })
  const { url } = server
  const customers = { count: 8, url: () => url, ...(await prepare(url)) }

  const refuses = async () => {
    for (let n = 0; n < 20; n++) {
      const { status, code, json } = await order(url, 'while it is read-only')
      assert.deepEqual([status, code], [400, 'DirectConnectServerException'])
      assert.equal(json.message, 'The request could not be stored. Try again later.')
    }
    const byOperator = await operator(server, 'POST', '/accounts', { name: 'Read-only', kind: 'customer' })
    assert.deepEqual([byOperator.status, byOperator.code], [503, 'Unavailable'])
  }
  const sound = async (at: string, ledger: Parameters<typeof untrue>[1]) => {
    assert.deepEqual(brokenIn(rows()), [])
    assert.deepEqual(await disagreements(at, rows(), accounts), [])
    assert.deepEqual(await untrue(at, ledger), [])
    const listed = await every(at, 'DescribeDirectConnectGateways', 'directConnectGateways', 'test')
    const names = listed.map((each) => each['directConnectGatewayName'])
    assert.deepEqual(names.toSorted(), kept.toSorted())
  }

  const files = readdirSync(data)
    .filter((name) => /\.sqlite(-wal)?$/.test(name))
    .map((name) => join(data, name))
  const first = await underLoad(customers, async (answered) => {
    await answered(40)
    disk.allowWrites(false, files)
    await refuses()
  })
  assert.ok(first.strange.length > 0)
  for (const each of first.strange) assert.match(each, /DirectConnectServerException.*The request could not be stored/)
  await sound(url, first)
  disk.allowWrites(true, files)
  assert.equal((await order(url, 'it can be written to again')).status, 200)
  await sound(url, first)

  // Nobody is at work when it fails, since what is being written at that instant ext4 may acknowledge and still lose.
  const second = await underLoad(customers, (answered) => answered(40))
  disk.fail()
  await refuses()
  await sound(url, second)
  const { stderr } = await server.end('SIGKILL')
  assert.match(stderr, /a request could not be stored/)
  disk.repair()
  await using again = await started(data, { args })
  await sound(again.url, first)
  await sound(again.url, second)
  assert.equal((await order(again.url, 'after the repair')).status, 200)
})
