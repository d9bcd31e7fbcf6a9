import type { EnumValue } from '../../contract/types.ts'
import { answer, type Decision } from '../operation.ts'
import { listPageWhere } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { type View, viewOf } from '../view.ts'
import { type PeerFacts, showPeerToOperator } from '../virtual-interfaces/show-to-operator.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { type BgpPeer, bgpPeerState } from './bgp-peer.ts'

export interface ListedPeer extends PeerFacts {
  readonly virtualInterfaceId: string
}

export interface PeerFilter {
  readonly state?: EnumValue<'BGPPeerState'> | undefined
  readonly virtualInterfaceId?: string | undefined
  readonly limit?: number | undefined
  readonly nextToken?: string | undefined
}

/** Every account's BGP peers. A page has all that are asked for of so many virtual interfaces. */
export async function listBgpPeers(
  snapshot: Snapshot,
  { state, virtualInterfaceId, limit, nextToken }: PeerFilter,
): Promise<Decision<{ readonly bgpPeers: readonly ListedPeer[]; readonly nextToken?: string | undefined }>> {
  const asked = (vif: VirtualInterface) =>
    vif.peers.filter((peer) => state === undefined || bgpPeerState.at(peer, undefined, snapshot.now) === state)
  const bounds = { maxResults: limit, nextToken }
  const page = await listPageWhere(snapshot, 'virtual-interface', 'all', '*', bounds, async (all) =>
    all.filter((vif) => asked(vif).length > 0 && (virtualInterfaceId ?? vif.id) === vif.id),
  )
  const view = await viewOf(snapshot, { virtualInterfaces: page.records })
  const bgpPeers = page.records.flatMap((vif) => asked(vif).map((peer) => showListedPeer(vif, peer, view)))
  return answer({ bgpPeers, nextToken: page.nextToken })
}

export function showListedPeer(vif: VirtualInterface, peer: BgpPeer, view: View): ListedPeer {
  return { virtualInterfaceId: vif.id, ...showPeerToOperator(peer, view) }
}
