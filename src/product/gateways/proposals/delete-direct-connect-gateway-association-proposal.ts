import { type Operation, save } from '../../operation.ts'
import { openProposal } from './rules.ts'
import { showProposal } from './show.ts'

/**
 * Withdrawn by who made it or declined by whom it was made, once. One that was accepted can go too, as Terraform does
 * with it; the association stays.
 * @source behaviour catalogue A.1; Terraform's provider
 */
export const DeleteDirectConnectGatewayAssociationProposal: Operation<
  'DeleteDirectConnectGatewayAssociationProposal'
> = async (snapshot, input) => {
  const { now } = snapshot
  const deleted = { ...(await openProposal(snapshot, input.proposalId)), deletedAt: now }
  return {
    changes: [save('proposal', deleted)],
    show: () => ({ directConnectGatewayAssociationProposal: showProposal(deleted, now) }),
  }
}
