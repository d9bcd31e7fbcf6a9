import type { EnumValue } from '../../contract/types.ts'
import type { History } from '../history.ts'
import { type Instant, lifecycle, reached } from '../lifecycle.ts'

/** One BGP session of a virtual interface, of one address family. */
export interface BgpPeer {
  readonly id: string
  readonly createdAt: number
  readonly addressFamily: EnumValue<'AddressFamily'>
  /** The customer's, 1 to 4294967294. */
  readonly asn: number
  /** The MD5 key, in clear here and encrypted at rest. */
  readonly authKey: string
  /** With prefix length, such as `169.254.0.1/30`. */
  readonly amazonAddress: string
  readonly customerAddress: string
  /** Public: when its addresses and ASN were found to be the customer's; private and transit: when it was made. */
  readonly verifiedAt: Instant
  readonly provisionedAt: Instant
  /** When the customer reset the session, oldest first. */
  readonly clears: readonly number[]
  /** The session whose place it took when its virtual interface was moved: since when that had been there. */
  readonly inPlaceOf?: Pick<BgpPeer, 'createdAt' | 'provisionedAt'>
  /** When it was up, or Idle, before what carries its virtual interface or how that is configured changed. */
  readonly history?: History
  readonly deleteAskedAt: Instant
  readonly deletedAt: Instant
}

/** Ended sessions that are remembered, so that it stays known until when they kept others down. */
const endedKept = 10

/** Those that a virtual interface keeps when one more comes or goes: all that have not ended, and the last that have. */
export function keptPeers(peers: readonly BgpPeer[], now: number): readonly BgpPeer[] {
  const ended = peers.filter((peer) => reached(peer.deletedAt, now))
  const forgotten = new Set(ended.slice(0, -endedKept))
  return peers.filter((peer) => !forgotten.has(peer))
}

/** Since when there has been this session, or one whose place it took. */
export function firstOf({ inPlaceOf, createdAt, provisionedAt }: BgpPeer): NonNullable<BgpPeer['inPlaceOf']> {
  return inPlaceOf ?? { createdAt, provisionedAt }
}

/** @source behaviour catalogue B.4 */
export const bgpPeerState = lifecycle<EnumValue<'BGPPeerState'>, BgpPeer>([
  ['deleted', (peer, _seen, now) => reached(peer.deletedAt, now)],
  ['deleting', (peer, _seen, now) => reached(peer.deleteAskedAt, now)],
  ['verifying', (peer, _seen, now) => !reached(peer.verifiedAt, now)],
  ['pending', (peer, _seen, now) => !reached(peer.provisionedAt, now)],
  ['available', () => true],
])
