import type { EnumValue, Shape } from '../../contract/types.ts'
import type { Observed } from '../observed.ts'
import { showAsn } from './asn.ts'
import { type BgpPeer, bgpPeerState } from './bgp-peer.ts'

/** What of a session the virtual interface repeats as its own. */
export function showSession(peer: BgpPeer) {
  return {
    ...showAsn(peer.asn),
    authKey: peer.authKey,
    addressFamily: peer.addressFamily,
    amazonAddress: peer.amazonAddress,
    customerAddress: peer.customerAddress,
  }
}

/** `device`: under the names that answers give it, where the session ends on our side. */
export function showPeer(
  peer: BgpPeer,
  observed: Observed,
  now: number,
  device: Pick<Shape<'BGPPeer'>, 'awsDeviceV2' | 'awsLogicalDeviceId'>,
): Shape<'BGPPeer'> {
  return {
    bgpPeerId: peer.id,
    ...showSession(peer),
    bgpPeerState: bgpPeerState.at(peer, undefined, now),
    bgpStatus: statusOf(peer, observed),
    ...device,
  }
}

/** Of every session it is known whether it is up; `unknown` is for a fabric that cannot tell. */
function statusOf(peer: BgpPeer, observed: Observed): EnumValue<'BGPStatus'> {
  return observed.session(peer.id).up ? 'up' : 'down'
}
