import { refuse } from '../../fault.ts'
import { create, type Operation } from '../../operation.ts'
import { ownGateway } from '../rules.ts'
import { checkedPrefixes } from './allowed-prefixes.ts'
import { ownCandidate } from './candidate.ts'
import { newAssociation } from './new-association.ts'
import { checkPrefixesGiven } from './rules.ts'
import { showAssociation } from './show.ts'

/**
 * Both gateways are the caller's; across accounts there are proposals. Without prefixes, a virtual private gateway's
 * association allows the blocks that its VPC has now.
 * @source behaviour catalogue A.1
 */
export const CreateDirectConnectGatewayAssociation: Operation<'CreateDirectConnectGatewayAssociation'> = async (
  snapshot,
  input,
) => {
  const gateway = await ownGateway(snapshot, input.directConnectGatewayId)
  const candidate = await ownCandidate(snapshot, gatewayNamed(input))
  const member = 'addAllowedPrefixesToDirectConnectGateway'
  const given = checkedPrefixes(input[member], member)
  checkPrefixesGiven(candidate, given)
  const prefixes = given.length === 0 ? candidate.vpcBlocks : given
  const association = await newAssociation(snapshot, gateway, candidate, prefixes)
  return {
    changes: [create('association', association)],
    show: () => ({ directConnectGatewayAssociation: showAssociation(association, snapshot.now) }),
  }
}

/** `virtualGatewayId` is from the time before transit gateways. */
function gatewayNamed(input: {
  readonly gatewayId?: string | undefined
  readonly virtualGatewayId?: string | undefined
}): string {
  const { gatewayId, virtualGatewayId } = input
  if (gatewayId !== undefined && virtualGatewayId !== undefined && gatewayId !== virtualGatewayId)
    throw refuse('Only one of gatewayId and virtualGatewayId can be given')
  const id = gatewayId ?? virtualGatewayId
  if (id === undefined) throw refuse('Field gatewayId is required')
  return id
}
