import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enums } from '../../contract/enums.ts'
import { neverUp, type Observed } from '../observed.ts'
import { examplePeer as peer, example as vif } from './example.test-fixture.ts'
import { virtualInterfaceState } from './lifecycle.ts'
import type { VirtualInterface, VirtualInterfaceState } from './virtual-interface.ts'

const now = 1_000
const past = now - 1
const future = now + 1

const up = { ...neverUp, up: true, firstUpAt: past, since: past, lastError: null }
const seeing = (...sessions: readonly string[]): Observed => ({
  link: () => up,
  bundle: () => up,
  session: (id) => (sessions.includes(id) ? up : neverUp),
})
const works = seeing(peer.id)
const silent = seeing()
const second = { ...peer, id: 'dxpeer-f0000002', addressFamily: 'ipv6' } as const
const allocated = { ...vif, allocated: true, confirmedAt: null, provisionedAt: null }

type Example = readonly [VirtualInterface, Observed]

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
  ],
  down: [
    [vif, silent],
    [{ ...vif, peers: [] }, silent],
    [vif, seeing('dxpeer-of-another')],
  ],
  available: [
    [vif, works],
    [{ ...vif, type: 'public', verifiedAt: now, provisionedAt: now }, works],
    [{ ...vif, peers: [peer, second] }, seeing(second.id)],
    [{ ...vif, deleteAskedAt: future }, works],
  ],
  deleting: [
    [{ ...vif, deleteAskedAt: now, deletedAt: future }, works],
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
  testing: 'it comes with the failover tests, which are not built yet',
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
