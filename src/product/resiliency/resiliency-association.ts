import type { EnumValue } from '../../contract/types.ts'
import { kind, type Stored } from '../kind.ts'
import { type Instant, lifecycle, reached } from '../lifecycle.ts'
import { listedAfterEnd } from '../settings.ts'

/** A connection's place in a resiliency group; a second term takes the place of one that has ended. */
export interface ResiliencyAssociation extends Stored {
  readonly groupId: string
  readonly connectionId: string
  readonly associatedAt: Instant
  readonly disassociateAskedAt: Instant
  readonly disassociatedAt: Instant
}

export const resiliencyAssociationKind = kind<ResiliencyAssociation>()({
  sets: (association) => ({ group: association.groupId }),
  claims: () => [],
  hiddenFrom: ({ disassociatedAt }) => (disassociatedAt === null ? null : disassociatedAt + listedAfterEnd),
})

/** @source behaviour catalogue B.8 */
export const resiliencyAssociationState = lifecycle<
  EnumValue<'ResiliencyGroupAssociationState'>,
  ResiliencyAssociation
>([
  ['disassociated', (association, _seen, now) => reached(association.disassociatedAt, now)],
  ['disassociating', (association, _seen, now) => reached(association.disassociateAskedAt, now)],
  ['associating', (association, _seen, now) => !reached(association.associatedAt, now)],
  ['associated', () => true],
])

export function resiliencyAssociationId(groupId: string, connectionId: string): string {
  return `${groupId} ${connectionId}`
}
