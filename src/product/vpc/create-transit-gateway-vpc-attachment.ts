import { reached } from '../lifecycle.ts'
import { create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { switchesIn } from './create-transit-gateway.ts'
import { faults, refuse } from './faults.ts'
import { transitGatewayState } from './lifecycle.ts'
import { own, subnets, transitGateways, vpcs } from './nouns.ts'
import { showTransitGatewayVpcAttachment } from './show.ts'
import type { Subnet } from './subnet.ts'
import { type TagSpecification, tagsFor } from './tags.ts'
import {
  type TransitGatewayVpcAttachment,
  type VpcAttachmentSwitch,
  vpcAttachmentSwitches,
} from './transit-gateway-vpc-attachment.ts'

export interface CreateTransitGatewayVpcAttachmentInput {
  readonly TransitGatewayId: string
  readonly VpcId: string
  readonly SubnetIds: readonly string[]
  readonly Options?: { readonly [S in VpcAttachmentSwitch]?: string | undefined } | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
}

/** Once a VPC and transit gateway, in one subnet of each zone that is named. */
export async function CreateTransitGatewayVpcAttachment(
  snapshot: Snapshot,
  input: CreateTransitGatewayVpcAttachmentInput,
): Promise<Decision<{ readonly transitGatewayVpcAttachment: ReturnType<typeof showTransitGatewayVpcAttachment> }>> {
  const { now, caller, settings } = snapshot
  const gateway = await own(snapshot, transitGateways, input.TransitGatewayId)
  const vpc = await own(snapshot, vpcs, input.VpcId)
  const state = transitGatewayState.at(gateway, undefined, now)
  if (state === 'pending' || state === 'deleting')
    throw refuse('IncorrectState', `${gateway.id} is in invalid state: it is ${state}.`)
  const present = await snapshot.list('transit-gateway-vpc-attachment', 'transitGateway', gateway.id)
  if (present.some((other) => other.vpcId === vpc.id && !reached(other.deletedAt, now)))
    throw faults.vpcAttachedAlready(gateway.id)

  const attachment: TransitGatewayVpcAttachment = {
    id: snapshot.id('tgw-attach'),
    createdAt: now,
    ownerAccount: caller.accountId,
    region: caller.region,
    transitGatewayId: gateway.id,
    vpcId: vpc.id,
    subnetIds: await checkedSubnets(snapshot, vpc.id, input.SubnetIds),
    switches: { ...vpcAttachmentSwitches, ...switchesIn(vpcAttachmentSwitches, input.Options ?? {}) },
    tags: tagsFor('transit-gateway-attachment', input.TagSpecifications),
    attachedAt: now + settings.timing.associate,
    deleteAskedAt: null,
    deletedAt: null,
  }
  return {
    changes: [create('transit-gateway-vpc-attachment', attachment)],
    show: () => ({ transitGatewayVpcAttachment: showTransitGatewayVpcAttachment(attachment, now) }),
  }
}

/** @source EC2's model, CreateTransitGatewayVpcAttachment: "You can specify only one subnet per Availability Zone" */
export async function checkedSubnets(
  snapshot: Snapshot,
  vpcId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) throw faults.missing('subnetIds')
  const byZone = new Map<string, Subnet>()
  for (const id of ids) {
    const subnet = await own(snapshot, subnets, id)
    if (subnet.vpcId !== vpcId) throw faults.subnetNotFound(id)
    if (byZone.has(subnet.availabilityZone))
      throw refuse('DuplicateSubnetsInSameZone', `Duplicate Subnets for same AZ: ${subnet.availabilityZone}`)
    byZone.set(subnet.availabilityZone, subnet)
  }
  return [...byZone.values()].map(({ id }) => id)
}
