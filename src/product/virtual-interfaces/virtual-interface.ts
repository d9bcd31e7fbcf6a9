import type { EnumValue, Shape } from '../../contract/types.ts'
import type { BgpPeer } from '../bgp/bgp-peer.ts'
import { type Connection, vlanScope } from '../connections/connection.ts'
import { kind, type Stored } from '../kind.ts'
import { earlier, type Instant } from '../lifecycle.ts'
import { subnetsOf } from '../routing/overlapping-subnets.ts'
import { listedAfterEnd } from '../settings.ts'
import type { FormerAllocation, PrefixAllocation } from './prefix-pools.ts'

export type VirtualInterfaceType = 'private' | 'public' | 'transit'

/** A VLAN on a connection or LAG, with its BGP peers. */
export interface VirtualInterface extends Stored {
  readonly type: VirtualInterfaceType
  readonly ownerAccount: string
  readonly region: string
  readonly location: string
  /** The connection or LAG that carries it, and whose that is. */
  readonly connectionId: string
  readonly connectionOwner: string
  readonly name: string
  readonly vlan: number
  readonly mtu: number
  readonly virtualGatewayId: string | null
  readonly directConnectGatewayId: string | null
  /** The ASN on our side of the sessions. */
  readonly amazonSideAsn: number
  /** Public: the CIDRs that the customer announces. */
  readonly routeFilterPrefixes: readonly string[]
  readonly siteLinkEnabled: boolean
  readonly rateLimit: string | null
  /** null: public, which has none. */
  readonly prefixAllocation: PrefixAllocation | null
  /** Those that it had before, oldest first. */
  readonly formerAllocations: readonly FormerAllocation[]
  readonly peers: readonly BgpPeer[]
  readonly tags: readonly Shape<'Tag'>[]

  /** Made by the connection's owner for another account, which has to confirm it. */
  readonly allocated: boolean
  readonly confirmedAt: Instant
  /** Public: when the addresses and the ASN were found to be the customer's. */
  readonly verifiedAt: Instant
  /** When it is configured as asked; a move or a change of MTU writes it anew. */
  readonly provisionedAt: Instant
  /** When the attachment to the Direct Connect gateway is made. */
  readonly attachedAt: Instant
  readonly rejectedAt: Instant
  readonly deleteAskedAt: Instant
  readonly deletedAt: Instant
}

export const virtualInterfaceKind = kind<VirtualInterface>()({
  sets: (vif) => ({
    party: parties(vif),
    announcer: vif.type === 'public' ? vif.ownerAccount : null,
    partyOn: parties(vif).map((party) => `${party} ${vif.connectionId}`),
    gateway: vif.directConnectGatewayId ?? vif.virtualGatewayId,
    peer: vif.peers.map((peer) => peer.id),
    subnet: subnetsOf(vif),
    all: '*',
  }),
  claims: (vif) => [{ scope: vlanScope(vif.connectionId), key: String(vif.vlan), until: endOf(vif) }],
  hiddenFrom: (vif) => (vif.deletedAt === null ? null : vif.deletedAt + listedAfterEnd),
  secret: true,
})

/** Who sees it and where: its owner, and that of what carries it. */
function parties(vif: VirtualInterface): readonly string[] {
  return [...new Set([vif.ownerAccount, vif.connectionOwner])].map((account) => `${account} ${vif.region}`)
}

/** Under what the owner of a connection or LAG finds all that is on it. */
export function carriedOn({ id, ownerAccount, region }: Pick<Connection, 'id' | 'ownerAccount' | 'region'>): string {
  return `${ownerAccount} ${region} ${id}`
}

/** When it ended: deleted, or declined by the account it was made for. */
export function endOf(vif: VirtualInterface): Instant {
  return earlier(vif.rejectedAt, vif.deletedAt)
}

export type VirtualInterfaceState = EnumValue<'VirtualInterfaceState'>
