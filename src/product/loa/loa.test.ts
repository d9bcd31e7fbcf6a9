import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import {
  AllocateHostedConnectionCommand,
  CreateConnectionCommand,
  CreateInterconnectCommand,
  CreateLagCommand,
  DeleteConnectionCommand,
  DescribeConnectionLoaCommand,
  DescribeConnectionsCommand,
  DescribeInterconnectLoaCommand,
  DescribeInterconnectsCommand,
  DescribeLagsCommand,
  DescribeLoaCommand,
  type DirectConnectClient,
} from '@aws-sdk/client-direct-connect'
import { pdftotext, skipWithout } from '../../../test/tools/clients.ts'
import { startServer } from '../../../test/tools/server.ts'

const account = '111122223333'
const refused = (message: string | RegExp) => ({ name: 'DirectConnectClientException', message })
const loa = (connectionId: string | undefined, providerName?: string) =>
  new DescribeLoaCommand({ connectionId, providerName })
const lag = (numberOfConnections: number) =>
  new CreateLagCommand({ location: 'EqDC2', connectionsBandwidth: '10Gbps', lagName: 'bundle', numberOfConnections })

async function order(client: DirectConnectClient, providerName?: string): Promise<string> {
  const asked = { location: 'EqDC2-MMR', bandwidth: '10Gbps', connectionName: 'uplink', providerName }
  return (await client.send(new CreateConnectionCommand(asked))).connectionId ?? ''
}

async function describe(client: DirectConnectClient, connectionId: string) {
  return (await client.send(new DescribeConnectionsCommand({ connectionId }))).connections?.[0]
}

/** The text of a PDF on one line: what stands in columns or over several lines is in one piece. */
function read(pdf: Uint8Array | undefined): string {
  assert.equal(Buffer.from(pdf ?? []).toString('latin1', 0, 5), '%PDF-')
  return execFileSync(pdftotext ?? '', ['-', '-'], { input: pdf, encoding: 'utf8' }).replaceAll(/\s+/g, ' ')
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10)

test(
  'the letter of a connection names its port, and downloading it is its issue',
  skipWithout('pdftotext', pdftotext),
  async () => {
    await using server = await startServer({ timing: 'instant' })
    const client = server.client(account)
    const connectionId = await order(client)
    const before = await describe(client, connectionId)
    assert.equal(before?.loaIssueTime, undefined)
    const { $metadata: _metadata, loaContent, ...rest } = await client.send(loa(connectionId, 'Zayo Group'))
    assert.deepEqual(rest, { loaContentType: 'application/pdf' })
    const text = read(loaContent)
    for (const expected of [
      account,
      'Zayo Group',
      'EqDC2-MMR',
      'Equinix DC2/DC11',
      connectionId,
      'uplink',
      '10GBASE-LR',
    ])
      assert.ok(text.includes(expected), `${expected} in ${text}`)
    assert.ok(text.includes(before?.awsDeviceV2 ?? '?'), text)

    const issued = (await describe(client, connectionId))?.loaIssueTime?.getTime() ?? 0
    assert.ok(text.includes(`Issue date ${day(issued)}`) || text.includes(day(issued)), text)
    assert.ok(text.includes(day(issued + 90 * 24 * 60 * 60 * 1000)), text)
    await client.send(loa(connectionId))
    const renewed = (await describe(client, connectionId))?.loaIssueTime?.getTime() ?? 0
    assert.ok(renewed > issued)
  },
)

test('who names no provider gets the one of the order', skipWithout('pdftotext', pdftotext), async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const connectionId = await order(client, 'Zayo Group')
  await describe(client, connectionId)
  assert.match(read((await client.send(loa(connectionId))).loaContent), /Zayo Group/)
  const other = read((await client.send(loa(connectionId, 'Megaport'))).loaContent)
  assert.ok(other.includes('Megaport') && !other.includes('Zayo'), other)
  await assert.rejects(client.send(loa(connectionId, '')), refused(/providerName/))
})

test(
  'the letter of a LAG covers all its ports and is issued for each',
  skipWithout('pdftotext', pdftotext),
  async () => {
    await using server = await startServer({ timing: 'instant' })
    const client = server.client(account)
    const { lagId, connections = [] } = await client.send(lag(4))
    await client.send(new DescribeLagsCommand({}))
    const text = read((await client.send(loa(lagId))).loaContent)
    for (const { connectionId, connectionName } of connections) {
      assert.ok(text.includes(connectionId ?? '?') && text.includes(connectionName ?? '?'), text)
      assert.ok((await describe(client, connectionId ?? ''))?.loaIssueTime)
    }
  },
)

