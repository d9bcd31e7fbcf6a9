import { refuse } from '../fault.ts'
import { type Operation, save } from '../operation.ts'
import { checkState, ownVirtualInterface } from '../virtual-interfaces/rules.ts'
import { presentPeers, shownAfter } from '../virtual-interfaces/show.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { checkDifferentAsn, isPrivateAsn } from './asn.ts'
import { keptPeers } from './bgp-peer.ts'
import { newPeer, progressFrom } from './new-peer.ts'
import { takenNetworks } from './taken-networks.ts'

/**
 * Its owner adds a session of the address family that a virtual interface has none of.
 * @source CreateBGPPeer's reference; behaviour catalogue A.1, B.4
 */
export const CreateBGPPeer: Operation<'CreateBGPPeer'> = async (snapshot, input) => {
  const { virtualInterfaceId, newBGPPeer } = input
  if (virtualInterfaceId === undefined) throw refuse('Field virtualInterfaceId is required')
  if (newBGPPeer === undefined) throw refuse('Field newBGPPeer is required')
  const vif = await ownVirtualInterface(snapshot, virtualInterfaceId)
  await checkState(snapshot, 'CreateBGPPeer', vif, ['verifying', 'pending', 'available', 'down'])

  const peers = presentPeers(vif.peers, snapshot.now)
  const isPublic = vif.type === 'public'
  const progress = progressFrom(snapshot, isPublic)
  const peer = await newPeer(snapshot, newBGPPeer, isPublic, takenNetworks(snapshot, vif), progress)
  if (peers.some(({ addressFamily }) => addressFamily === peer.addressFamily))
    throw refuse(`VirtualInterface ${vif.id} already has a BGP peer of the address family ${peer.addressFamily}`)
  checkDifferentAsn(peer.asn, vif.amazonSideAsn)
  if (isPublic && !isPrivateAsn(peer.asn) && !peers.some(({ asn }) => asn === peer.asn))
    throw refuse(`BGP ASN ${peer.asn} must be private or already whitelisted for the virtual interface`)

  const extended: VirtualInterface = { ...vif, peers: [...keptPeers(vif.peers, snapshot.now), peer] }
  return {
    changes: [save('virtual-interface', extended)],
    show: async (after) => ({ virtualInterface: await shownAfter(extended, after) }),
  }
}
