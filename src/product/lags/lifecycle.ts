import type { EnumValue } from '../../contract/types.ts'
import type { Connection } from '../connections/connection.ts'
import { lifecycle, reached } from '../lifecycle.ts'
import type { Observation } from '../observed.ts'
import type { Lag } from './lag.ts'

/** A LAG with the connections that are in it and have not ended. */
export interface LagFacts {
  readonly lag: Lag
  readonly members: readonly Connection[]
}

/** @source behaviour catalogue B.1; an empty LAG: design, section 8 */
export const lagState = lifecycle<EnumValue<'LagState'>, LagFacts, Observation>([
  ['deleted', ({ lag }, _bundle, now) => reached(lag.deletedAt, now)],
  ['deleting', ({ lag }, _bundle, now) => reached(lag.deleteAskedAt, now)],
  [
    'requested',
    ({ lag, members }, _bundle, now) =>
      members.length > 0 && !reached(lag.wasUpAt, now) && members.every((member) => !reached(member.approvedAt, now)),
  ],
  ['pending', ({ lag }, bundle, now) => !reached(lag.wasUpAt, now) && !reached(bundle.firstUpAt, now)],
  ['down', (_facts, bundle) => !bundle.up],
  ['available', () => true],
])
