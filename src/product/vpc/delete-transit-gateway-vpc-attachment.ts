import { reached } from '../lifecycle.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { own, transitGatewayVpcAttachments } from './nouns.ts'
import { showTransitGatewayVpcAttachment } from './show.ts'

/** Asking again while it goes changes nothing. */
export async function DeleteTransitGatewayVpcAttachment(
  snapshot: Snapshot,
  input: { readonly TransitGatewayAttachmentId: string },
): Promise<Decision<{ readonly transitGatewayVpcAttachment: ReturnType<typeof showTransitGatewayVpcAttachment> }>> {
  const { now, settings } = snapshot
  const attachment = await own(snapshot, transitGatewayVpcAttachments, input.TransitGatewayAttachmentId)
  const asked = reached(attachment.deleteAskedAt, now)
  const leaving = asked ? attachment : { ...attachment, deleteAskedAt: now, deletedAt: now + settings.timing.delete }
  return {
    changes: asked ? [] : [save('transit-gateway-vpc-attachment', leaving)],
    show: () => ({ transitGatewayVpcAttachment: showTransitGatewayVpcAttachment(leaving, now) }),
  }
}
