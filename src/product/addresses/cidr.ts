import { Address6 } from 'ip-address'
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

const octet = String.raw`(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`
/** What is read and shown most by far goes without the library, which takes twenty times as long. */
const ipv4Form = new RegExp(String.raw`^${octet}\.${octet}\.${octet}\.${octet}/([12]?\d|3[0-2])$`)
/** IPv6 addresses may end in an IPv4 address and have a zone; the first is one more spelling, the second is refused. */
const ipv6Form = /^([0-9a-fA-F:.]{1,45})\/(0|[1-9]\d{0,2})$/

/** Strict CIDR notation of either family; undefined for everything else, a missing prefix length among it. */
export function parseCidr(text: string): Cidr | undefined {
  const ipv4 = ipv4Form.exec(text)
  if (ipv4 !== null) {
    const [, a, b, c, d, length] = ipv4
    const address = ((Number(a) * 256 + Number(b)) * 256 + Number(c)) * 256 + Number(d)
    return { family: 'ipv4', address: BigInt(address), length: Number(length) }
  }
  const [, address, prefixLength] = ipv6Form.exec(text) ?? []
  if (address === undefined) return undefined
  const length = Number(prefixLength)
  if (address.includes(':') && Address6.isValid(address) && length <= widths.ipv6)
    return { family: 'ipv6', address: new Address6(address).bigInt(), length }
  return undefined
}

/** In canonical form: IPv6 in lower case and compressed. @source design, section 8 */
export function showCidr({ family, address, length }: Cidr): string {
  const number = Number(address)
  const text =
    family === 'ipv6'
      ? Address6.fromBigInt(address).correctForm()
      : [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join('.')
  return [text, length].join('/')
}

/** The network that it belongs to: its first address, with the same prefix length. */
export function networkOf(cidr: Cidr): Cidr {
  const { family, address, length } = cidr
  const host = BigInt(widths[family] - length)
  return { ...cidr, address: (address >> host) << host }
}

/** Its network as text: one lies within another exactly if it begins with it, such as `ipv4 0000101000` within `ipv4 00001010`. */
export function bitsOf({ family, address, length }: Cidr): string {
  return `${family} ${address.toString(2).padStart(widths[family], '0').slice(0, length)}`
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
    (inner.address ^ outer.address) >> BigInt(widths[outer.family] - outer.length) === 0n
  )
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
