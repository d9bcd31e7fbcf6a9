import { faults } from '../../fault.ts'
import { create, type Operation } from '../../operation.ts'
import type { Snapshot } from '../../snapshot.ts'
import { changedPrefixes, changedPrefixesOf } from '../associations/allowed-prefixes.ts'
import { askedPrefixes } from '../associations/association.ts'
import { ownCandidate } from '../associations/candidate.ts'
import { associationsOf } from '../associations/end.ts'
import { checkFree, checkNotBeingDeleted, checkPrefixesGiven } from '../associations/rules.ts'
import { type Gateway, gatewayState } from '../gateway.ts'
import { type Proposal, proposalLasts } from './proposal.ts'
import { showProposal } from './show.ts'

/**
 * The owner of a virtual private gateway or transit gateway asks for an association with the Direct Connect gateway of
 * another account or, where there is one, for other allowed prefixes. What depends on that account's gateway is looked at
 * when it accepts.
 * @source behaviour catalogue A.1
 */
export const CreateDirectConnectGatewayAssociationProposal: Operation<
  'CreateDirectConnectGatewayAssociationProposal'
> = async (snapshot, input) => {
  const { now } = snapshot
  const gateway = await gatewayOf(snapshot, input.directConnectGatewayId, input.directConnectGatewayOwnerAccount)
  const candidate = await ownCandidate(snapshot, input.gatewayId)
  const { associated, vpcBlocks } = candidate
  const associations = await associationsOf(snapshot, associated.id)
  const existing = associations.find(({ gatewayId }) => gatewayId === gateway.id)
  if (existing === undefined) checkFree(gateway, associated, associations)

  const existingPrefixes = existing === undefined ? [] : askedPrefixes(existing)
  const asked = existing === undefined ? changedPrefixes([], input) : changedPrefixesOf(existing, input)
  checkPrefixesGiven(candidate, asked)
  const proposal: Proposal = {
    id: snapshot.uuid(),
    createdAt: now,
    gatewayId: gateway.id,
    gatewayOwner: gateway.ownerAccount,
    associated,
    existingPrefixes,
    requestedPrefixes: asked.length === 0 ? vpcBlocks : asked,
    acceptedAt: null,
    deletedAt: now + proposalLasts,
  }
  return {
    changes: [create('proposal', proposal)],
    show: () => ({ directConnectGatewayAssociationProposal: showProposal(proposal, now) }),
  }
}

/** Whoever knows the id of a gateway has to know its owner too. */
async function gatewayOf(snapshot: Snapshot, id: string, ownerAccount: string): Promise<Gateway> {
  const gateway = await snapshot.get('gateway', id)
  if (gateway?.ownerAccount !== ownerAccount || gatewayState.at(gateway, undefined, snapshot.now) === 'deleted')
    throw faults.gatewayNotFound(id)
  checkNotBeingDeleted(gateway, snapshot.now)
  return gateway
}
