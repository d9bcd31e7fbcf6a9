import { refuse } from '../../fault.ts'
import { reached } from '../../lifecycle.ts'
import { answer, type Operation } from '../../operation.ts'
import { listPage, listPageWhere } from '../../paging.ts'
import { type Association, partiesOf } from './association.ts'
import { checkAssociationId } from './rules.ts'
import { showAssociation } from './show.ts'

/**
 * To the owners of both gateways, from every Region. What is gone is not answered, an unknown id is an empty list.
 * @source behaviour catalogue A.1, A.2
 */
export const DescribeDirectConnectGatewayAssociations: Operation<'DescribeDirectConnectGatewayAssociations'> = async (
  snapshot,
  input,
) => {
  const { now, caller } = snapshot
  const { associationId, directConnectGatewayId: gatewayId, associatedGatewayId, virtualGatewayId } = input
  const show = (association: Association) => showAssociation(association, now)
  const wanted = (association: Association) =>
    [undefined, association.gatewayId].includes(gatewayId) &&
    [undefined, association.associated.id].includes(associatedGatewayId) &&
    [undefined, association.associated.id].includes(virtualGatewayId)

  if (associationId !== undefined) {
    checkAssociationId(associationId)
    const association = await snapshot.get('association', associationId)
    const found =
      association !== undefined &&
      partiesOf(association).includes(caller.accountId) &&
      !reached(association.disassociatedAt, now) &&
      wanted(association)
    return answer({ directConnectGatewayAssociations: found ? [show(association)] : [] })
  }

  const associatedId = associatedGatewayId ?? virtualGatewayId
  if (associatedId !== undefined) {
    const value = `${caller.accountId} ${associatedId}`
    const page = await listPageWhere(snapshot, 'association', 'partyOnAssociated', value, input, async (all) =>
      all.filter(wanted),
    )
    return answer({ directConnectGatewayAssociations: page.records.map(show), nextToken: page.nextToken })
  }
  if (gatewayId === undefined)
    throw refuse('Field associationId, associatedGatewayId, directConnectGatewayId or virtualGatewayId is required')
  const value = `${caller.accountId} ${gatewayId}`
  const { records, nextToken } = await listPage(snapshot, 'association', 'partyOnGateway', value, input)
  return answer({ directConnectGatewayAssociations: records.map(show), nextToken })
}