test('there is no letter before the order is approved', async () => {
  await using server = await startServer({ timing: 'instant', provisioning: 'manual' })
  const client = server.client(account)
  const connectionId = await order(client)
  const { lagId } = await client.send(lag(1))
  for (const id of [connectionId, lagId])
    await assert.rejects(
      client.send(loa(id)),
      refused(`The LOA-CFA for ${id} is not available yet: it is issued when the order is approved, within 72 hours`),
    )
  assert.equal((await describe(client, connectionId))?.loaIssueTime, undefined)
})

test('there is none for a LAG all of whose connections are being deleted', async () => {
  await using server = await startServer({ timing: 'aws' })
  const client = server.client(account)
  const { lagId, connections = [] } = await client.send(lag(1))
  const [connectionId] = connections.map((each) => each.connectionId)
  await server.operator('POST', `/connections/${connectionId}/approve`)
  await client.send(new DeleteConnectionCommand({ connectionId }))
  await assert.rejects(
    client.send(loa(lagId)),
    refused(`Lag ${lagId} has no connections, so there is no LOA-CFA for it`),
  )
})

test('the deprecated operations wrap the letter, each for its own kind of port', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const connectionId = await order(partner)
  const { interconnectId = '' } = await partner.send(
    new CreateInterconnectCommand({ location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'port' }),
  )
  await partner.send(new DescribeInterconnectsCommand({}))
  const ofConnection = (id: string) => partner.send(new DescribeConnectionLoaCommand({ connectionId: id }))
  const ofInterconnect = (id: string) => partner.send(new DescribeInterconnectLoaCommand({ interconnectId: id }))
  for (const { loa: wrapped } of [await ofConnection(connectionId), await ofInterconnect(interconnectId)]) {
    assert.equal(wrapped?.loaContentType, 'application/pdf')
    assert.equal(Buffer.from(wrapped?.loaContent ?? []).toString('latin1', 0, 5), '%PDF-')
  }
  await assert.rejects(ofConnection(interconnectId), refused(`Could not find Connection with ID ${interconnectId}`))
  await assert.rejects(ofInterconnect(connectionId), refused(`Could not find Interconnect with ID ${connectionId}`))
  assert.ok((await partner.send(loa(interconnectId))).loaContent)
})

test('only the owner of a port gets its letter, and a hosted connection has none', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const client = server.client(account)
  const { interconnectId = '' } = await partner.send(
    new CreateInterconnectCommand({ location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'port' }),
  )
  await partner.send(new DescribeInterconnectsCommand({}))
  await assert.rejects(client.send(loa(interconnectId)), refused(`Could not find Connection with ID ${interconnectId}`))
  const slice = { ownerAccount: account, bandwidth: '1Gbps', connectionName: 'slice', vlan: 7 }
  const { connectionId } = await partner.send(
    new AllocateHostedConnectionCommand({ ...slice, connectionId: interconnectId }),
  )
  await assert.rejects(client.send(loa(connectionId)), refused(/is a hosted connection: its partner's port/))
  await assert.rejects(client.send(loa('dxlag-f0000000')), refused('Could not find Lag with ID dxlag-f0000000'))
  await assert.rejects(client.send(loa('nonsense')), refused(/nonsense/))
})

test('an order whose letter nobody uses ends 100 days after the latest download', async () => {
  await using server = await startServer({ timing: 'aws', provisioning: 'manual' })
  const client = server.client(account)
  const { lagId, connections = [] } = await client.send(lag(2))
  const ids = connections.map((each) => each.connectionId ?? '')
  const states = () => Promise.all(ids.map(async (id) => (await describe(client, id))?.connectionState))
  await assert.rejects(client.send(loa(lagId)), refused(/not available yet/))
  for (const id of ids) await server.operator('POST', `/connections/${id}/approve`)
  await client.send(loa(lagId))
  const days = (count: number) => server.advance(count * 24 * 60 * 60)
  await days(99)
  assert.deepEqual(await states(), ['pending', 'pending'])
  await client.send(loa(ids[0]))
  await days(1)
  assert.deepEqual(await states(), ['pending', 'deleted'])
  await server.operator('POST', `/connections/${ids[0]}/cable`)
  await days(200)
  assert.equal((await describe(client, ids[0] ?? ''))?.connectionState, 'available')
})
