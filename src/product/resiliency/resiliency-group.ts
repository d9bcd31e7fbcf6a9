import type { EnumValue, Shape } from '../../contract/types.ts'
import { kind, type Stored } from '../kind.ts'
import { type Instant, lifecycle, reached } from '../lifecycle.ts'
import { listedAfterEnd } from '../settings.ts'

/** Connections that are meant to stand in for each other: global, of one account. It carries no traffic. */
export interface ResiliencyGroup extends Stored {
  readonly ownerAccount: string
  readonly name: string
  readonly intendedModel: EnumValue<'ResiliencyModel'>
  readonly tags: readonly Shape<'Tag'>[]
  readonly availableAt: Instant
  readonly deleteAskedAt: Instant
  readonly deletedAt: Instant
}

export const resiliencyGroupKind = kind<ResiliencyGroup>()({
  sets: (group) => ({ owner: group.ownerAccount, all: '*' }),
  claims: () => [],
  hiddenFrom: (group) => (group.deletedAt === null ? null : group.deletedAt + listedAfterEnd),
})

/** @source behaviour catalogue B.8 */
export const resiliencyGroupState = lifecycle<EnumValue<'ResiliencyGroupState'>, ResiliencyGroup>([
  ['deleted', (group, _seen, now) => reached(group.deletedAt, now)],
  ['deleting', (group, _seen, now) => reached(group.deleteAskedAt, now)],
  ['pending', (group, _seen, now) => !reached(group.availableAt, now)],
  ['available', () => true],
])
