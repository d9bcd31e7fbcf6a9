import { reached } from '../lifecycle.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { switchesIn } from './create-transit-gateway.ts'
import { checkedSubnets } from './create-transit-gateway-vpc-attachment.ts'
import { refuse } from './faults.ts'
import { own, transitGatewayVpcAttachments } from './nouns.ts'
import { showTransitGatewayVpcAttachment } from './show.ts'
import { type VpcAttachmentSwitch, vpcAttachmentSwitches } from './transit-gateway-vpc-attachment.ts'

export interface ModifyTransitGatewayVpcAttachmentInput {
  readonly TransitGatewayAttachmentId: string
  readonly AddSubnetIds?: readonly string[] | undefined
  readonly RemoveSubnetIds?: readonly string[] | undefined
  readonly Options?: { readonly [S in VpcAttachmentSwitch]?: string | undefined } | undefined
}

/** Its subnets and its options, at once; one subnet has to be left. */
export async function ModifyTransitGatewayVpcAttachment(
  snapshot: Snapshot,
  input: ModifyTransitGatewayVpcAttachmentInput,
): Promise<Decision<{ readonly transitGatewayVpcAttachment: ReturnType<typeof showTransitGatewayVpcAttachment> }>> {
  const { now } = snapshot
  const attachment = await own(snapshot, transitGatewayVpcAttachments, input.TransitGatewayAttachmentId)
  if (reached(attachment.deleteAskedAt, now)) throw refuse('IncorrectState', `${attachment.id} is being deleted.`)
  const { AddSubnetIds: added = [], RemoveSubnetIds: removed = [] } = input
  const wanted = [...new Set([...attachment.subnetIds, ...added])].filter((id) => !removed.includes(id))
  const modified = {
    ...attachment,
    subnetIds: await checkedSubnets(snapshot, attachment.vpcId, wanted),
    switches: { ...attachment.switches, ...switchesIn(vpcAttachmentSwitches, input.Options ?? {}) },
  }
  return {
    changes: [save('transit-gateway-vpc-attachment', modified)],
    show: () => ({ transitGatewayVpcAttachment: showTransitGatewayVpcAttachment(modified, now) }),
  }
}
