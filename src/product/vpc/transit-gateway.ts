import { kind, type Stored } from '../kind.ts'
import type { Instant } from '../lifecycle.ts'
import { listedAfterEnd } from '../settings.ts'
import type { Tags } from '../tags/rules.ts'

/** A transit gateway: what transit virtual interfaces reach by way of a Direct Connect gateway. */
export interface TransitGateway extends Stored {
  readonly ownerAccount: string
  readonly region: string
  readonly description: string
  readonly amazonSideAsn: number
  readonly switches: Readonly<Record<TransitGatewaySwitch, Switch>>
  readonly cidrBlocks: readonly string[]
  /** The route tables that attachments are associated with and propagate to, unless told otherwise. */
  readonly associationRouteTableId: string | null
  readonly propagationRouteTableId: string | null
  readonly tags: Tags
  readonly availableAt: Instant
  /** When the latest change of an option has taken effect; null: none was ever changed. */
  readonly modifiedAt: Instant
  readonly deleteAskedAt: Instant
  readonly deletedAt: Instant
}

export type Switch = 'enable' | 'disable'

/** The options that are on or off, as CreateTransitGateway spells them, with EC2's defaults. */
export const transitGatewaySwitches = {
  AutoAcceptSharedAttachments: 'disable',
  DefaultRouteTableAssociation: 'enable',
  DefaultRouteTablePropagation: 'enable',
  VpnEcmpSupport: 'enable',
  DnsSupport: 'enable',
  SecurityGroupReferencingSupport: 'disable',
  MulticastSupport: 'disable',
} as const satisfies Record<string, Switch>

export type TransitGatewaySwitch = keyof typeof transitGatewaySwitches

export const transitGatewayKind = kind<TransitGateway>()({
  sets: (gateway) => ({ owner: `${gateway.ownerAccount} ${gateway.region}` }),
  claims: () => [],
  hiddenFrom: (gateway) => (gateway.deletedAt === null ? null : gateway.deletedAt + listedAfterEnd),
})
