import type { Input } from '../../../contract/types.ts'
import { faults, refuse } from '../../fault.ts'
import { type Operation, save } from '../../operation.ts'
import type { Snapshot } from '../../snapshot.ts'
import { type Association, live } from './association.ts'
import { ended } from './end.ts'
import { partyAssociation } from './rules.ts'
import { showAssociation } from './show.ts'

/**
 * By the owner of either gateway. The very next answer says `disassociating`: Terraform waits through that state only.
 * @source behaviour catalogue A.1, B.5
 */
export const DeleteDirectConnectGatewayAssociation: Operation<'DeleteDirectConnectGatewayAssociation'> = async (
  snapshot,
  input,
) => {
  const association = await associationNamed(snapshot, input)
  const leaving = ended(association, snapshot)
  return {
    changes: leaving === association ? [] : [save('association', leaving)],
    show: () => ({ directConnectGatewayAssociation: showAssociation(leaving, snapshot.now) }),
  }
}

/** By its id or, as before there were ids, by the pair of gateways. @source behaviour catalogue A.1, A.2 */
async function associationNamed(
  snapshot: Snapshot,
  input: Input<'DeleteDirectConnectGatewayAssociation'>,
): Promise<Association> {
  const { associationId, directConnectGatewayId: gatewayId, virtualGatewayId } = input
  if (associationId !== undefined) return partyAssociation(snapshot, associationId)
  if (gatewayId === undefined || virtualGatewayId === undefined)
    throw refuse('Field associationId, or directConnectGatewayId and virtualGatewayId, is required')
  const value = `${snapshot.caller.accountId} ${virtualGatewayId}`
  const found = live(await snapshot.list('association', 'partyOnAssociated', value), snapshot.now)
  const association = found.find((one) => one.gatewayId === gatewayId)
  if (association === undefined) throw faults.noAssociation(gatewayId, virtualGatewayId)
  return association
}
