import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { type RawClient, rawClient } from '../../../test/tools/raw.ts'
import { startServer } from '../../../test/tools/server.ts'
import { connect, makeGateway, refused, virtualGatewayId } from '../../../test/tools/virtual-interfaces.ts'
import { example } from './example.test-fixture.ts'
import {
  checkedAllocation,
  checkPool,
  type FormerAllocation,
  formerWith,
  poolSizeOf,
  showPool,
} from './prefix-pools.ts'

const alice = '111122223333'
const bob = '444455556666'

function orderPrivate(call: RawClient, connectionId: string, vlan: number, facts: object = { virtualGatewayId }) {
  const newPrivateVirtualInterface = { virtualInterfaceName: `v${vlan}`, vlan, asn: 65000, ...facts }
  return call('CreatePrivateVirtualInterface', { connectionId, newPrivateVirtualInterface })
}

const allocate = (virtualInterfaceId: string, ipv4?: number, ipv6?: number) => ({
  virtualInterfaceId,
  prefixPoolAllocatedCountIpv4: ipv4,
  prefixPoolAllocatedCountIpv6: ipv6,
})

async function poolOf(call: RawClient, connectionId: string) {
  const [connection] = (await call('DescribeConnections', { connectionId })).connections
  return [
    connection.prefixPoolSizeIpv4,
    connection.prefixPoolUnallocatedCountIpv4,
    connection.prefixPoolSizeIpv6,
    connection.prefixPoolUnallocatedCountIpv6,
  ]
}

test('every private and transit virtual interface has 100 prefixes of each family from the pool of its connection, and may have up to 1,000', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  const connectionId = await connect(server.client(alice))
  assert.deepEqual(await poolOf(call, connectionId), [5000, 5000, 5000, 5000])
  const made = await orderPrivate(call, connectionId, 1)
  assert.deepEqual([made.prefixPoolAllocatedCountIpv4, made.prefixPoolAllocatedCountIpv6], [100, 100])
  assert.deepEqual(await poolOf(call, connectionId), [5000, 4900, 5000, 4900])

  const changed = await call('UpdateVirtualInterfaceAttributes', allocate(made.virtualInterfaceId, 1000))
  assert.deepEqual([changed.prefixPoolAllocatedCountIpv4, changed.prefixPoolAllocatedCountIpv6], [1000, 100])
  for (const wrong of [-1, 1001])
    await assert.rejects(
      call('UpdateVirtualInterfaceAttributes', allocate(made.virtualInterfaceId, undefined, wrong)),
      refused(/prefixPoolAllocatedCountIpv6/),
    )
  const more = { virtualGatewayId, prefixPoolAllocatedCountIpv4: 1000, prefixPoolAllocatedCountIpv6: 0 }
  for (let vlan = 2; vlan <= 4; vlan++) await orderPrivate(call, connectionId, vlan, more)
  assert.deepEqual(await poolOf(call, connectionId), [5000, 1000, 5000, 4900])
  await orderPrivate(call, connectionId, 5, more)
  await assert.rejects(
    orderPrivate(call, connectionId, 6, { ...more, prefixPoolAllocatedCountIpv4: 101 }),
    refused(new RegExp(`: 0 of the 5000 prefixes in the pool of ${connectionId} are unallocated`)),
  )
  await orderPrivate(call, connectionId, 6)
  assert.deepEqual(await poolOf(call, connectionId), [5000, 0, 5000, 4800])
  await call('DeleteVirtualInterface', { virtualInterfaceId: made.virtualInterfaceId })
  await call('DescribeVirtualInterfaces')
  assert.deepEqual(await poolOf(call, connectionId), [5000, 900, 5000, 4900])
})

test('a public virtual interface has no part in the pool', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  const connectionId = await connect(server.client(alice))
  const newPublicVirtualInterface = {
    virtualInterfaceName: 'p',
    vlan: 1,
    asn: 65000,
    amazonAddress: '203.0.113.1/30',
    customerAddress: '203.0.113.2/30',
    routeFilterPrefixes: [{ cidr: '198.51.100.0/24' }],
  }
  const made = await call('CreatePublicVirtualInterface', { connectionId, newPublicVirtualInterface })
  assert.equal(made.prefixPoolAllocatedCountIpv4, undefined)
  assert.deepEqual(await poolOf(call, connectionId), [5000, 5000, 5000, 5000])
  await assert.rejects(
    call('UpdateVirtualInterfaceAttributes', allocate(made.virtualInterfaceId, 200)),
    refused(/a public virtual interface has no prefix pool allocation/),
  )
})

