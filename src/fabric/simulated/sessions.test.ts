import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import type { FailoverTest } from '../../product/bgp/failover-tests/failover-test.ts'
import { orderConnection } from '../../product/connections/order.ts'
import { create } from '../../product/operation.ts'
import type { CustomerRoutes } from '../../product/routing/customer-routes.ts'
import { loadTopology } from '../../product/topology.ts'
import { example, examplePeer } from '../../product/virtual-interfaces/example.test-fixture.ts'
import type { VirtualInterface } from '../../product/virtual-interfaces/virtual-interface.ts'
import { simulated } from './simulated.ts'

const cabledAt = 1_000
const site = { id: 'eqdc2', createdAt: 0, code: 'EqDC2', name: '', region: 'us-east-1', country: 'US', providers: [] }
const ordered = orderConnection(snapshotAfter([]), {
  ownerAccount: example.ownerAccount,
  site,
  location: 'EqDC2',
  bandwidth: '1Gbps',
  name: 'c',
  tags: [],
  role: 'dedicated',
  deviceId: 'EqDC2-1',
  portId: '1Gbps/01',
})
const connection = { ...ordered, id: example.connectionId, cables: [{ from: cabledAt, until: null }] }

interface World {
  readonly vif?: VirtualInterface
  readonly tests?: readonly FailoverTest[]
  readonly announced?: readonly CustomerRoutes[]
}

/** What is reported of the session of a virtual interface on a cable that was plugged at 1,000. */
async function observe(now: number, { vif = example, tests = [], announced = [] }: World) {
  const snapshot = snapshotAfter(
    [
      create('connection', connection),
      ...tests.map((each) => create('failover-test', each)),
      ...announced.map((each) => create('customer-routes', each)),
    ],
    { now },
  )
  const seen = await simulated.observe(snapshot, await loadTopology(snapshot, { virtualInterfaces: [vif] }))
  return { ...seen.session(examplePeer.id), routes: seen.routes(examplePeer.id) }
}

const failoverTest = (createdAt: number, endsAt: number, stoppedAt: number | null = null): FailoverTest => ({
  id: `test ${createdAt}`,
  createdAt,
  virtualInterfaceId: example.id,
  ownerAccount: example.ownerAccount,
  region: example.region,
  bgpPeers: [examplePeer.id],
  durationMinutes: 1,
  endsAt,
  stoppedAt,
})

const routes = (from: number, until: number | null, ...cidrs: readonly string[]): CustomerRoutes => ({
  id: `routes ${from}`,
  createdAt: from,
  virtualInterfaceId: example.id,
  from,
  until,
  routes: cidrs.map((cidr) => ({ cidr })),
  accepted: { ipv4: cidrs.length, ipv6: 0 },
})

test('a failover test keeps its session down from its start to its end, or until it is stopped', async () => {
  const tests = [failoverTest(5_000, 9_000), failoverTest(20_000, 90_000, 30_000)]
  const at = async (now: number) => {
    const { up, since, firstUpAt, lastError } = await observe(now, { tests })
    return [up, since, firstUpAt, lastError]
  }
  const down = 'a failover test keeps the session down'
  assert.deepEqual(await at(4_999), [true, 1_000, 1_000, null])
  assert.deepEqual(await at(5_000), [false, 5_000, 1_000, down])
  assert.deepEqual(await at(8_999), [false, 5_000, 1_000, down])
  assert.deepEqual(await at(9_000), [true, 9_000, 1_000, null])
  assert.deepEqual(await at(29_999), [false, 20_000, 1_000, down])
  assert.deepEqual(await at(30_000), [true, 30_000, 1_000, null])
  const { up } = await observe(6_000, { tests: [{ ...failoverTest(5_000, 9_000), bgpPeers: ['dxpeer-f2'] }] })
  assert.equal(up, true, 'another session is tested')
})

test('a session over its limit is down since it was exceeded, and up again since what ended that', async () => {
  const few = { ipv4: 1, ipv6: 100 }
  const limited = { ...example, prefixAllocation: few }
  const announced = [routes(5_000, 7_000, '10.0.0.0/8', '11.0.0.0/8'), routes(7_000, null, '10.0.0.0/8')]
  const at = async (now: number, vif: VirtualInterface, tests: readonly FailoverTest[] = []) => {
    const { up, since } = await observe(now, { vif, tests, announced })
    return [up, since]
  }
  assert.deepEqual(await at(4_999, limited), [true, 1_000])
  assert.deepEqual(await at(5_000, limited), [false, 5_000])
  assert.deepEqual(await at(8_000, limited), [false, 5_000])
  const cleared = { ...limited, peers: [{ ...examplePeer, clears: [6_000, 9_000] }] }
  assert.deepEqual(await at(9_000, cleared), [true, 9_000])
  const raised = { ...example, prefixAllocation: { ipv4: 2, ipv6: 100 }, formerAllocations: [{ ...few, until: 6_000 }] }
  assert.deepEqual(await at(6_000, raised), [true, 6_000])
  assert.deepEqual(await at(9_500, limited, [failoverTest(8_500, 9_200)]), [true, 9_200])
})

test('routes are installed when the session came up or when they were first announced as they are', async () => {
  const announced = [
    routes(500, 3_000, '10.0.0.0/8', '11.0.0.0/8'),
    routes(3_000, 4_000, '10.0.0.0/8'),
    routes(4_000, null, '10.0.0.0/8', '11.0.0.0/8'),
  ]
  const at = async (now: number, tests: readonly FailoverTest[] = []) =>
    Object.fromEntries(
      (await observe(now, { announced, tests })).routes.map((route) => [route.cidr, route.installedAt]),
    )
  assert.deepEqual(await at(999), {}, 'not before the session is up')
  assert.deepEqual(await at(4_500), { '10.0.0.0/8': 1_000, '11.0.0.0/8': 4_000 })
  assert.deepEqual(await at(9_500, [failoverTest(5_000, 9_000)]), { '10.0.0.0/8': 9_000, '11.0.0.0/8': 9_000 })
  assert.deepEqual(await at(6_000, [failoverTest(5_000, 9_000)]), {})
})
