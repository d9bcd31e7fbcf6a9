import { type AddressFamily, networkOf as networkOfCidr, parseCidr, showCidr } from '../addresses/cidr.ts'

/** An address with its prefix length, or a network, in the form that configurations write. */
export interface Network {
  readonly family: AddressFamily
  readonly address: string
  readonly prefixLength: number
}

/** The parts of what was stored in CIDR notation. */
export function networkOf(cidr: string): Network {
  const [address = '', length] = cidr.split('/')
  return { family: address.includes(':') ? 'ipv6' : 'ipv4', address, prefixLength: Number(length) }
}

/** The network that an interface's address is in: 192.0.2.0/30 of 192.0.2.1/30. */
export function surrounding(cidr: string): Network {
  const parsed = parseCidr(cidr)
  if (parsed === undefined) throw new Error(`${cidr} is no network`)
  return networkOf(showCidr(networkOfCidr(parsed)))
}

export function cidrOf({ address, prefixLength }: Network): string {
  return `${address}/${prefixLength}`
}

export function ofFamily(networks: readonly Network[], family: AddressFamily): readonly Network[] {
  return networks.filter((network) => network.family === family)
}

/** An IPv4 prefix length as routers of old take it: 30 is 255.255.255.252. */
export function dottedMask(prefixLength: number): string {
  return dotted(2 ** 32 - 2 ** (32 - prefixLength))
}

/** A 32-bit number in four. */
export function dotted(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}

/** A value in double quotes, as the routers that take them read it. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`
}

export function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
