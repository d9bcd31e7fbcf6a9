import { reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults } from './faults.ts'
import type { Fields } from './filters.ts'
import { ownerOf } from './nouns.ts'
import { attachmentsOf, type TransitGatewayAttachment } from './transit-gateway-attachment.ts'

/**
 * The attachments that use a route table of a transit gateway of the caller's, as the default for one of the two purposes.
 * A transit gateway has no other table than that, and an attachment takes no other.
 */
export async function attachmentsUsing(
  snapshot: Snapshot,
  routeTableId: string,
  purpose: 'associationRouteTableId' | 'propagationRouteTableId',
): Promise<readonly TransitGatewayAttachment[]> {
  const gateways = await snapshot.list('transit-gateway', 'owner', ownerOf(snapshot))
  const gateway = gateways.find(
    ({ associationRouteTableId, propagationRouteTableId, deletedAt }) =>
      [associationRouteTableId, propagationRouteTableId].includes(routeTableId) && !reached(deletedAt, snapshot.now),
  )
  if (gateway === undefined) throw faults.transitGatewayRouteTableNotFound(routeTableId)
  return gateway[purpose] === null ? [] : attachmentsOf(snapshot, gateway.id)
}

export const routeTableFields: Fields<TransitGatewayAttachment> = {
  'transit-gateway-attachment-id': (attachment) => attachment.id,
  'resource-id': (attachment) => attachment.resourceId,
  'resource-type': (attachment) => attachment.resourceType,
}

/** What both lists show of an attachment; they differ in the words for its state. */
export function showUse<S extends string>(
  { id, resourceId, resourceType, state }: TransitGatewayAttachment,
  words: Readonly<Record<TransitGatewayAttachment['state'], S>>,
) {
  return { transitGatewayAttachmentId: id, resourceId, resourceType, state: words[state] }
}
