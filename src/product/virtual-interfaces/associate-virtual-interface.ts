import { overlaps } from '../addresses/cidr.ts'
import { type BgpPeer, firstOf, keptPeers } from '../bgp/bgp-peer.ts'
import { networksOf } from '../bgp/peer-addresses.ts'
import { refuse } from '../fault.ts'
import { peersAsSeen } from '../history.ts'
import { reached } from '../lifecycle.ts'
import { type Operation, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type View, viewWithoutCarried } from '../view.ts'
import { checkPoolOf } from './allocation-change.ts'
import { type Carrier, carried, carrierOf, readyCarrier } from './carrier.ts'
import { checkedRateLimit, withDeclaredCodes } from './rate-limits.ts'
import { checkCarrierQuota, checkState, checkVlan, partyVirtualInterface } from './rules.ts'
import { shownAfter } from './show.ts'
import type { VirtualInterface } from './virtual-interface.ts'

/**
 * A virtual interface moves to another connection or LAG of the caller, who owns it or what carries it now. It keeps its
 * VLAN, addresses and keys; its sessions are made anew, and for a while both the old and the new ones are listed.
 * @source AssociateVirtualInterface's reference; behaviour catalogue A.1, A.4, B.3
 */
export const AssociateVirtualInterface: Operation<'AssociateVirtualInterface'> = async (snapshot, input) => {
  const vif = await partyVirtualInterface(snapshot, input.virtualInterfaceId)
  const target = await readyCarrier(snapshot, input.connectionId)
  if (target.id === vif.connectionId) throw refuse(`VirtualInterface ${vif.id} is already associated with ${target.id}`)
  await checkState(snapshot, 'AssociateVirtualInterface', vif, ['pending', 'available', 'down'])
  const present = await carrierOf(snapshot, vif)
  if (present.hostedVlan !== null)
    throw refuse(
      `VirtualInterface ${vif.id} is on hosted connection ${present.id}: it can only be moved along with it, by AssociateHostedConnection`,
    )
  await checkVlan(snapshot, target, vif.vlan)
  await checkAddresses(snapshot, vif, target)
  await checkCarrierQuota(snapshot, target, vif.type)
  const others = await carried(snapshot, target)
  withDeclaredCodes(() => checkedRateLimit(vif.rateLimit ?? undefined, target, others))
  await checkPoolOf(snapshot, target, vif.prefixAllocation)

  const moved: VirtualInterface = {
    ...vif,
    connectionId: target.id,
    connectionOwner: target.ownerAccount,
    location: target.location,
    peers: renewed(snapshot, await viewWithoutCarried(snapshot, { virtualInterfaces: [vif] }), vif.peers),
    provisionedAt: snapshot.now + snapshot.settings.timing.provision,
  }
  return { changes: [save('virtual-interface', moved)], show: (after) => shownAfter(moved, after) }
}

async function checkAddresses(snapshot: Snapshot, vif: VirtualInterface, target: Carrier): Promise<void> {
  const { now } = snapshot
  const taken = (await carried(snapshot, target)).flatMap((other) => networksOf(other.peers, now))
  const conflict = vif.peers.find((peer) =>
    networksOf([peer], now).some((network) => taken.some((other) => overlaps(other, network))),
  )
  if (conflict !== undefined)
    throw refuse(
      `VirtualInterface ${vif.id} has a conflicting IP address: ${conflict.amazonAddress} overlaps with another virtual interface of ${target.id}`,
    )
}

/** The sessions on their way out, and after them their successors with the same settings. */
function renewed({ now, settings, id }: Snapshot, { observed }: View, peers: readonly BgpPeer[]): readonly BgpPeer[] {
  const kept = keptPeers(peers, now)
  const live = kept.filter((peer) => !reached(peer.deleteAskedAt, now))
  const leaving = { deleteAskedAt: now, deletedAt: now + settings.timing.delete }
  return [
    ...peersAsSeen(observed, kept).map((peer) => (reached(peer.deleteAskedAt, now) ? peer : { ...peer, ...leaving })),
    ...live.map((peer) => {
      const { history: _past, ...same } = peer
      return {
        ...same,
        // What works goes on where a subnet overlaps with one that came later.
        ...(reached(peer.provisionedAt, now) ? { inPlaceOf: firstOf(peer) } : {}),
        id: id('dxpeer'),
        createdAt: now,
        // What still waits for an operator goes on waiting.
        provisionedAt: reached(peer.verifiedAt, now) ? now + settings.timing.provision : peer.provisionedAt,
        clears: [],
      }
    }),
  ]
}