test("what is on a connection for another account gets its prefixes from the connection's owner", async () => {
  await using server = await startServer({ timing: 'instant' })
  const [owner, other] = [rawClient(server, alice), rawClient(server, bob)]
  const connectionId = await connect(server.client(alice))
  const newPrivateVirtualInterfaceAllocation = { virtualInterfaceName: 'h', vlan: 7, asn: 65000 }
  const { virtualInterfaceId, prefixPoolAllocatedCountIpv4 } = await owner('AllocatePrivateVirtualInterface', {
    connectionId,
    ownerAccount: bob,
    newPrivateVirtualInterfaceAllocation,
  })
  assert.equal(prefixPoolAllocatedCountIpv4, 100)
  await other('ConfirmPrivateVirtualInterface', { virtualInterfaceId, virtualGatewayId })
  await other('DescribeVirtualInterfaces')
  await assert.rejects(
    other('UpdateVirtualInterfaceAttributes', allocate(virtualInterfaceId, 200)),
    refused(`Only the owner of ${connectionId} can allocate prefixes to VirtualInterface ${virtualInterfaceId}`),
  )
  const updated = await owner('UpdateVirtualInterfaceAttributes', allocate(virtualInterfaceId, 200, 50))
  assert.deepEqual([updated.prefixPoolAllocatedCountIpv4, updated.prefixPoolAllocatedCountIpv6], [200, 50])
  for (const facts of [{}, { mtu: 8500 }, { virtualInterfaceName: 'x', prefixPoolAllocatedCountIpv4: 300 }])
    await assert.rejects(
      owner('UpdateVirtualInterfaceAttributes', { virtualInterfaceId, ...facts }),
      refused(/does not exist/),
    )
  const [seen] = (await other('DescribeVirtualInterfaces', { virtualInterfaceId })).virtualInterfaces
  assert.equal(seen.prefixPoolAllocatedCountIpv4, 200)
})

test('a hosted connection has a pool, which its owner sees and the partner does not', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = rawClient(server, 'partner')
  const interconnect = { location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'x' }
  const { interconnectId } = await partner('CreateInterconnect', interconnect)
  await partner('DescribeInterconnects')
  const slice = { ownerAccount: alice, bandwidth: '500Mbps', connectionName: 'h', vlan: 7 }
  const { connectionId } = await partner('AllocateHostedConnection', { connectionId: interconnectId, ...slice })
  assert.deepEqual(await poolOf(rawClient(server, alice), connectionId), [5000, 5000, 5000, 5000])
  const { connections } = await partner('DescribeHostedConnections', { connectionId: interconnectId })
  assert.equal(connections[0].prefixPoolSizeIpv4, undefined)
})

test('a gateway counts the allocations of both families, and has at most 10,000', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  const client = server.client(alice)
  const directConnectGatewayId = await makeGateway(client)
  const most = { directConnectGatewayId, prefixPoolAllocatedCountIpv4: 1000, prefixPoolAllocatedCountIpv6: 1000 }
  const connectionId = await connect(client)
  let last = ''
  for (let vlan = 1; vlan <= 5; vlan++) last = (await orderPrivate(call, connectionId, vlan, most)).virtualInterfaceId
  const total = async () => {
    const { directConnectGateways } = await call('DescribeDirectConnectGateways', { directConnectGatewayId })
    return directConnectGateways[0].totalPrefixPoolAllocations
  }
  assert.equal(await total(), 10_000)
  await assert.rejects(
    orderPrivate(call, connectionId, 6, { directConnectGatewayId }),
    refused(/limit of 10000 prefix pool allocations on Direct Connect Gateway .*; this makes 10200$/),
  )
  await call('UpdateVirtualInterfaceAttributes', allocate(last, 900, 900))
  assert.equal(await total(), 9_800)
  const sixth = await orderPrivate(call, await connect(client), 6, { directConnectGatewayId })
  assert.equal(await total(), 10_000)
  await assert.rejects(
    call('UpdateVirtualInterfaceAttributes', allocate(sixth.virtualInterfaceId, 100, 101)),
    refused(/this makes 10001/),
  )
})

