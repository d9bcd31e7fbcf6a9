import type { EnumValue } from '../../../contract/types.ts'
import { kind, type Stored } from '../../kind.ts'
import { type Instant, lifecycle, reached } from '../../lifecycle.ts'
import { day } from '../../settings.ts'
import { type AssociatedGateway, partiesOf } from '../associations/association.ts'

/**
 * What the owner of a virtual private gateway or transit gateway asks of the owner of a Direct Connect gateway: to be
 * associated with it or, where it is already, to have other allowed prefixes.
 */
export interface Proposal extends Stored {
  /** The Direct Connect gateway, and whose it is. */
  readonly gatewayId: string
  readonly gatewayOwner: string
  /** The proposer's gateway. */
  readonly associated: AssociatedGateway
  /** In canonical form, as both: what an association of the two gateways allowed when this was proposed. */
  readonly existingPrefixes: readonly string[]
  /** What an association is to allow; once accepted, what was agreed to. */
  readonly requestedPrefixes: readonly string[]
  readonly acceptedAt: Instant
  /** A proposal is born with its end, unless it is accepted before. */
  readonly deletedAt: Instant
}

/** @source behaviour catalogue B.5 */
export const proposalLasts = 7 * day
const shownAfterEnd = 3 * day

export const proposalKind = kind<Proposal>()({
  sets: (proposal) => ({ party: partiesOf(proposal) }),
  claims: () => [],
  hiddenFrom: ({ acceptedAt, deletedAt }) => {
    const ended = deletedAt ?? acceptedAt
    return ended === null ? null : ended + shownAfterEnd
  },
})

/** @source behaviour catalogue B.5 */
export const proposalState = lifecycle<EnumValue<'DirectConnectGatewayAssociationProposalState'>, Proposal>([
  ['deleted', (proposal, _seen, now) => reached(proposal.deletedAt, now)],
  ['accepted', (proposal, _seen, now) => reached(proposal.acceptedAt, now)],
  ['requested', () => true],
])
