import { faults } from '../../fault.ts'
import { type Change, create, type Operation, save } from '../../operation.ts'
import type { Snapshot } from '../../snapshot.ts'
import { checkedPrefixes, withPrefixes } from '../associations/allowed-prefixes.ts'
import type { Association } from '../associations/association.ts'
import { proposedCandidate } from '../associations/candidate.ts'
import { associationsOf } from '../associations/end.ts'
import { newAssociation } from '../associations/new-association.ts'
import { checkChangeable, checkChangedPrefixes } from '../associations/rules.ts'
import { showAssociation } from '../associations/show.ts'
import type { Gateway } from '../gateway.ts'
import { ownGateway } from '../rules.ts'
import type { Proposal } from './proposal.ts'
import { openProposal } from './rules.ts'

/**
 * By the Direct Connect gateway's owner, in the Region of the other gateway, once. A list of its own takes the place of
 * what was requested, in the proposal too.
 * @source behaviour catalogue A.1, A.4
 */
export const AcceptDirectConnectGatewayAssociationProposal: Operation<
  'AcceptDirectConnectGatewayAssociationProposal'
> = async (snapshot, input) => {
  const { now } = snapshot
  const gateway = await ownGateway(snapshot, input.directConnectGatewayId)
  const proposal = await openProposal(snapshot, input.proposalId)
  if (proposal.gatewayId !== gateway.id || proposal.associated.ownerAccount !== input.associatedGatewayOwnerAccount)
    throw faults.proposalNotFound(proposal.id)
  if (proposal.acceptedAt !== null) throw faults.proposalAccepted()

  const member = 'overrideAllowedPrefixesToDirectConnectGateway'
  const override = checkedPrefixes(input[member], member)
  const agreed = override.length === 0 ? proposal.requestedPrefixes : override
  const [change, association] = await agreedAssociation(snapshot, gateway, proposal, agreed)
  const accepted: Proposal = { ...proposal, requestedPrefixes: agreed, acceptedAt: now, deletedAt: null }
  return {
    changes: [change, save('proposal', accepted)],
    show: () => ({ directConnectGatewayAssociation: showAssociation(association, now) }),
  }
}

/** A new association or, where the two gateways have one, that one with what was agreed to. */
async function agreedAssociation(
  snapshot: Snapshot,
  gateway: Gateway,
  { associated }: Proposal,
  prefixes: readonly string[],
): Promise<readonly [Change, Association]> {
  const { now, settings } = snapshot
  const candidate = await proposedCandidate(snapshot, associated)
  const existing = (await associationsOf(snapshot, associated.id)).find(({ gatewayId }) => gatewayId === gateway.id)
  if (existing === undefined) {
    const association = await newAssociation(snapshot, gateway, candidate, prefixes)
    return [create('association', association), association]
  }
  checkChangeable('AcceptDirectConnectGatewayAssociationProposal', existing, now)
  await checkChangedPrefixes(snapshot, gateway, existing, prefixes)
  const updated = withPrefixes(existing, prefixes, now + settings.timing.associate, now)
  return [save('association', updated), updated]
}
