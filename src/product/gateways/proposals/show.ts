import type { Shape } from '../../../contract/types.ts'
import { showPrefixes } from '../associations/show.ts'
import { type Proposal, proposalState } from './proposal.ts'

export function showProposal(proposal: Proposal, now: number): Shape<'DirectConnectGatewayAssociationProposal'> {
  return {
    proposalId: proposal.id,
    directConnectGatewayId: proposal.gatewayId,
    directConnectGatewayOwnerAccount: proposal.gatewayOwner,
    proposalState: proposalState.at(proposal, undefined, now),
    associatedGateway: proposal.associated,
    existingAllowedPrefixesToDirectConnectGateway: showPrefixes(proposal.existingPrefixes),
    requestedAllowedPrefixesToDirectConnectGateway: showPrefixes(proposal.requestedPrefixes),
  }
}
