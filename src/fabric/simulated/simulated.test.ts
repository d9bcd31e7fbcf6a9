import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import type { Connection } from '../../product/connections/connection.ts'
import { orderConnection } from '../../product/connections/order.ts'
import type { InjectedFault } from '../../product/faults/injected-fault.ts'
import type { Lag } from '../../product/lags/lag.ts'
import { create } from '../../product/operation.ts'
import { loadTopology } from '../../product/topology.ts'
import { observeAt, simulated } from './simulated.ts'

const cabledAt = 1_000
const account = '111122223333'
const site = { id: 'eqdc2', createdAt: 0, code: 'EqDC2', name: '', region: 'us-east-1', country: 'US', providers: [] }

function port(id: string, facts: Partial<Connection> = {}): Connection {
  const order = { ownerAccount: account, site, location: 'EqDC2', bandwidth: '1Gbps', name: id, tags: [] }
  const ordered = orderConnection(snapshotAfter([]), {
    ...order,
    role: 'dedicated',
    deviceId: 'EqDC2-1',
    portId: '1Gbps/01',
  })
  return { ...ordered, id, portId: id, cables: [{ from: cabledAt, until: null }], ...facts }
}

const lag = (minimumLinks: number): Lag => ({
  id: 'dxlag-f1',
  createdAt: 0,
  ownerAccount: account,
  region: 'us-east-1',
  location: 'EqDC2',
  siteCode: 'EqDC2',
  name: 'x',
  bandwidth: '1Gbps',
  minimumLinks,
  deviceId: 'EqDC2-1',
  providerName: null,
  allowsHostedConnections: true,
  requestMacSec: false,
  encryptionMode: 'no_encrypt',
  macSecKeys: [],
  billingMode: 'PayAsYouGo',
  tags: [],
  wasUpAt: null,
  deleteAskedAt: null,
  deletedAt: null,
})

const fault = (target: string, from: number, until: number | null, faultKind: 'down' | 'flap' = 'down') => ({
  id: `${target} ${from}`,
  createdAt: from,
  target,
  faultKind,
  from,
  until,
})

/** What the fabric reports at an instant of some connections, a LAG and faults. */
async function observe(
  now: number,
  connections: readonly Connection[],
  faults: readonly InjectedFault[] = [],
  lags: readonly Lag[] = [],
) {
  const snapshot = snapshotAfter(
    [
      ...connections.map((each) => create('connection', each)),
      ...lags.map((each) => create('lag', each)),
      ...faults.map((each) => create('fault', each)),
    ],
    { now },
  )
  return simulated.observe(snapshot, await loadTopology(snapshot, { connections, lags }))
}

test('a link is up from the moment its cable is plugged until it is pulled', async () => {
  const pulled = port('dxcon-f1', { cables: [{ from: cabledAt, until: 2_000 }] })
  const at = async (now: number) => (await observe(now, [pulled])).link('dxcon-f1')
  assert.deepEqual(await at(999), {
    up: false,
    firstUpAt: null,
    since: null,
    lastError: 'no light on the link',
    macSecUp: false,
  })
  assert.deepEqual(await at(1_000), { up: true, firstUpAt: 1_000, since: 1_000, lastError: null, macSecUp: false })
  assert.deepEqual(await at(2_000), {
    up: false,
    firstUpAt: 1_000,
    since: 2_000,
    lastError: 'no light on the link',
    macSecUp: false,
  })
})

test('a fault on a connection, its device, its location or its LAG takes its link down at once, and for its time', async () => {
  const member = port('dxcon-f1', { lagId: 'dxlag-f1', lagJoinedAt: 0 })
  for (const target of ['dxcon-f1', 'EqDC2-1', 'eqdc2', 'dxlag-f1']) {
    const up = async (now: number) => {
      const seen = await observe(now, [member], [fault(target, 5_000, 7_000)], [lag(0)])
      return [seen.link('dxcon-f1').up, seen.bundle('dxlag-f1').up]
    }
    assert.deepEqual(await up(4_999), [true, true], target)
    assert.deepEqual(await up(5_000), [false, false], target)
    assert.deepEqual(await up(6_999), [false, false], target)
    assert.deepEqual(await up(7_000), [true, true], target)
  }
})

