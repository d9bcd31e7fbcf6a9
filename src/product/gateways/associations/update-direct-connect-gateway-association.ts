import { faults } from '../../fault.ts'
import { type Operation, save } from '../../operation.ts'
import { ownGateway } from '../rules.ts'
import { changedPrefixesOf, withPrefixes } from './allowed-prefixes.ts'
import { checkChangeable, checkChangedPrefixes, partyAssociation } from './rules.ts'
import { showAssociation } from './show.ts'

/**
 * In place: the association and what EC2 shows of it keep their ids, and the prefixes that stay work on.
 * @source behaviour catalogue A.1, E.4; what users of Terraform's provider lost in its issue 30085
 */
export const UpdateDirectConnectGatewayAssociation: Operation<'UpdateDirectConnectGatewayAssociation'> = async (
  snapshot,
  input,
) => {
  const { now, caller, settings } = snapshot
  const association = await partyAssociation(snapshot, input.associationId ?? '')
  if (association.gatewayOwner !== caller.accountId) throw faults.associationNotFound(association.id)
  checkChangeable('UpdateDirectConnectGatewayAssociation', association, now)
  const prefixes = changedPrefixesOf(association, input)
  await checkChangedPrefixes(snapshot, await ownGateway(snapshot, association.gatewayId), association, prefixes)
  const updated = withPrefixes(association, prefixes, now + settings.timing.associate, now)
  return {
    changes: [save('association', updated)],
    show: () => ({ directConnectGatewayAssociation: showAssociation(updated, now) }),
  }
}
