import { bitsOf, parseCidr } from '../addresses/cidr.ts'
import { type BgpPeer, firstOf } from '../bgp/bgp-peer.ts'
import { earlier, type Instant, reached } from '../lifecycle.ts'
import type { Reads } from '../snapshot.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'

type AtGateway = Pick<
  VirtualInterface,
  'id' | 'ownerAccount' | 'createdAt' | 'confirmedAt' | 'deleteAskedAt' | 'rejectedAt' | 'peers'
>
type Attached = Pick<VirtualInterface, 'ownerAccount' | 'directConnectGatewayId' | 'virtualGatewayId'>

/** Where a virtual interface ends on our side; null: it is public. */
export function gatewayOf({ directConnectGatewayId, virtualGatewayId }: Attached): string | null {
  return directConnectGatewayId ?? virtualGatewayId
}

/**
 * With what subnets at the gateway of a virtual interface begin in the set `subnet`; of a public one there are none. Whoever
 * names the virtual private gateway of somebody else ends at a gateway of their own.
 */
export function atGatewayOf(vif: Attached): readonly string[] {
  return gatewayOf(vif) === null ? [] : [`${gatewayOf(vif)} ${vif.ownerAccount} `]
}

/** As `atGatewayOf`, on what carries it. */
export function onCarrierOf({ connectionId }: Pick<VirtualInterface, 'connectionId'>): string {
  return `${connectionId} `
}

/** Where the subnets of a virtual interface are found: at its gateway, and on what carries it. */
export function subnetsOf(vif: Attached & Pick<VirtualInterface, 'connectionId' | 'peers'>): readonly string[] {
  const places = [...atGatewayOf(vif), onCarrierOf(vif)]
  return vif.peers.map(subnetOf).flatMap((bits) => (bits === undefined ? [] : places.map((place) => place + bits)))
}

/**
 * Those, at the gateways of some virtual interfaces, of which a subnet overlaps with one of theirs. What has been there
 * beside one of them counts however long ago it ended: since when a session is up, and whether it is Idle, follows from when
 * it was kept down.
 */
export async function sharingSubnets(
  reads: Reads,
  virtualInterfaces: readonly VirtualInterface[],
): Promise<readonly VirtualInterface[]> {
  const wanted = virtualInterfaces.flatMap((vif) =>
    atGatewayOf(vif).flatMap((scope) =>
      vif.peers
        .map(subnetOf)
        .flatMap((bits) =>
          bits === undefined ? [] : { id: vif.id, value: scope + bits, scope, shownAt: vif.createdAt },
        ),
    ),
  )
  return reads.getAll('virtual-interface', await reads.nesting('virtual-interface', 'subnet', wanted))
}

/** A session of a virtual interface that leads to a gateway. */
export interface Placed<V extends AtGateway = AtGateway> {
  readonly vif: V
  readonly peer: BgpPeer
}

/**
 * Tells which sessions of other virtual interfaces of one gateway keep a session down, each from when it is at the gateway
 * until its end is asked for, since they are in an overlapping subnet: the gateway could not tell which way an address is.
 * What was configured before the other was ordered goes on, or whoever orders could take down what works; of two that were
 * ordered before either was configured neither comes up. Somebody else's, as on public virtual interfaces, only counts if it
 * was ordered before.
 */
export function rivalsAmong<V extends AtGateway>(siblings: readonly V[]): (own: Placed) => readonly Placed<V>[] {
  const sessions = siblings.flatMap((vif) => vif.peers.map((peer) => ({ vif, peer, subnet: subnetOf(peer) })))
  // Networks that overlap begin alike, as far as the shorter goes; so not each is compared with each.
  const shortest = new Map(
    [...Map.groupBy(sessions, ({ peer }) => peer.addressFamily)].map(([family, all]) => [
      family,
      Math.min(...all.map(({ subnet }) => subnet?.length ?? 0)),
    ]),
  )
  const beginning = Map.groupBy(sessions, ({ peer, subnet }) => subnet?.slice(0, shortest.get(peer.addressFamily)))
  return (own) => {
    const subnet = subnetOf(own.peer)
    if (subnet === undefined) return []
    const length = shortest.get(own.peer.addressFamily) ?? 0
    const near = subnet.length < length ? sessions : (beginning.get(subnet.slice(0, length)) ?? [])
    // Who makes and deletes all day has thousands that had left before the next one came.
    return near.filter(
      (other) =>
        !hadLeft(other, own) && other.vif.id !== own.vif.id && overlap(other.subnet, subnet) && keepsDown(other, own),
    )
  }
}

/** Whether one's end was asked for before the other was ordered. */
function hadLeft(placed: Placed, { vif, peer }: Placed): boolean {
  return reached(atGateway(placed).until, Math.max(vif.createdAt, peer.createdAt))
}

function keepsDown(other: Placed, own: Placed): boolean {
  if (wasThereBefore(other, own)) return true
  return !wasThereBefore(own, other) && (other.vif.ownerAccount === own.vif.ownerAccount || isOlder(other, own))
}

/** Whether one was configured when the other came to the gateway. */
function wasThereBefore({ peer }: Placed, { vif, peer: other }: Placed): boolean {
  const { provisionedAt } = firstOf(peer)
  return provisionedAt !== null && provisionedAt <= Math.max(inSightSince(vif), firstOf(other).createdAt)
}

/** What is made for another account has no gateway before that account confirms it. */
function inSightSince({ confirmedAt, createdAt }: AtGateway): number {
  return confirmedAt ?? createdAt
}

/** While a session is at its gateway. */
export function atGateway(placed: Placed): { readonly from: number; readonly until: Instant } {
  const { vif, peer } = placed
  return {
    from: Math.max(inSightSince(vif), peer.createdAt),
    until: earlier(peer.deleteAskedAt, earlier(vif.deleteAskedAt, vif.rejectedAt)),
  }
}

/** What is said of a session that is down for this. */
export function sharesSubnetWith(rival: Placed, own: Placed): string {
  const why = wasThereBefore(rival, own) ? 'which was there before' : 'and neither was there before'
  return `its subnet overlaps with that of ${rival.vif.id}, ${why}`
}

function isOlder({ vif: a, peer: first }: Placed, { vif: b, peer: second }: Placed): boolean {
  const [one, other] = [firstOf(first).createdAt, firstOf(second).createdAt]
  return one < other || (one === other && a.id < b.id)
}

/** The bits of the network that a session is in. */
function subnetOf({ amazonAddress }: Pick<BgpPeer, 'amazonAddress'>): string | undefined {
  const address = parseCidr(amazonAddress)
  return address === undefined ? undefined : bitsOf(address)
}

/** Networks nest or are apart. */
function overlap(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && (a.startsWith(b) || b.startsWith(a))
}
