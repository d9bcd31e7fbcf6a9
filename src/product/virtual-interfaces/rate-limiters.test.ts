import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RawClient, rawClient } from '../../../test/tools/raw.ts'
import { startServer } from '../../../test/tools/server.ts'
import { connect, refused, virtualGatewayId } from '../../../test/tools/virtual-interfaces.ts'

const alice = '111122223333'

function order(call: RawClient, connectionId: string, vlan: number, rateLimit?: string) {
  const newPrivateVirtualInterface = { virtualInterfaceName: 'v', vlan, asn: 65000, virtualGatewayId, rateLimit }
  return call('CreatePrivateVirtualInterface', { connectionId, newPrivateVirtualInterface })
}

async function statusOf(call: RawClient, connectionId: string) {
  return (await call('DescribeConnections', { connectionId })).connections[0].rateLimiterStatus
}

test('a dedicated connection shows how many of its 10 limiters are in use and what they let through together', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  const connectionId = await connect(server.client(alice))
  const none = { maxAllowed: 10, inUse: 0, remaining: 10, totalBandwidth: '0Mbps' }
  assert.deepEqual(await statusOf(call, connectionId), none)
  const { virtualInterfaceId } = await order(call, connectionId, 1, '50Mbps')
  await order(call, connectionId, 2)
  assert.deepEqual(await statusOf(call, connectionId), { ...none, inUse: 1, remaining: 9, totalBandwidth: '50Mbps' })
  await order(call, connectionId, 3, '10Gbps')
  const both = { ...none, inUse: 2, remaining: 8, totalBandwidth: '10.05Gbps' }
  assert.deepEqual(await statusOf(call, connectionId), both, 'together more than the port has')

  const updated = await call('UpdateVirtualInterfaceAttributes', { virtualInterfaceId, rateLimit: '1.2Gbps' })
  assert.deepEqual([updated.rateLimit, updated.virtualInterfaceState], ['1.2Gbps', 'available'], 'changed in place')
  assert.equal((await statusOf(call, connectionId)).totalBandwidth, '11.2Gbps')
  await call('DeleteVirtualInterface', { virtualInterfaceId })
  await call('DescribeVirtualInterfaces')
  assert.deepEqual(await statusOf(call, connectionId), { ...none, inUse: 1, remaining: 9, totalBandwidth: '10Gbps' })
})

test('beyond 10 limiters is LimitExceededException where it is declared, and else a client exception', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  const client = server.client(alice)
  const connectionId = await connect(client)
  for (let vlan = 2; vlan <= 10; vlan++) await order(call, connectionId, vlan, '50Mbps')
  const { virtualInterfaceId: limited } = await order(call, connectionId, 1, '50Mbps')
  const changed = await call('UpdateVirtualInterfaceAttributes', { virtualInterfaceId: limited, rateLimit: '1Gbps' })
  assert.equal(changed.rateLimit, '1Gbps', 'one that has a limiter changes it')
  const message = `You have reached the limit of 10 rate limiters on ${connectionId}`
  await assert.rejects(order(call, connectionId, 11, '50Mbps'), { name: 'LimitExceededException', message })
  const { virtualInterfaceId } = await order(call, connectionId, 11)
  const update = { virtualInterfaceId, rateLimit: '50Mbps' }
  await assert.rejects(call('UpdateVirtualInterfaceAttributes', update), refused(message))

  const other = await connect(client)
  const { virtualInterfaceId: moving } = await order(call, other, 12, '50Mbps')
  await call('DescribeVirtualInterfaces')
  await assert.rejects(
    call('AssociateVirtualInterface', { virtualInterfaceId: moving, connectionId }),
    refused(message),
  )
})

test('a connection does not come into a LAG with more limiters than the LAG has left', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  const lag = await call('CreateLag', {
    location: 'EqDC2',
    connectionsBandwidth: '10Gbps',
    lagName: 'x',
    numberOfConnections: 1,
  })
  const lagId: string = lag.lagId
  const ordered = await call('CreateConnection', { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'other' })
  const another = await call('CreateConnection', { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'same' })
  const { connections } = await call('DescribeConnections')
  const { connectionId } = connections.find(
    (each: { awsDeviceV2: string; lagId?: string }) => each.awsDeviceV2 === lag.awsDeviceV2 && each.lagId === undefined,
  )
  assert.ok([ordered.connectionId, another.connectionId].includes(connectionId))
  for (let vlan = 1; vlan <= 6; vlan++) await order(call, lagId, vlan, '50Mbps')
  for (let vlan = 11; vlan <= 15; vlan++) await order(call, connectionId, vlan, '50Mbps')
  const [seen] = (await call('DescribeLags', { lagId })).lags
  assert.deepEqual(seen.rateLimiterStatus, { maxAllowed: 10, inUse: 6, remaining: 4, totalBandwidth: '300Mbps' })
  assert.equal(seen.connections[0].rateLimiterStatus, undefined, "a member's are the LAG's")
  await assert.rejects(call('AssociateConnectionWithLag', { connectionId, lagId }), { name: 'LimitExceededException' })
  const [first] = (await call('DescribeVirtualInterfaces', { connectionId: lagId })).virtualInterfaces
  await call('UpdateVirtualInterfaceAttributes', {
    virtualInterfaceId: first.virtualInterfaceId,
    rateLimit: 'Unlimited',
  })
  await call('AssociateConnectionWithLag', { connectionId, lagId })
  const [after] = (await call('DescribeLags', { lagId })).lags
  assert.deepEqual([after.rateLimiterStatus.inUse, after.rateLimiterStatus.remaining], [10, 0])
})
