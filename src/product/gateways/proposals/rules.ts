import { faults } from '../../fault.ts'
import { reached } from '../../lifecycle.ts'
import type { Snapshot } from '../../snapshot.ts'
import { partiesOf } from '../associations/association.ts'
import { type Proposal, proposalKind } from './proposal.ts'

/** A proposal that the caller made or was made, while it is shown. */
export async function knownProposal(snapshot: Snapshot, id: string): Promise<Proposal | undefined> {
  const proposal = await snapshot.get('proposal', id)
  const known =
    proposal !== undefined &&
    partiesOf(proposal).includes(snapshot.caller.accountId) &&
    !reached(proposalKind.hiddenFrom(proposal), snapshot.now)
  return known ? proposal : undefined
}

/** As `knownProposal`, and neither deleted nor expired. @source behaviour catalogue A.2 */
export async function openProposal(snapshot: Snapshot, id: string): Promise<Proposal> {
  const proposal = await knownProposal(snapshot, id)
  if (proposal === undefined || reached(proposal.deletedAt, snapshot.now)) throw faults.proposalNotFound(id)
  return proposal
}