test('what fails elsewhere does not matter', async () => {
  const faults = ['dxcon-f2', 'EqDC2-2', 'eqse2', 'dxlag-f2'].map((target) => fault(target, 0, null))
  assert.ok((await observe(cabledAt, [port('dxcon-f1')], faults)).link('dxcon-f1').up)
})

test('a fault without end lasts until it is closed, and faults at the same time last as long as the longest', async () => {
  const seen = async (now: number, ...faults: InjectedFault[]) =>
    (await observe(now, [port('dxcon-f1')], faults)).link('dxcon-f1')
  assert.equal((await seen(1e12, fault('dxcon-f1', 5_000, null))).up, false)
  const two = [fault('dxcon-f1', 5_000, 9_000), fault('EqDC2-1', 4_000, 6_000)]
  assert.equal((await seen(8_999, ...two)).since, 4_000)
  assert.equal((await seen(9_000, ...two)).since, 9_000)
})

test('a flap goes down and comes back every second, as long as it lasts', async () => {
  const flapping = [fault('dxcon-f1', 10_000, 14_500, 'flap')]
  const up = async (now: number) => (await observe(now, [port('dxcon-f1')], flapping)).link('dxcon-f1').up
  const instants = [9_999, 10_000, 10_999, 11_000, 11_999, 12_000, 13_000, 14_000, 14_499, 14_500]
  assert.deepEqual(await Promise.all(instants.map(up)), [
    true,
    false,
    false,
    true,
    true,
    false,
    true,
    false,
    false,
    true,
  ])
})

test('a hosted connection is up while its parent is, once it is configured, and fails alone too', async () => {
  const interconnect = port('dxcon-f1', { role: 'interconnect' })
  const slice = { role: 'hosted', deviceId: null, portId: null, cables: [], vlan: 7 } as const
  const hosted = port('dxcon-f2', { ...slice, parentId: 'dxcon-f1', provisionedAt: 3_000 })
  const up = async (now: number, ...faults: InjectedFault[]) => {
    const seen = await observe(now, [hosted, interconnect], faults)
    return [seen.link('dxcon-f1').up, seen.link('dxcon-f2').up]
  }
  assert.deepEqual(await up(2_999), [true, false])
  assert.deepEqual(await up(3_000), [true, true])
  assert.deepEqual(await up(4_000, fault('EqDC2-1', 4_000, null)), [false, false])
  assert.deepEqual(await up(4_000, fault('dxcon-f2', 4_000, null)), [true, false])
})

test('a hosted connection on a LAG is up while the LAG is', async () => {
  const members = ['dxcon-f1', 'dxcon-f2'].map((id) => port(id, { lagId: 'dxlag-f1', lagJoinedAt: 0 }))
  const slice = { role: 'hosted', deviceId: null, portId: null, cables: [], vlan: 7 } as const
  const hosted = port('dxcon-f3', { ...slice, parentId: 'dxlag-f1', provisionedAt: 0 })
  const up = async (...faults: InjectedFault[]) =>
    (await observe(5_000, [hosted, ...members], faults, [lag(1)])).link('dxcon-f3').up
  assert.ok(await up(fault('dxcon-f1', 0, null)))
  assert.ok(!(await up(fault('dxcon-f1', 0, null), fault('dxcon-f2', 0, null))))
})

test('a LAG is up while as many members are up as its minimum of links says, of which 0 counts as 1', async () => {
  const members = [1, 2, 3].map((n) => port(`dxcon-f${n}`, { lagId: 'dxlag-f1', lagJoinedAt: 0 }))
  for (const minimumLinks of [0, 1, 2, 3])
    for (const failed of [0, 1, 2, 3]) {
      const faults = members.slice(0, failed).map(({ id }) => fault(id, 5_000, null))
      const bundle = (await observe(6_000, members, faults, [lag(minimumLinks)])).bundle('dxlag-f1')
      const expected = members.length - failed >= Math.max(1, minimumLinks)
      assert.equal(bundle.up, expected, `${failed} of 3 failed, ${minimumLinks} needed`)
      assert.deepEqual([bundle.firstUpAt, bundle.since], [cabledAt, expected ? cabledAt : 5_000])
    }
  assert.ok(!(await observe(6_000, [], [], [lag(0)])).bundle('dxlag-f1').up, 'an empty LAG is not up')
})

