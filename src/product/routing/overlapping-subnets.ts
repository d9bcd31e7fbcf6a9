import { type Cidr, networkOf, overlaps, parseCidr } from '../addresses/cidr.ts'
import type { BgpPeer } from '../bgp/bgp-peer.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'

type Placed = Pick<VirtualInterface, 'id' | 'createdAt' | 'peers'>

/**
 * Those of some virtual interfaces of one gateway that are older than `vif` and have a peer in an overlapping subnet. As
 * long as one of them is configured, `vif` stays down: the gateway could not tell which way an address is. The older goes
 * on, or whoever orders could take down what works.
 */
export function olderInSameSubnet<V extends Placed>(vif: Placed, siblings: readonly V[]): readonly V[] {
  const own = vif.peers.map(subnetOf)
  return siblings.filter(
    (other) =>
      isOlder(other, vif) &&
      other.peers
        .map(subnetOf)
        .some((theirs) =>
          own.some((subnet) => subnet !== undefined && theirs !== undefined && overlaps(subnet, theirs)),
        ),
  )
}

/** What is said of a session that is down for this. */
export function sharesSubnetWith(older: Placed): string {
  return `its subnet overlaps with that of ${older.id}, which is older`
}

function isOlder(a: Placed, b: Placed): boolean {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id)
}

function subnetOf({ amazonAddress }: BgpPeer): Cidr | undefined {
  const address = parseCidr(amazonAddress)
  return address === undefined ? undefined : networkOf(address)
}
