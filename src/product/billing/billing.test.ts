import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RawClient, rawClient } from '../../../test/tools/raw.ts'
import { startServer } from '../../../test/tools/server.ts'
import { refused } from '../../../test/tools/virtual-interfaces.ts'

const account = '111122223333'
const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'mine' }

async function modes(call: RawClient): Promise<readonly unknown[]> {
  const { connections } = await call('DescribeConnections')
  return connections.map((each: { billingMode: string }) => each.billingMode)
}

test('a connection is paid by use unless its order says otherwise, and the mode changes for many at once or for none', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, account)
  const first = await call('CreateConnection', order)
  assert.equal(first.billingMode, 'PayAsYouGo')
  const second = await call('CreateConnection', { ...order, billingMode: 'FlatRateTier2' })
  assert.equal(second.billingMode, 'FlatRateTier2')
  const connectionIds = [second.connectionId, first.connectionId, second.connectionId]

  const updated = await call('UpdateConnectionsBillingMode', { connectionIds, billingMode: 'FlatRateTier5' })
  assert.equal(updated.billingMode, 'FlatRateTier5')
  assert.deepEqual(
    updated.connections.map((each: typeof first) => [each.connectionId, each.billingMode]),
    [
      [second.connectionId, 'FlatRateTier5'],
      [first.connectionId, 'FlatRateTier5'],
    ],
  )
  const change = (ids: readonly string[], billingMode: string, as = call) =>
    as('UpdateConnectionsBillingMode', { connectionIds: ids, billingMode })
  await assert.rejects(change([first.connectionId, 'dxcon-ffffffff'], 'PayAsYouGo'), refused(/dxcon-ffffffff/))
  await assert.rejects(change([first.connectionId, 'dxlag-ffffffff'], 'PayAsYouGo'), refused(/dxlag-ffffffff/))
  const stranger = rawClient(server, '444455556666')
  await assert.rejects(change([first.connectionId], 'PayAsYouGo', stranger), refused(/Could not find Connection/))
  const elsewhere = rawClient(server, account, 'us-west-2')
  await assert.rejects(change([first.connectionId], 'PayAsYouGo', elsewhere), refused(/Could not find Connection/))
  const partner = rawClient(server, 'partner')
  const port = { location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'ours' }
  const { interconnectId } = await partner('CreateInterconnect', port)
  await assert.rejects(change([interconnectId], 'PayAsYouGo', partner), refused(/Could not find Connection/))
  await assert.rejects(change([], 'PayAsYouGo'), refused(/connectionIds/))
  await assert.rejects(change(Array(201).fill(first.connectionId), 'PayAsYouGo'), refused(/connectionIds/))
  await assert.rejects(change([first.connectionId], 'PortPairFlatRateTier1'), refused(/billingMode/))
  assert.deepEqual(await modes(call), ['FlatRateTier5', 'FlatRateTier5'])
})

test('the members of a LAG are paid as the LAG is', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, account)
  const lag = await call('CreateLag', {
    location: 'EqDC2',
    connectionsBandwidth: '10Gbps',
    lagName: 'x',
    numberOfConnections: 2,
    billingMode: 'FlatRateTier1',
  })
  assert.equal(lag.billingMode, 'FlatRateTier1')
  await call('CreateConnection', { ...order, lagId: lag.lagId })
  assert.deepEqual(await modes(call), Array(3).fill('FlatRateTier1'))
  const [member] = lag.connections
  const billingMode = 'PayAsYouGo'
  await assert.rejects(
    call('UpdateConnectionsBillingMode', { connectionIds: [member.connectionId], billingMode }),
    refused(`Connection ${member.connectionId} is in Lag ${lag.lagId}, whose billingMode applies`),
  )
  const updated = await call('UpdateConnectionsBillingMode', { connectionIds: [lag.lagId], billingMode })
  assert.equal(updated.connections.length, 3)
  assert.deepEqual(await modes(call), Array(3).fill(billingMode))
  assert.equal((await call('DescribeLags')).lags[0].billingMode, billingMode)
})

test("another account's LAG looks as if it did not exist", async () => {
  await using server = await startServer({ timing: 'instant' })
  const { lagId } = await rawClient(server, account)('CreateLag', {
    location: 'EqDC2',
    connectionsBandwidth: '10Gbps',
    lagName: 'x',
    numberOfConnections: 1,
  })
  const stranger = rawClient(server, '444455556666')
  for (const id of [lagId, 'dxlag-ffffffff'])
    await assert.rejects(
      stranger('UpdateConnectionsBillingMode', { connectionIds: [id], billingMode: 'PayAsYouGo' }),
      refused(`Could not find Connection with ID ${id}`),
    )
})

test('a hosted connection has no billing mode: what it costs is between its owner and the partner', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = rawClient(server, 'partner')
  const interconnect = { location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'x' }
  const { interconnectId } = await partner('CreateInterconnect', interconnect)
  await partner('DescribeInterconnects')
  const slice = { ownerAccount: account, bandwidth: '500Mbps', connectionName: 'h', vlan: 7 }
  const hosted = await partner('AllocateHostedConnection', { connectionId: interconnectId, ...slice })
  assert.equal(hosted.billingMode, undefined)
  await assert.rejects(
    rawClient(server, account)('UpdateConnectionsBillingMode', {
      connectionIds: [hosted.connectionId],
      billingMode: 'FlatRateTier1',
    }),
    refused(/is a hosted connection/),
  )
})

test('a location says which billing modes it has at which speeds', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { locations } = await rawClient(server)('DescribeLocations')
  const site = locations.find((each: { locationCode: string }) => each.locationCode === 'EqDC2')
  assert.deepEqual(
    site.availableBillingModes.map((each: { billingMode: string }) => each.billingMode),
    ['PayAsYouGo', 'FlatRateTier1', 'FlatRateTier2', 'FlatRateTier3', 'FlatRateTier4', 'FlatRateTier5'],
  )
  assert.deepEqual(site.availableBillingModes[1], {
    billingMode: 'FlatRateTier1',
    availablePortSpeeds: site.availablePortSpeeds,
    includedRegions: ['us-east-1'],
  })
})
