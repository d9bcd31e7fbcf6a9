import type { EnumValue } from '../../contract/types.ts'
import { type BgpPeer, bgpPeerState } from '../bgp/bgp-peer.ts'
import { showInstant, showTime } from '../time.ts'
import type { View } from '../view.ts'
import { virtualInterfaceState } from './lifecycle.ts'
import type { PrefixAllocation } from './prefix-pools.ts'
import type { VirtualInterface, VirtualInterfaceState, VirtualInterfaceType } from './virtual-interface.ts'

/** A BGP peer as the operator sees it: everything but its key. */
export interface PeerFacts {
  readonly bgpPeerId: string
  readonly state: EnumValue<'BGPPeerState'>
  readonly addressFamily: EnumValue<'AddressFamily'>
  readonly asn: number
  readonly amazonAddress: string
  readonly customerAddress: string
  readonly createdAt: string
  readonly verifiedAt: string | null
  readonly provisionedAt: string | null
  readonly clearedAt: string | null
  readonly deleteAskedAt: string | null
  readonly deletedAt: string | null
  readonly session: {
    readonly up: boolean
    readonly firstUpAt: string | null
    readonly since: string | null
    readonly lastError: string | null
  }
}

/** A virtual interface as the operator sees it: whose it is, what carries it, and every fact. */
export interface VirtualInterfaceFacts {
  readonly virtualInterfaceId: string
  readonly type: VirtualInterfaceType
  readonly state: VirtualInterfaceState
  readonly ownerAccount: string
  readonly connectionId: string
  readonly connectionOwner: string
  readonly name: string
  readonly region: string
  readonly location: string
  readonly vlan: number
  readonly mtu: number
  readonly amazonSideAsn: number
  readonly virtualGatewayId: string | null
  readonly directConnectGatewayId: string | null
  readonly routeFilterPrefixes: readonly string[]
  readonly siteLinkEnabled: boolean
  readonly rateLimit: string | null
  readonly prefixAllocation: PrefixAllocation | null
  readonly allocated: boolean
  readonly createdAt: string
  readonly confirmedAt: string | null
  readonly verifiedAt: string | null
  readonly provisionedAt: string | null
  readonly attachedAt: string | null
  readonly rejectedAt: string | null
  readonly deleteAskedAt: string | null
  readonly deletedAt: string | null
  readonly bgpPeers: readonly PeerFacts[]
}

export function virtualInterfaceStateOf(vif: VirtualInterface, view: View): VirtualInterfaceState {
  return virtualInterfaceState.at(vif, view, view.now)
}

export function showVirtualInterfaceToOperator(vif: VirtualInterface, view: View): VirtualInterfaceFacts {
  return {
    virtualInterfaceId: vif.id,
    type: vif.type,
    state: virtualInterfaceStateOf(vif, view),
    ownerAccount: vif.ownerAccount,
    connectionId: vif.connectionId,
    connectionOwner: vif.connectionOwner,
    name: vif.name,
    region: vif.region,
    location: vif.location,
    vlan: vif.vlan,
    mtu: vif.mtu,
    amazonSideAsn: vif.amazonSideAsn,
    virtualGatewayId: vif.virtualGatewayId,
    directConnectGatewayId: vif.directConnectGatewayId,
    routeFilterPrefixes: vif.routeFilterPrefixes,
    siteLinkEnabled: vif.siteLinkEnabled,
    rateLimit: vif.rateLimit,
    prefixAllocation: vif.prefixAllocation,
    allocated: vif.allocated,
    createdAt: showTime(vif.createdAt),
    confirmedAt: showInstant(vif.confirmedAt),
    verifiedAt: showInstant(vif.verifiedAt),
    provisionedAt: showInstant(vif.provisionedAt),
    attachedAt: showInstant(vif.attachedAt),
    rejectedAt: showInstant(vif.rejectedAt),
    deleteAskedAt: showInstant(vif.deleteAskedAt),
    deletedAt: showInstant(vif.deletedAt),
    bgpPeers: vif.peers.map((peer) => showPeerToOperator(peer, view)),
  }
}

export function showPeerToOperator(peer: BgpPeer, { observed, now }: View): PeerFacts {
  const session = observed.session(peer.id)
  return {
    bgpPeerId: peer.id,
    state: bgpPeerState.at(peer, undefined, now),
    addressFamily: peer.addressFamily,
    asn: peer.asn,
    amazonAddress: peer.amazonAddress,
    customerAddress: peer.customerAddress,
    createdAt: showTime(peer.createdAt),
    verifiedAt: showInstant(peer.verifiedAt),
    provisionedAt: showInstant(peer.provisionedAt),
    clearedAt: showInstant(peer.clears.at(-1) ?? null),
    deleteAskedAt: showInstant(peer.deleteAskedAt),
    deletedAt: showInstant(peer.deletedAt),
    session: {
      up: session.up,
      firstUpAt: showInstant(session.firstUpAt),
      since: showInstant(session.since),
      lastError: session.lastError,
    },
  }
}
