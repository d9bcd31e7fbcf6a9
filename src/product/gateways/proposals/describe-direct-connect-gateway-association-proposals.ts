import { answer, type Operation } from '../../operation.ts'
import { listPageWhere } from '../../paging.ts'
import type { Proposal } from './proposal.ts'
import { knownProposal } from './rules.ts'
import { showProposal } from './show.ts'

/** To who made it and whom it was made, from every Region; the three filters go together. */
export const DescribeDirectConnectGatewayAssociationProposals: Operation<
  'DescribeDirectConnectGatewayAssociationProposals'
> = async (snapshot, input) => {
  const { now, caller } = snapshot
  const { proposalId, directConnectGatewayId, associatedGatewayId } = input
  const wanted = (proposal: Proposal) =>
    [undefined, proposal.gatewayId].includes(directConnectGatewayId) &&
    [undefined, proposal.associated.id].includes(associatedGatewayId)
  if (proposalId !== undefined) {
    const proposal = await knownProposal(snapshot, proposalId)
    const found = proposal !== undefined && wanted(proposal)
    return answer({ directConnectGatewayAssociationProposals: found ? [showProposal(proposal, now)] : [] })
  }
  const { records, nextToken } = await listPageWhere(
    snapshot,
    'proposal',
    'party',
    caller.accountId,
    input,
    async (all) => all.filter(wanted),
  )
  return answer({
    directConnectGatewayAssociationProposals: records.map((proposal) => showProposal(proposal, now)),
    nextToken,
  })
}