test("a LAG's pool is that of its members that are up, and no member leaves that the allocations need", async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  const order = { location: 'EqDC2', connectionsBandwidth: '100Gbps', lagName: 'x', numberOfConnections: 2 }
  const { lagId, connections } = await call('CreateLag', order)
  const [first, second] = connections
  const pool = async () => {
    const [lag] = (await call('DescribeLags', { lagId })).lags
    return [lag.prefixPoolSizeIpv4, lag.prefixPoolUnallocatedCountIpv6]
  }
  await call('DescribeLags')
  assert.deepEqual(await pool(), [60_000, 60_000])
  for (let vlan = 1; vlan <= 31; vlan++)
    await orderPrivate(call, lagId, vlan, { virtualGatewayId, prefixPoolAllocatedCountIpv6: 1000 })
  assert.deepEqual(await pool(), [60_000, 29_000])
  await assert.rejects(
    call('DisassociateConnectionFromLag', { connectionId: first.connectionId, lagId }),
    refused(/its prefix pool would have 30000 prefixes and 31000 are allocated/),
  )
  await server.operator('POST', '/faults', { target: second.connectionId, kind: 'down' })
  assert.deepEqual(await pool(), [30_000, 0])
  await call('DisassociateConnectionFromLag', { connectionId: second.connectionId, lagId })
  assert.deepEqual(await pool(), [30_000, 0])
})

test('a pool is 5,000 up to 10 Gbps, 30,000 at 100 Gbps and 50,000 at 400 Gbps', () => {
  const sizes = {
    '500Mbps': 5_000,
    '1Gbps': 5_000,
    '10Gbps': 5_000,
    '25Gbps': 5_000,
    '100Gbps': 30_000,
    '400Gbps': 50_000,
  }
  for (const [bandwidth, size] of Object.entries(sizes)) assert.equal(poolSizeOf(bandwidth), size, bandwidth)
})

test('whatever is asked for, a pool never has less than nothing left, and the usual always fits', () => {
  const count = fc.integer({ min: 0, max: 1000 })
  const allocation = fc.record({ ipv4: count, ipv6: count })
  fc.assert(
    fc.property(fc.array(allocation, { maxLength: 60 }), allocation, (taken, asked) => {
      const others = taken.map((prefixAllocation) => ({ ...example, prefixAllocation }))
      const shown = showPool(5_000, others)
      assert.ok((shown.prefixPoolUnallocatedCountIpv4 ?? -1) >= 0 && (shown.prefixPoolUnallocatedCountIpv6 ?? -1) >= 0)
      const fits = (family: 'ipv4' | 'ipv6') =>
        asked[family] <= 100 || taken.reduce((sum, each) => sum + each[family], asked[family]) <= 5_000
      const check = () => checkPool('dxcon-f1', 5_000, others, checkedAllocation('private', asked, {}))
      if (fits('ipv4') && fits('ipv6')) check()
      else assert.throws(check, { message: /unallocated/ })
    }),
  )
})

test('of the allocations that were changed a hundred are kept, the oldest as one with the most of each family', () => {
  let former: readonly FormerAllocation[] = []
  const change = (ipv4: number, ipv6: number, until: number) => (former = formerWith(former, { ipv4, ipv6 }, until))
  change(900, 1, 1)
  change(1, 800, 2)
  for (let at = 3; at <= 1_000; at++) change(100 + (at % 2), 100, at)
  assert.equal(former.length, 100)
  assert.deepEqual(former[0], { ipv4: 900, ipv6: 800, until: 901 })
  assert.deepEqual(
    [former[1], former.at(-1)],
    [
      { ipv4: 100, ipv6: 100, until: 902 },
      { ipv4: 100, ipv6: 100, until: 1_000 },
    ],
  )
})
