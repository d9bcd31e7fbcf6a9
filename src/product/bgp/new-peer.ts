import type { EnumValue } from '../../contract/types.ts'
import type { Snapshot } from '../snapshot.ts'
import { type AsnInput, chosenAsn } from './asn.ts'
import { chosenAuthKey } from './auth-key.ts'
import type { BgpPeer } from './bgp-peer.ts'
import { type AddressInput, chosenAddresses, type TakenNetworks } from './peer-addresses.ts'

/** What an order says of a session, whether it comes with a virtual interface or is added to one. */
export interface PeerInput extends AsnInput, AddressInput {
  readonly addressFamily?: EnumValue<'AddressFamily'> | undefined
  readonly authKey?: string | undefined
}

/** When a session is checked and configured; null where somebody has to act first. */
export type Progress = Pick<BgpPeer, 'verifiedAt' | 'provisionedAt'>

/** A new session: what was ordered, checked, with everything filled in that was left blank. */
export async function newPeer(
  snapshot: Snapshot,
  input: PeerInput,
  isPublic: boolean,
  taken: TakenNetworks,
  progress: Progress,
): Promise<BgpPeer> {
  const family = input.addressFamily ?? 'ipv4'
  return {
    id: snapshot.id('dxpeer'),
    createdAt: snapshot.now,
    addressFamily: family,
    asn: chosenAsn(input),
    authKey: chosenAuthKey(input.authKey, snapshot),
    ...(await chosenAddresses(snapshot, input, { family, isPublic }, taken)),
    ...progress,
    clears: [],
    deleteAskedAt: null,
    deletedAt: null,
  }
}

/**
 * How a session or a virtual interface comes about: what is public is verified before it is configured, under manual
 * provisioning by an operator.
 * @source behaviour catalogue B.3, B.4; design, section 6
 */
export function progressFrom({ now, settings }: Pick<Snapshot, 'now' | 'settings'>, isPublic: boolean): Progress {
  const { verify, provision } = settings.timing
  if (!isPublic) return { verifiedAt: now, provisionedAt: now + provision }
  if (settings.provisioning === 'manual') return { verifiedAt: null, provisionedAt: null }
  return { verifiedAt: now + verify, provisionedAt: now + verify + provision }
}
