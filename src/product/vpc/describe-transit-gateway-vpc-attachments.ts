import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { transitGatewayVpcAttachmentState } from './lifecycle.ts'
import { ownAll, transitGatewayVpcAttachments } from './nouns.ts'
import { type PageInput, pageOf } from './pages.ts'
import { showTransitGatewayVpcAttachment } from './show.ts'
import type { TransitGatewayVpcAttachment } from './transit-gateway-vpc-attachment.ts'

export interface DescribeTransitGatewayVpcAttachmentsInput extends PageInput {
  readonly TransitGatewayAttachmentIds?: readonly string[] | undefined
  readonly Filter?: readonly Filter[] | undefined
}

export async function DescribeTransitGatewayVpcAttachments(
  snapshot: Snapshot,
  input: DescribeTransitGatewayVpcAttachmentsInput,
): Promise<
  Decision<{
    readonly transitGatewayVpcAttachments: readonly ReturnType<typeof showTransitGatewayVpcAttachment>[]
    readonly nextToken: string | undefined
  }>
> {
  const { now } = snapshot
  const all = await ownAll(snapshot, transitGatewayVpcAttachments, input.TransitGatewayAttachmentIds)
  const found = selected(all, input.Filter, fields(now))
  const { records, nextToken } = pageOf(snapshot, 'transit gateway VPC attachments', found, input)
  return answer({
    transitGatewayVpcAttachments: records.map((attachment) => showTransitGatewayVpcAttachment(attachment, now)),
    nextToken,
  })
}

function fields(now: number): Fields<TransitGatewayVpcAttachment> {
  return {
    'transit-gateway-attachment-id': (attachment) => attachment.id,
    'transit-gateway-id': (attachment) => attachment.transitGatewayId,
    'vpc-id': (attachment) => attachment.vpcId,
    state: (attachment) => transitGatewayVpcAttachmentState.at(attachment, undefined, now),
  }
}
