import { bitsOf, parseCidr } from '../addresses/cidr.ts'
import { earlier, type Instant } from '../lifecycle.ts'
import type { Reads } from '../snapshot.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'

type Placed = Pick<
  VirtualInterface,
  'id' | 'ownerAccount' | 'createdAt' | 'confirmedAt' | 'provisionedAt' | 'deleteAskedAt' | 'rejectedAt' | 'peers'
>
type Attached = Pick<VirtualInterface, 'ownerAccount' | 'directConnectGatewayId' | 'virtualGatewayId' | 'peers'>

/** Where a virtual interface ends on our side; null: it is public. */
export function gatewayOf({ directConnectGatewayId, virtualGatewayId }: Omit<Attached, 'peers'>): string | null {
  return directConnectGatewayId ?? virtualGatewayId
}

/** Whoever names the virtual private gateway of somebody else ends at a gateway of their own. */
function endOf(vif: Attached): string {
  return `${gatewayOf(vif)} ${vif.ownerAccount} `
}

/** The subnets of a virtual interface, each at its gateway: the set in which `sharingSubnets` looks. */
export function subnetsOf(vif: Attached): readonly string[] {
  if (gatewayOf(vif) === null) return []
  return bitsOfPeers(vif).map((bits) => endOf(vif) + bits)
}

/** Those, at the gateways of some virtual interfaces, of which a subnet overlaps with one of theirs. */
export async function sharingSubnets(
  reads: Reads,
  virtualInterfaces: readonly VirtualInterface[],
): Promise<readonly VirtualInterface[]> {
  const wanted = virtualInterfaces.flatMap((vif) =>
    subnetsOf(vif).map((value) => ({ id: vif.id, value, scope: endOf(vif) })),
  )
  return reads.getAll('virtual-interface', await reads.nesting('virtual-interface', 'subnet', wanted))
}

/**
 * Those of some virtual interfaces of one gateway that keep `vif` down, each from when it is at the gateway until its end is
 * asked for, since they have a peer in an overlapping subnet: the gateway could not tell which way an address is. What was
 * configured before the other was ordered goes on, or whoever orders could take down what works; of two that were ordered
 * before either was configured neither comes up. Somebody else's, as on public virtual interfaces, only counts if it was
 * ordered before.
 */
export function rivalsInSameSubnet<V extends Placed>(vif: Placed, siblings: readonly V[]): readonly V[] {
  const own = bitsOfPeers(vif)
  return siblings.filter(
    (other) =>
      other.id !== vif.id &&
      keepsDown(other, vif) &&
      bitsOfPeers(other).some((theirs) => own.some((subnet) => overlap(subnet, theirs))),
  )
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

function bitsOfPeers({ peers }: Pick<VirtualInterface, 'peers'>): readonly string[] {
  return peers.flatMap(({ amazonAddress }) => {
    const address = parseCidr(amazonAddress)
    return address === undefined ? [] : [bitsOf(address)]
  })
}

/** Networks nest or are apart. */
function overlap(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a)
}
