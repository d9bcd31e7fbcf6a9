import { reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults } from './faults.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { ownerOf } from './nouns.ts'
import { type PageInput, pageOf } from './pages.ts'
import { attachmentsOf, type TransitGatewayAttachment } from './transit-gateway-attachment.ts'

export interface RouteTableInput extends PageInput {
  readonly TransitGatewayRouteTableId: string
  readonly Filter?: readonly Filter[] | undefined
}

type Purpose = 'associationRouteTableId' | 'propagationRouteTableId'

/**
 * A page of the attachments that use a route table for one of its two purposes, whose states have other words in each.
 * @param kind by which its tokens are told from others
 */
export async function usesOfTable<S extends string>(
  snapshot: Snapshot,
  input: RouteTableInput,
  kind: string,
  purpose: Purpose,
  words: Readonly<Record<TransitGatewayAttachment['state'], S>>,
) {
  const all = await attachmentsUsing(snapshot, input.TransitGatewayRouteTableId, purpose)
  const { records, nextToken } = pageOf(snapshot, kind, selected(all, input.Filter, fields), input)
  const uses = records.map(({ id, resourceId, resourceType, state }) => ({
    transitGatewayAttachmentId: id,
    resourceId,
    resourceType,
    state: words[state],
  }))
  return { uses, nextToken }
}

/**
 * The attachments that use a route table of a transit gateway of the caller's, as the default for a purpose. A transit
 * gateway has no other table than that, and an attachment takes no other.
 */
async function attachmentsUsing(
  snapshot: Snapshot,
  routeTableId: string,
  purpose: Purpose,
): Promise<readonly TransitGatewayAttachment[]> {
  const gateways = await snapshot.list('transit-gateway', 'owner', ownerOf(snapshot))
  const gateway = gateways.find(
    ({ associationRouteTableId, propagationRouteTableId, deletedAt }) =>
      [associationRouteTableId, propagationRouteTableId].includes(routeTableId) && !reached(deletedAt, snapshot.now),
  )
  if (gateway === undefined) throw faults.transitGatewayRouteTableNotFound(routeTableId)
  return gateway[purpose] === null ? [] : attachmentsOf(snapshot, gateway.id)
}

const fields: Fields<TransitGatewayAttachment> = {
  'transit-gateway-attachment-id': (attachment) => attachment.id,
  'resource-id': (attachment) => attachment.resourceId,
  'resource-type': (attachment) => attachment.resourceType,
}
