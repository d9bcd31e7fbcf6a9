import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import { enums } from '../../contract/enums.ts'
import type { EnumValue } from '../../contract/types.ts'
import { orderConnection } from '../connections/order.ts'
import type { Instant } from '../lifecycle.ts'
import type { Observation } from '../observed.ts'
import type { Lag } from './lag.ts'
import { type LagFacts, lagState } from './lifecycle.ts'

type State = EnumValue<'LagState'>

const now = 1_000
const past = now - 1
const future = now + 1

const lag: Lag = {
  id: 'dxlag-f0000001',
  createdAt: 0,
  ownerAccount: '111122223333',
  region: 'us-east-1',
  location: 'EqDC2',
  siteCode: 'EqDC2',
  name: 'x',
  bandwidth: '10Gbps',
  minimumLinks: 0,
  deviceId: 'EqDC2-1',
  providerName: null,
  allowsHostedConnections: false,
  requestMacSec: false,
  encryptionMode: 'no_encrypt',
  macSecKeys: [],
  billingMode: 'PayAsYouGo',
  tags: [],
  wasUpAt: null,
  deleteAskedAt: null,
  deletedAt: null,
}
const site = { id: 'eqdc2', createdAt: 0, code: 'EqDC2', name: '', region: 'us-east-1', country: 'US', providers: [] }
const { ownerAccount, location, bandwidth, deviceId } = lag
const order = { ownerAccount, site, location, bandwidth, deviceId, lagId: lag.id, tags: [] } as const
const member = {
  ...orderConnection(snapshotAfter([]), { ...order, role: 'dedicated', portId: '10Gbps/01', name: 'x' }),
  approvedAt: null,
}
const approved = { ...member, approvedAt: past }

const never: Observation = { up: false, firstUpAt: null, since: null, lastError: 'too few members are up' }
const up: Observation = { up: true, firstUpAt: past, since: past, lastError: null }
const lost: Observation = { ...never, firstUpAt: past, since: past }

type Example = readonly [LagFacts, Observation]

/** One example or more of every state that is reached; for any other, why none is. */
const examples: Readonly<Record<State, readonly Example[] | string>> = {
  requested: [
    [{ lag, members: [member] }, never],
    [{ lag, members: [member, { ...member, approvedAt: future }] }, never],
  ],
  pending: [
    [{ lag, members: [member, approved] }, never],
    [{ lag, members: [] }, never],
  ],
  available: [
    [{ lag, members: [approved] }, up],
    [{ lag, members: [member, approved] }, up],
  ],
  down: [
    [{ lag, members: [approved] }, lost],
    [{ lag: { ...lag, wasUpAt: past }, members: [] }, never],
    [{ lag: { ...lag, wasUpAt: past }, members: [member] }, never],
  ],
  deleting: [[{ lag: { ...lag, wasUpAt: past, deleteAskedAt: now, deletedAt: future }, members: [] }, never]],
  deleted: [[{ lag: { ...lag, wasUpAt: past, deleteAskedAt: past, deletedAt: now }, members: [] }, never]],
  unknown: 'a state follows from facts, and there is no moment at which we do not know them',
}

for (const state of enums.LagState) {
  const reached = examples[state]
  if (typeof reached === 'string') test(`no LAG is ever ${state}: ${reached}`, () => undefined)
  else
    test(`a LAG can be ${state}`, () => {
      for (const [facts, bundle] of reached) assert.equal(lagState.at(facts, bundle, now), state)
    })
}

/** What the table says, once more in other words. */
function expected({ lag: { deleteAskedAt, deletedAt, wasUpAt }, members }: LagFacts, bundle: Observation): State {
  const has = (instant: Instant) => instant !== null && instant <= now
  if (has(deletedAt)) return 'deleted'
  if (has(deleteAskedAt)) return 'deleting'
  const ordered = members.some(({ approvedAt }) => has(approvedAt))
  if (members.length > 0 && !ordered && !has(wasUpAt)) return 'requested'
  if (!has(wasUpAt) && !has(bundle.firstUpAt)) return 'pending'
  return bundle.up ? 'available' : 'down'
}

test('whatever the facts, the end comes first, then what was ordered, then whether it ever worked, then the link', () => {
  const instants: readonly Instant[] = [null, past, now, future]
  for (const deletedAt of instants)
    for (const deleteAskedAt of instants)
      for (const wasUpAt of instants)
        for (const members of [[], [member], [approved], [member, approved]])
          for (const firstUpAt of instants)
            for (const isUp of [true, false]) {
              const facts = { lag: { ...lag, deletedAt, deleteAskedAt, wasUpAt }, members }
              const bundle = { ...never, up: isUp, firstUpAt }
              assert.equal(lagState.at(facts, bundle, now), expected(facts, bundle))
            }
})
