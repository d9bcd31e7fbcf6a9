import type { BgpPeer } from '../bgp/bgp-peer.ts'
import { conflict } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { changed, virtualInterfaceNamed } from './of-operator.ts'
import type { VirtualInterfaceFacts } from './show-to-operator.ts'

/**
 * The operator found that the addresses and the ASN of a public virtual interface are its customer's; a peer that came
 * later is verified in the same way.
 * @source behaviour catalogue B.3, B.4
 */
export async function verifyVirtualInterface(
  snapshot: Snapshot,
  input: { readonly virtualInterfaceId: string },
): Promise<Decision<VirtualInterfaceFacts>> {
  const { now, settings } = snapshot
  const { vif, state } = await virtualInterfaceNamed(snapshot, input.virtualInterfaceId)
  const waits = (peer: BgpPeer) => !reached(peer.verifiedAt, now) && !reached(peer.deleteAskedAt, now)
  const ended = ['confirming', 'rejected', 'deleting', 'deleted'].includes(state)
  if (vif.type !== 'public' || ended || (state !== 'verifying' && !vif.peers.some(waits)))
    throw conflict(
      `Virtual interface ${vif.id} is ${vif.type} and ${state}: only a public one in state verifying, or with such a peer, can be verified`,
    )
  const verified = { verifiedAt: now, provisionedAt: now + settings.timing.provision }
  return changed({
    ...vif,
    ...(state === 'verifying' ? verified : {}),
    peers: vif.peers.map((peer) => (waits(peer) ? { ...peer, ...verified } : peer)),
  })
}
