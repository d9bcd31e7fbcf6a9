import { Address4, Address6 } from 'ip-address'
import type { EnumValue } from '../../contract/types.ts'

export type AddressFamily = EnumValue<'AddressFamily'>

/** An address with its prefix length: an interface's, such as `169.254.0.1/30`, or with no host bits a network's. */
export interface Cidr {
  readonly family: AddressFamily
  /** The address as one number. */
  readonly address: bigint
  readonly length: number
}

const widths = { ipv4: 32, ipv6: 128 } as const

/** IPv6 addresses may end in an IPv4 address and have a zone; the first is one more spelling, the second is refused. */
const form = /^([0-9a-fA-F:.]{1,45})\/(0|[1-9]\d{0,2})$/

/** Strict CIDR notation of either family; undefined for everything else, a missing prefix length among it. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address, prefixLength] = form.exec(text) ?? []
  if (address === undefined) return undefined
  const length = Number(prefixLength)
  const family = address.includes(':') ? 'ipv6' : 'ipv4'
  if (length > widths[family]) return undefined
  try {
    return { family, address: (family === 'ipv4' ? new Address4(address) : new Address6(address)).bigInt(), length }
  } catch {
    // It is no address: whether it is one is not asked first, since that reads it twice.
    return undefined
  }
}

/** In canonical form: IPv6 in lower case and compressed. @source design, section 8 */
export function showCidr({ family, address, length }: Cidr): string {
  const shown = family === 'ipv4' ? Address4.fromBigInt(address) : Address6.fromBigInt(address)
  return `${shown.correctForm()}/${length}`
}

/** The network that it belongs to: its first address, with the same prefix length. */
export function networkOf(cidr: Cidr): Cidr {
  return { ...cidr, address: (cidr.address / sizeOf(cidr)) * sizeOf(cidr) }
}

/** How many addresses its network has. */
function sizeOf({ family, length }: Cidr): bigint {
  return 1n << BigInt(widths[family] - length)
}

/** The last address of its network: for IPv4 the one to broadcast to. */
export function lastAddressOf(cidr: Cidr): bigint {
  return networkOf(cidr).address + sizeOf(cidr) - 1n
}

export function hasHostBits(cidr: Cidr): boolean {
  return networkOf(cidr).address !== cidr.address
}

export function sameNetwork(a: Cidr, b: Cidr): boolean {
  return a.length === b.length && overlaps(a, b)
}

/** Whether their networks have an address in common, which means that one lies within the other. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.length <= b.length ? contains(a, b) : contains(b, a)
}

/** Whether the network of `inner` lies within the network of `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return (
    outer.family === inner.family &&
    outer.length <= inner.length &&
    networkOf({ ...inner, length: outer.length }).address === networkOf(outer).address
  )
}

/** Tells what of `all` has a network that overlaps with another, in their order, without comparing each with each. */
export function overlapping<T>(all: readonly (readonly [Cidr, T])[]): (cidr: Cidr) => readonly T[] {
  const shortest = { ipv4: Infinity, ipv6: Infinity }
  for (const [{ family, length }] of all) shortest[family] = Math.min(length, shortest[family])
  // Those that overlap lie in one network of the shortest length.
  const keyOf = (cidr: Cidr) => `${cidr.family} ${networkOf({ ...cidr, length: shortest[cidr.family] }).address}`
  const near = Map.groupBy(all, ([cidr]) => keyOf(cidr))
  return (cidr) => {
    const some = cidr.length < shortest[cidr.family] ? all : (near.get(keyOf(cidr)) ?? [])
    return some.filter(([other]) => overlaps(other, cidr)).map(([, what]) => what)
  }
}

/** Whether a network lies within any of `networks`: asked once a prefix length, not once a network. */
export function within(networks: readonly Cidr[]): (cidr: Cidr) => boolean {
  const keyOf = ({ family, address }: Cidr) => `${family} ${address}`
  const byLength = Map.groupBy(networks.map(networkOf), ({ length }) => length)
  const known = [...byLength].map(([length, some]) => ({ length, keys: new Set(some.map(keyOf)) }))
  return (cidr) =>
    known.some(({ length, keys }) => length <= cidr.length && keys.has(keyOf(networkOf({ ...cidr, length }))))
}

/**
 * The first two networks of a list that overlap, found without comparing each with each: networks nest or are apart, so
 * in the order of their first addresses an overlap shows between one and the widest that came before it.
 */
export function firstOverlap<C extends Cidr>(networks: readonly C[]): readonly [C, C] | undefined {
  const ordered = networks
    .map((network) => ({ network, first: networkOf(network).address, last: lastAddressOf(network) }))
    .toSorted(
      (a, b) =>
        a.network.family.localeCompare(b.network.family) ||
        Number(a.first > b.first) - Number(a.first < b.first) ||
        a.network.length - b.network.length,
    )
  for (const [index, { network, first }] of ordered.entries()) {
    const before = ordered[index - 1]
    if (before !== undefined && before.network.family === network.family && first <= before.last)
      return [before.network, network]
  }
  return undefined
}

/**
 * A network of that prefix length inside `pool` that overlaps none of `taken`, looked for from the `start`th on and
 * around; undefined: there is none.
 */
export function freeNetwork(pool: Cidr, length: number, taken: readonly Cidr[], start: bigint): Cidr | undefined {
  const count = 1n << BigInt(length - pool.length)
  const base = networkOf(pool).address
  const size = sizeOf({ ...pool, length })
  const inPool = taken.filter((other) => overlaps(other, pool))
  let index = start % count
  // Each that is in the way is stepped over whole; in one round that happens once, and once more where it began.
  for (let steps = 0; steps <= inPool.length + 1; steps++) {
    const candidate: Cidr = { family: pool.family, address: base + index * size, length }
    const inTheWay = inPool.find((other) => overlaps(other, candidate))
    if (inTheWay === undefined) return candidate
    const next = (lastAddressOf(inTheWay) + 1n - base + size - 1n) / size
    index = (next > index ? next : index + 1n) % count
  }
  return undefined
}
