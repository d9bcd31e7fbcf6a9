import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import { enums } from '../../contract/enums.ts'
import type { EnumValue } from '../../contract/types.ts'
import type { Instant } from '../lifecycle.ts'
import { type LinkObservation, neverUp } from '../observed.ts'
import { day, timings } from '../settings.ts'
import type { Connection } from './connection.ts'
import { connectionState } from './lifecycle.ts'
import { orderConnection, planned } from './order.ts'

type State = EnumValue<'ConnectionState'>

const now = 1_000
const past = now - 1
const future = now + 1

const site = { id: 'eqdc2', createdAt: 0, code: 'EqDC2', name: '', region: 'us-east-1', country: 'US', providers: [] }
const port = { ownerAccount: '111122223333', site, location: 'EqDC2', bandwidth: '1Gbps', name: 'x', tags: [] }
const manual = snapshotAfter([], { settings: { ...snapshotAfter([]).settings, provisioning: 'manual' } })
const ordered = orderConnection(manual, { ...port, role: 'dedicated', deviceId: 'EqDC2-1', portId: '1Gbps/01' })
const hosted: Connection = { ...ordered, role: 'hosted', deviceId: null, portId: null, parentId: 'dxcon-f0000002' }

const up: LinkObservation = { up: true, firstUpAt: past, since: past, lastError: null, macSecUp: false }
const lost: LinkObservation = { ...up, up: false, lastError: 'no light on the link' }

/** One example of every state that is reached; for any other, why none is. */
const examples: Readonly<Record<State, { readonly c: Connection; readonly link: LinkObservation } | string>> = {
  ordering: { c: hosted, link: up },
  requested: { c: ordered, link: neverUp },
  pending: { c: { ...ordered, approvedAt: past }, link: neverUp },
  available: { c: { ...ordered, approvedAt: past }, link: up },
  down: { c: { ...ordered, approvedAt: past }, link: lost },
  deleting: { c: { ...ordered, deleteAskedAt: past, deletedAt: future }, link: neverUp },
  deleted: { c: { ...ordered, deleteAskedAt: past, deletedAt: past }, link: neverUp },
  rejected: { c: { ...hosted, rejectedAt: past }, link: up },
  unknown: 'a state follows from facts, and there is no moment at which we do not know them',
}

for (const state of enums.ConnectionState) {
  const example = examples[state]
  if (typeof example === 'string') test(`no connection is ever ${state}: ${example}`, () => undefined)
  else test(`a connection can be ${state}`, () => assert.equal(connectionState.at(example.c, example.link, now), state))
}

/** What the table says, once more in other words. */
function expected(c: Connection, link: LinkObservation): State {
  const has = (instant: Instant) => instant !== null && instant <= now
  if (has(c.deletedAt)) return 'deleted'
  if (has(c.deleteAskedAt)) return 'deleting'
  if (has(c.rejectedAt)) return 'rejected'
  if (!has(c.role === 'hosted' ? c.acceptedAt : c.approvedAt)) return c.role === 'hosted' ? 'ordering' : 'requested'
  if (!has(link.firstUpAt) && !has(c.wasUpAt ?? null)) return 'pending'
  const encrypted = c.encryptionMode !== 'must_encrypt' || link.macSecUp
  return link.up && encrypted ? 'available' : 'down'
}

test('whatever the facts, the end comes before the beginning, and the beginning before the link', () => {
  const instants: readonly Instant[] = [null, past, now, future]
  let cases = 0
  for (const role of ['dedicated', 'interconnect', 'hosted'] as const)
    for (const agreed of instants)
      for (const rejectedAt of role === 'hosted' ? instants : [null])
        for (const deleteAskedAt of instants)
          for (const deletedAt of instants)
            for (const encryptionMode of ['no_encrypt', 'should_encrypt', 'must_encrypt'] as const)
              for (const firstUpAt of instants)
                for (const isUp of [true, false])
                  for (const macSecUp of [true, false]) {
                    const agreement = role === 'hosted' ? { acceptedAt: agreed } : { approvedAt: agreed }
                    const ends = { rejectedAt, deleteAskedAt, deletedAt }
                    const link = { ...up, up: isUp, firstUpAt, macSecUp }
                    for (const wasUpAt of role === 'hosted' ? instants : [null]) {
                      const c = { ...ordered, role, ...agreement, ...ends, encryptionMode, wasUpAt }
                      assert.equal(connectionState.at(c, link, now), expected(c, link))
                      cases++
                    }
                  }
  assert.equal(cases, (4 + 4 + 16 * 4) * 4 * 4 * 3 * 4 * 2 * 2)
})

test('under automatic provisioning an order knows when it is approved and cabled', () => {
  const { settings } = snapshotAfter([])
  const at = (instant: number) => snapshotAfter([], { now: instant, settings: { ...settings, timing: timings.fast } })
  assert.deepEqual(planned(at(500)), { approvedAt: 1_500, cables: [{ from: 2_500, until: null }], deletedAt: null })
})

test('what is approved and waits for an operator to cable it ends 100 days later', () => {
  const settings = { ...snapshotAfter([]).settings, timing: timings.aws }
  const { approvedAt, cables, deletedAt } = planned(snapshotAfter([], { settings }))
  assert.deepEqual([cables, deletedAt], [[], (approvedAt ?? 0) + 100 * day])
})

test('under manual provisioning an order waits for the operator as long as it takes', () => {
  assert.deepEqual(planned(manual), { approvedAt: null, cables: [], deletedAt: null })
})