test('a member counts from the moment it joined, and one that has to encrypt does not without MACsec', async () => {
  const late = port('dxcon-f1', { lagId: 'dxlag-f1', lagJoinedAt: 4_000 })
  const bundle = async (now: number, member: Connection) =>
    (await observe(now, [member], [], [lag(0)])).bundle('dxlag-f1').up
  assert.deepEqual([await bundle(3_999, late), await bundle(4_000, late)], [false, true])
  assert.equal(await bundle(4_000, { ...late, encryptionMode: 'must_encrypt' }), false)
})

test('a member that is being deleted counts no more, so that a LAG never works for a cable that comes after', async () => {
  const bundle = async (now: number, deleteAskedAt: number) => {
    const member = port('dxcon-f1', { lagId: 'dxlag-f1', lagJoinedAt: 0, deleteAskedAt, deletedAt: 9_000 })
    const { up, firstUpAt } = (await observe(now, [member], [], [lag(0)])).bundle('dxlag-f1')
    return [up, firstUpAt]
  }
  assert.deepEqual(await bundle(4_999, 5_000), [true, cabledAt])
  assert.deepEqual(await bundle(5_000, 5_000), [false, cabledAt])
  assert.deepEqual(await bundle(8_999, cabledAt - 1), [false, null])
})

test('what is not in the topology was never up', () => {
  const none = { connections: new Map(), lags: new Map(), members: new Map(), virtualInterfaces: new Map() }
  const seen = observeAt({ ...none, failoverTests: new Map() }, [], [], [], 0)
  for (const each of [seen.link('dxcon-f1'), seen.bundle('dxlag-f1'), seen.session('dxpeer-f1')])
    assert.deepEqual([each.up, each.firstUpAt], [false, null])
  assert.deepEqual(seen.routes('dxpeer-f1'), [])
})

test('MACsec is up from when the first key is associated until the last is taken away, while the link is up', async () => {
  const key = (associatedAt: number, disassociateAskedAt: number | null) => ({
    secretArn: `arn ${associatedAt}`,
    ckn: 'c',
    askedAt: 0,
    associatedAt,
    disassociateAskedAt,
    disassociatedAt: disassociateAskedAt,
  })
  const macSecKeys = [key(500, 4_000), key(3_000, 5_000), key(8_000, 7_000)]
  const at = async (now: number, encryptionMode: Connection['encryptionMode'], ...faults: InjectedFault[]) => {
    const seen = await observe(now, [port('dxcon-f1', { macSecKeys, encryptionMode })], faults)
    return seen.link('dxcon-f1').macSecUp
  }
  for (const mode of ['should_encrypt', 'must_encrypt'] as const) {
    const seen = await Promise.all([600, 1_000, 3_500, 4_500, 5_000, 9_000].map((now) => at(now, mode)))
    assert.deepEqual(seen, [false, true, true, true, false, false])
  }
  assert.equal(await at(2_000, 'no_encrypt'), false)
  assert.equal(await at(2_000, 'must_encrypt', fault('dxcon-f1', 2_000, null)), false)
})

test('under must_encrypt a link carries frames only while MACsec is up', async () => {
  const key = {
    secretArn: 'a',
    ckn: 'c',
    askedAt: 0,
    associatedAt: 3_000,
    disassociateAskedAt: null,
    disassociatedAt: null,
  }
  const interconnect = port('dxcon-f1', { role: 'interconnect', encryptionMode: 'must_encrypt', macSecKeys: [key] })
  const slice = { role: 'hosted', deviceId: null, portId: null, cables: [], vlan: 7 } as const
  const hosted = port('dxcon-f2', { ...slice, parentId: 'dxcon-f1', provisionedAt: 0 })
  const up = async (now: number) => (await observe(now, [hosted, interconnect])).link('dxcon-f2').up
  assert.deepEqual([await up(2_999), await up(3_000)], [false, true])
})
