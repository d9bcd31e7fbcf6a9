import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { showTime } from '../time.ts'
import { faults } from './faults.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { type PageInput, pageOf } from './pages.ts'
import { showTags } from './tags.ts'
import { type TransitGatewayAttachment, transitGatewayAttachments } from './transit-gateway-attachment.ts'

export interface DescribeTransitGatewayAttachmentsInput extends PageInput {
  readonly TransitGatewayAttachmentIds?: readonly string[] | undefined
  readonly Filter?: readonly Filter[] | undefined
}

/** Those with Direct Connect gateways and with VPCs. One that is gone is not shown: Terraform takes exactly one. */
export async function DescribeTransitGatewayAttachments(
  snapshot: Snapshot,
  input: DescribeTransitGatewayAttachmentsInput,
): Promise<
  Decision<{
    readonly transitGatewayAttachments: readonly ReturnType<typeof show>[]
    readonly nextToken: string | undefined
  }>
> {
  const all = await transitGatewayAttachments(snapshot)
  const { TransitGatewayAttachmentIds: ids = [] } = input
  const unknown = ids.find((id) => !all.some((attachment) => attachment.id === id))
  if (unknown !== undefined) throw faults.transitGatewayAttachmentNotFound(unknown)
  const named = ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id))
  const found = selected(named, input.Filter, fields)
  const { records, nextToken } = pageOf(snapshot, 'transit gateway attachments', found, input)
  return answer({ transitGatewayAttachments: records.map(show), nextToken })
}

const fields: Fields<TransitGatewayAttachment> = {
  'transit-gateway-attachment-id': (attachment) => attachment.id,
  'transit-gateway-id': (attachment) => attachment.transitGatewayId,
  'transit-gateway-owner-id': (attachment) => attachment.transitGatewayOwner,
  'resource-id': (attachment) => attachment.resourceId,
  'resource-owner-id': (attachment) => attachment.resourceOwner,
  'resource-type': (attachment) => attachment.resourceType,
  state: (attachment) => attachment.state,
  'association.state': () => null,
  'association.transit-gateway-route-table-id': () => null,
}

function show(attachment: TransitGatewayAttachment) {
  return {
    transitGatewayAttachmentId: attachment.id,
    transitGatewayId: attachment.transitGatewayId,
    transitGatewayOwnerId: attachment.transitGatewayOwner,
    resourceOwnerId: attachment.resourceOwner,
    resourceType: attachment.resourceType,
    resourceId: attachment.resourceId,
    state: attachment.state,
    creationTime: showTime(attachment.createdAt),
    tagSet: showTags(attachment.tags),
  }
}
