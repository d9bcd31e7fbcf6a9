import { type Cidr, networkOf, overlaps, parseCidr } from '../addresses/cidr.ts'
import type { BgpPeer } from '../bgp/bgp-peer.ts'
import { earlier, type Instant } from '../lifecycle.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'

type AtGateway = Pick<
  VirtualInterface,
  'id' | 'ownerAccount' | 'createdAt' | 'confirmedAt' | 'deleteAskedAt' | 'rejectedAt' | 'peers'
>

/** A session of a virtual interface that leads to a gateway. */
export interface Placed<V extends AtGateway = AtGateway> {
  readonly vif: V
  readonly peer: BgpPeer
}

/**
 * Those sessions of other virtual interfaces of one gateway that keep a session down, each from when it is at the gateway
 * until its end is asked for, since they are in an overlapping subnet: the gateway could not tell which way an address is.
 * What was configured before the other was ordered goes on, or whoever orders could take down what works; of two that were
 * ordered before either was configured neither comes up. Somebody else's, as on public virtual interfaces, only counts if it
 * was ordered before.
 */
export function rivalsInSameSubnet<V extends AtGateway>(own: Placed, siblings: readonly V[]): readonly Placed<V>[] {
  const subnet = subnetOf(own.peer)
  return siblings
    .filter(({ id }) => id !== own.vif.id)
    .flatMap((vif) => vif.peers.map((peer) => ({ vif, peer })))
    .filter((other) => {
      if (other.peer.addressFamily !== own.peer.addressFamily || !keepsDown(other, own)) return false
      const theirs = subnetOf(other.peer)
      return subnet !== undefined && theirs !== undefined && overlaps(subnet, theirs)
    })
}

function keepsDown(other: Placed, own: Placed): boolean {
  if (wasThereBefore(other, own)) return true
  return !wasThereBefore(own, other) && (other.vif.ownerAccount === own.vif.ownerAccount || isOlder(other, own))
}

/** Whether one was configured when the other came to the gateway. */
function wasThereBefore({ peer: { provisionedAt } }: Placed, other: Placed): boolean {
  return provisionedAt !== null && provisionedAt <= atGatewaySince(other)
}

/** What is made for another account has no gateway before that account confirms it. */
function atGatewaySince({ vif, peer }: Placed): number {
  return Math.max(vif.confirmedAt ?? vif.createdAt, peer.createdAt)
}

/** While a session is at its gateway. */
export function atGateway(placed: Placed): { readonly from: number; readonly until: Instant } {
  const { vif, peer } = placed
  return {
    from: atGatewaySince(placed),
    until: earlier(peer.deleteAskedAt, earlier(vif.deleteAskedAt, vif.rejectedAt)),
  }
}

/** What is said of a session that is down for this. */
export function sharesSubnetWith(rival: Placed, own: Placed): string {
  const why = wasThereBefore(rival, own) ? 'which was there before' : 'and neither was there before'
  return `its subnet overlaps with that of ${rival.vif.id}, ${why}`
}

function isOlder({ vif: a, peer: first }: Placed, { vif: b, peer: second }: Placed): boolean {
  return first.createdAt < second.createdAt || (first.createdAt === second.createdAt && a.id < b.id)
}

function subnetOf({ amazonAddress }: BgpPeer): Cidr | undefined {
  const address = parseCidr(amazonAddress)
  return address === undefined ? undefined : networkOf(address)
}
