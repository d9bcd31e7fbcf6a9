import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enums } from '../../contract/enums.ts'
import type { FailoverTest } from '../bgp/failover-tests/failover-test.ts'
import { neverUp } from '../observed.ts'
import type { View } from '../view.ts'
import { examplePeer as peer, example as vif } from './example.test-fixture.ts'
import { virtualInterfaceState } from './lifecycle.ts'
import type { VirtualInterface, VirtualInterfaceState } from './virtual-interface.ts'

const now = 1_000
const past = now - 1
const future = now + 1

const up = { ...neverUp, up: true, firstUpAt: past, since: past, lastError: null }
type Seen = Pick<View, 'observed' | 'topology'>

const nothing = { connections: new Map(), lags: new Map(), members: new Map(), virtualInterfaces: new Map() }

const seeing = (...sessions: readonly string[]): Seen => ({
  topology: { ...nothing, failoverTests: new Map() },
  observed: {
    link: () => up,
    bundle: () => up,
    session: (id) => (sessions.includes(id) ? up : neverUp),
    routes: () => [],
    advertised: () => [],
    history: () => undefined,
  },
})
const testing = (seen: Seen, ...tests: readonly FailoverTest[]): Seen => ({
  ...seen,
  topology: { ...seen.topology, failoverTests: new Map([[vif.id, tests]]) },
})
const running: FailoverTest = {
  id: '00000000-0000-4000-8000-000000000001',
  createdAt: past,
  virtualInterfaceId: vif.id,
  ownerAccount: vif.ownerAccount,
  region: vif.region,
  bgpPeers: [peer.id],
  durationMinutes: 180,
  endsAt: future,
  stoppedAt: null,
}
const works = seeing(peer.id)
const silent = seeing()
const second = { ...peer, id: 'dxpeer-f0000002', addressFamily: 'ipv6' } as const
const allocated = { ...vif, allocated: true, confirmedAt: null, provisionedAt: null }

type Example = readonly [VirtualInterface, Seen]

/** One example or more of every state that is reached; for any other, why none is. */
const examples: Readonly<Record<VirtualInterfaceState, readonly Example[] | string>> = {
  confirming: [
    [allocated, silent],
    [{ ...allocated, type: 'public', verifiedAt: null }, silent],
    [{ ...allocated, confirmedAt: future }, silent],
  ],
  verifying: [
    [{ ...vif, type: 'public', verifiedAt: null, provisionedAt: null }, silent],
    [{ ...vif, type: 'public', verifiedAt: future, provisionedAt: future }, silent],
    [{ ...allocated, type: 'public', confirmedAt: now, verifiedAt: null }, silent],
  ],
  pending: [
    [{ ...vif, provisionedAt: future }, silent],
    [{ ...vif, provisionedAt: null }, silent],
    [{ ...vif, type: 'public', verifiedAt: now, provisionedAt: future }, silent],
    [{ ...allocated, confirmedAt: now, provisionedAt: future }, silent],
    // Moving, or changing its MTU, while the fabric still sees the session.
    [{ ...vif, provisionedAt: future }, works],
    [{ ...vif, provisionedAt: future }, testing(silent, running)],
  ],
  down: [
    [vif, silent],
    [{ ...vif, peers: [] }, silent],
    [vif, seeing('dxpeer-of-another')],
    [vif, testing(silent, { ...running, endsAt: now })],
    [vif, testing(silent, { ...running, stoppedAt: now })],
  ],
  available: [
    [vif, works],
    [{ ...vif, type: 'public', verifiedAt: now, provisionedAt: now }, works],
    [{ ...vif, peers: [peer, second] }, seeing(second.id)],
    [{ ...vif, deleteAskedAt: future }, works],
  ],
  deleting: [
    [{ ...vif, deleteAskedAt: now, deletedAt: future }, works],
    [{ ...vif, deleteAskedAt: now, deletedAt: future }, testing(silent, running)],
    [{ ...allocated, deleteAskedAt: past, deletedAt: future }, silent],
  ],
  rejected: [
    [{ ...allocated, rejectedAt: now, deletedAt: future }, silent],
    // By an operator, who asks for the deletion at once.
    [{ ...vif, rejectedAt: past, deleteAskedAt: past, deletedAt: future }, silent],
  ],
  deleted: [
    [{ ...vif, deleteAskedAt: past, deletedAt: now }, works],
    [{ ...allocated, rejectedAt: past, deletedAt: past }, silent],
  ],
  testing: [
    [vif, testing(silent, running)],
    // Of two sessions one is tested.
    [{ ...vif, peers: [peer, second] }, testing(seeing(second.id), running)],
  ],
  unknown: 'of a virtual interface everything that its state depends on is known',
}

test('a virtual interface is in the first state of its table whose facts hold', () => {
  assert.deepEqual(Object.keys(examples).toSorted(), enums.VirtualInterfaceState.toSorted())
  const reached = new Set(virtualInterfaceState.rows.map(([state]) => state))
  for (const state of enums.VirtualInterfaceState) {
    const given = examples[state]
    assert.equal(reached.has(state), typeof given !== 'string', state)
    if (typeof given !== 'string')
      for (const [facts, seen] of given) assert.equal(virtualInterfaceState.at(facts, seen, now), state)
  }
})
