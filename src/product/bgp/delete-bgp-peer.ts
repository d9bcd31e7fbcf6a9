import { quote } from '../../contract/quote.ts'
import type { Input } from '../../contract/types.ts'
import { parseCidr, showCidr } from '../addresses/cidr.ts'
import { refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import { type Operation, save } from '../operation.ts'
import { checkState, ownVirtualInterface } from '../virtual-interfaces/rules.ts'
import { presentPeers, shownAfter } from '../virtual-interfaces/show.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { chosenAsn } from './asn.ts'
import { type BgpPeer, keptPeers } from './bgp-peer.ts'

/**
 * Its owner removes a session, but never the last one.
 * @source DeleteBGPPeer's reference; behaviour catalogue A.1, A.2
 */
export const DeleteBGPPeer: Operation<'DeleteBGPPeer'> = async (snapshot, input) => {
  const { now, settings } = snapshot
  if (input.virtualInterfaceId === undefined) throw refuse('Field virtualInterfaceId is required')
  const vif = await ownVirtualInterface(snapshot, input.virtualInterfaceId)
  await checkState(snapshot, 'DeleteBGPPeer', vif, ['verifying', 'pending', 'available', 'down'])
  const peers = presentPeers(vif.peers, now)
  const peer = namedPeer(vif, peers, input, now)
  const asked = reached(peer.deleteAskedAt, now)
  if (!asked && !peers.some((other) => other.id !== peer.id && !reached(other.deleteAskedAt, now)))
    throw refuse('The last BGP Peer on a Virtual Interface cannot be deleted')

  const leaving: BgpPeer = { ...peer, deleteAskedAt: now, deletedAt: now + settings.timing.delete }
  const reduced: VirtualInterface = asked
    ? vif
    : { ...vif, peers: keptPeers(vif.peers, now).map((other) => (other.id === peer.id ? leaving : other)) }
  return {
    changes: asked ? [] : [save('virtual-interface', reduced)],
    show: async (after) => ({ virtualInterface: await shownAfter(reduced, after) }),
  }
}

/**
 * The session that a request means: by its id, or by the customer's ASN and address, of which the address may be blank
 * when the ASN says enough. Of a session and its successor it is the successor.
 * @source behaviour catalogue A.1; Terraform's provider never sends the id and may send a blank address
 */
function namedPeer(
  vif: VirtualInterface,
  peers: readonly BgpPeer[],
  input: Input<'DeleteBGPPeer'>,
  now: number,
): BgpPeer {
  const { bgpPeerId } = input
  const matches =
    bgpPeerId === undefined || bgpPeerId === '' ? peers.filter(matchOf(input)) : peers.filter((p) => p.id === bgpPeerId)
  const live = matches.filter((peer) => !reached(peer.deleteAskedAt, now))
  const candidates = live.length > 0 ? live : matches
  const [peer] = candidates
  if (peer === undefined) throw refuse(`VirtualInterface ${vif.id} has no such BGP peer`)
  if (candidates.length > 1)
    throw refuse(`VirtualInterface ${vif.id} has more than one such BGP peer: customerAddress or bgpPeerId is required`)
  return peer
}

function matchOf(input: Input<'DeleteBGPPeer'>): (peer: BgpPeer) => boolean {
  const asn = chosenAsn(input)
  const { customerAddress } = input
  if (customerAddress === undefined || customerAddress === '') return (peer) => peer.asn === asn
  const address = parseCidr(customerAddress)
  if (address === undefined)
    throw refuse(
      `Invalid value ${quote(customerAddress)} for customerAddress: it must be an address with prefix length`,
    )
  return (peer) => peer.asn === asn && peer.customerAddress === showCidr(address)
}
