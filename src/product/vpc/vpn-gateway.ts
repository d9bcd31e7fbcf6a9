import { kind, type Stored } from '../kind.ts'
import type { Instant } from '../lifecycle.ts'
import { listedAfterEnd } from '../settings.ts'
import type { Tags } from '../tags/rules.ts'

/** A virtual private gateway: the end of private virtual interfaces on the side of one VPC. */
export interface VpnGateway extends Stored {
  readonly ownerAccount: string
  readonly region: string
  readonly amazonSideAsn: number
  readonly availabilityZone: string | null
  /** The attachment to a VPC, also while it ends and once it has ended; the next one takes its place. */
  readonly attachment: VpcAttachment | null
  readonly tags: Tags
  readonly availableAt: Instant
  readonly deleteAskedAt: Instant
  readonly deletedAt: Instant
}

export interface VpcAttachment {
  readonly vpcId: string
  readonly attachedAt: Instant
  readonly detachAskedAt: Instant
  readonly detachedAt: Instant
}

export const vpnGatewayKind = kind<VpnGateway>()({
  sets: (gateway) => ({
    owner: `${gateway.ownerAccount} ${gateway.region}`,
    vpc: gateway.attachment?.vpcId ?? null,
  }),
  claims: ({ attachment }) =>
    attachment === null ? [] : [{ scope: `gateway of ${attachment.vpcId}`, key: 'vgw', until: attachment.detachedAt }],
  hiddenFrom: (gateway) => (gateway.deletedAt === null ? null : gateway.deletedAt + listedAfterEnd),
})
