import { type Cidr, networkOf, overlapping, parseCidr } from '../addresses/cidr.ts'
import { earlier, type Instant } from '../lifecycle.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'

type Placed = Pick<
  VirtualInterface,
  'id' | 'ownerAccount' | 'createdAt' | 'confirmedAt' | 'provisionedAt' | 'deleteAskedAt' | 'rejectedAt' | 'peers'
>

/**
 * Tells which of some virtual interfaces of one gateway keep another down, each from when it is at the gateway until its end
 * is asked for, since they have a peer in an overlapping subnet: the gateway could not tell which way an address is. What
 * was configured before the other was ordered goes on, or whoever orders could take down what works; of two that were
 * ordered before either was configured neither comes up. Somebody else's, as on public virtual interfaces, only counts if
 * it was ordered before.
 */
export function rivalsAmong<V extends Placed>(siblings: readonly V[]): (vif: Placed) => readonly V[] {
  const inSubnetOf = overlapping(siblings.flatMap((each) => subnetsOf(each).map((subnet) => [subnet, each] as const)))
  return (vif) => {
    const near = new Set(subnetsOf(vif).flatMap(inSubnetOf))
    const others = [...near].filter(({ id }) => id !== vif.id)
    return others.length === 0 ? [] : siblings.filter((each) => others.includes(each) && keepsDown(each, vif))
  }
}

function keepsDown(other: Placed, vif: Placed): boolean {
  if (wasThereBefore(other, vif)) return true
  return !wasThereBefore(vif, other) && (other.ownerAccount === vif.ownerAccount || isOlder(other, vif))
}

/** Whether one was configured when the other came to the gateway. */
function wasThereBefore({ provisionedAt }: Placed, other: Placed): boolean {
  return provisionedAt !== null && provisionedAt <= atGatewaySince(other)
}

/** What is made for another account has no gateway before that account confirms it. */
function atGatewaySince({ confirmedAt, createdAt }: Placed): number {
  return confirmedAt ?? createdAt
}

/** While a virtual interface is at its gateway. */
export function atGateway(vif: Placed): { readonly from: number; readonly until: Instant } {
  return { from: atGatewaySince(vif), until: earlier(vif.deleteAskedAt, vif.rejectedAt) }
}

/** What is said of a session that is down for this. */
export function sharesSubnetWith(rival: Placed, vif: Placed): string {
  const why = wasThereBefore(rival, vif) ? 'which was there before' : 'and neither was there before'
  return `its subnet overlaps with that of ${rival.id}, ${why}`
}

function isOlder(a: Placed, b: Placed): boolean {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id)
}

function subnetsOf({ peers }: Placed): readonly Cidr[] {
  return peers.flatMap(({ amazonAddress }) => {
    const address = parseCidr(amazonAddress)
    return address === undefined ? [] : [networkOf(address)]
  })
}
