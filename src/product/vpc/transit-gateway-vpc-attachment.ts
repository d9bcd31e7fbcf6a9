import { kind, type Stored } from '../kind.ts'
import type { Instant } from '../lifecycle.ts'
import { listedAfterEnd } from '../settings.ts'
import type { Tags } from '../tags/rules.ts'
import type { Switch } from './transit-gateway.ts'

/** What ties a VPC to a transit gateway of the same account and Region. */
export interface TransitGatewayVpcAttachment extends Stored {
  readonly ownerAccount: string
  readonly region: string
  readonly transitGatewayId: string
  readonly vpcId: string
  /** One in each of some Availability Zones. */
  readonly subnetIds: readonly string[]
  readonly switches: Readonly<Record<VpcAttachmentSwitch, Switch>>
  readonly tags: Tags
  readonly attachedAt: Instant
  readonly deleteAskedAt: Instant
  readonly deletedAt: Instant
}

/** The options that are on or off, as CreateTransitGatewayVpcAttachment spells them, with EC2's defaults. */
export const vpcAttachmentSwitches = {
  DnsSupport: 'enable',
  SecurityGroupReferencingSupport: 'enable',
  Ipv6Support: 'disable',
  ApplianceModeSupport: 'disable',
} as const satisfies Record<string, Switch>

export type VpcAttachmentSwitch = keyof typeof vpcAttachmentSwitches

export const transitGatewayVpcAttachmentKind = kind<TransitGatewayVpcAttachment>()({
  sets: (attachment) => ({
    owner: `${attachment.ownerAccount} ${attachment.region}`,
    transitGateway: attachment.transitGatewayId,
    subnet: attachment.subnetIds,
  }),
  claims: (attachment) => [
    { scope: `attached to ${attachment.transitGatewayId}`, key: attachment.vpcId, until: attachment.deletedAt },
  ],
  hiddenFrom: (attachment) => (attachment.deletedAt === null ? null : attachment.deletedAt + listedAfterEnd),
})
