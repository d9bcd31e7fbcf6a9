import { conflict, missing } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'
import { type ListedPeer, showListedPeer } from './list-bgp-peers.ts'

/** The customer resets the session; what latched until then, such as too many prefixes, is free to come up again. */
export async function clearSession(
  snapshot: Snapshot,
  input: { readonly bgpPeerId: string },
): Promise<Decision<ListedPeer>> {
  const { now } = snapshot
  const [vif] = await snapshot.list('virtual-interface', 'peer', input.bgpPeerId)
  const peer = vif?.peers.find(({ id }) => id === input.bgpPeerId)
  if (vif === undefined || peer === undefined) throw missing('BGP peer', input.bgpPeerId)
  if (reached(peer.deletedAt, now) || reached(vif.deletedAt, now)) throw conflict(`BGP peer ${peer.id} is deleted`)
  const cleared = { ...peer, clears: [...peer.clears, now] }
  const changed = { ...vif, peers: vif.peers.map((each) => (each === peer ? cleared : each)) }
  return {
    changes: [save('virtual-interface', changed)],
    show: async (after) => showListedPeer(changed, cleared, await viewOf(after, { virtualInterfaces: [changed] })),
  }
}
