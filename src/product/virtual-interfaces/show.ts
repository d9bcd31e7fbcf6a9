import type { Shape } from '../../contract/types.ts'
import type { BgpPeer } from '../bgp/bgp-peer.ts'
import { showPeer, showSession } from '../bgp/show.ts'
import { showDevice } from '../connections/show.ts'
import { reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'
import { deviceBeneath, type Topology } from '../topology.ts'
import { type View, viewWithoutCarried } from '../view.ts'
import { customerRouterConfig } from './customer-router-config.ts'
import { virtualInterfaceState } from './lifecycle.ts'
import { showAllocation } from './prefix-pools.ts'
import type { VirtualInterface } from './virtual-interface.ts'

/**
 * A virtual interface as its owner sees it, or the owner of the connection that carries it, who made it for the other
 * and set its key, but never sees its tags.
 * @source behaviour catalogue A.3, A.4; Terraform's hosted virtual interfaces read the key as the connection's owner
 */
export function showVirtualInterface(vif: VirtualInterface, view: View): Shape<'VirtualInterface'> {
  const { observed, now } = view
  const peers = presentPeers(vif.peers, now)
  const live = peers.filter((peer) => !reached(peer.deleteAskedAt, now))
  const first = live[0] ?? peers[0]
  const device = endOn(view.topology, vif.connectionId)
  return {
    ownerAccount: vif.ownerAccount,
    virtualInterfaceId: vif.id,
    location: vif.location,
    connectionId: vif.connectionId,
    virtualInterfaceType: vif.type,
    virtualInterfaceName: vif.name,
    vlan: vif.vlan,
    ...(first === undefined ? {} : showSession(first)),
    amazonSideAsn: vif.amazonSideAsn,
    virtualInterfaceState: virtualInterfaceState.at(vif, view, now),
    customerRouterConfig: customerRouterConfig(vif, live.length > 0 ? live : peers),
    mtu: vif.mtu,
    jumboFrameCapable: true,
    virtualGatewayId: vif.virtualGatewayId ?? '',
    directConnectGatewayId: vif.directConnectGatewayId ?? '',
    routeFilterPrefixes: vif.routeFilterPrefixes.map((cidr) => ({ cidr })),
    bgpPeers: peers.map((peer) => showPeer(peer, observed, now, device)),
    region: vif.region,
    ...device,
    tags: view.viewer === vif.ownerAccount ? vif.tags : [],
    siteLinkEnabled: vif.siteLinkEnabled,
    rateLimit: vif.rateLimit ?? undefined,
    ...showAllocation(vif.prefixAllocation),
  }
}

/** What an operation answers that leaves a virtual interface like this. */
export async function shownAfter(vif: VirtualInterface, after: Snapshot): Promise<Shape<'VirtualInterface'>> {
  return showVirtualInterface(vif, await viewWithoutCarried(after, { virtualInterfaces: [vif] }))
}

/** What an operation answers that tells no more than the state. */
export async function stateAfter(vif: VirtualInterface, after: Snapshot) {
  const view = await viewWithoutCarried(after, { virtualInterfaces: [vif] })
  return { virtualInterfaceState: virtualInterfaceState.at(vif, view, view.now) }
}

/** Clients look sessions up by family and ASN, so that those which are gone must not show. @source behaviour catalogue B.4 */
export function presentPeers(peers: readonly BgpPeer[], now: number): readonly BgpPeer[] {
  return peers.filter((peer) => !reached(peer.deletedAt, now))
}

/** Where it ends on our side. */
export function endOn(topology: Topology, connectionId: string) {
  const deviceId = deviceBeneath(topology, connectionId)
  if (deviceId === undefined) return {}
  const { awsDeviceV2, awsLogicalDeviceId } = showDevice(deviceId)
  return { awsDeviceV2, awsLogicalDeviceId }
}
