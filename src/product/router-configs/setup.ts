import type { AddressFamily } from '../addresses/cidr.ts'
import type { BgpPeer } from '../bgp/bgp-peer.ts'
import type { VirtualInterface, VirtualInterfaceType } from '../virtual-interfaces/virtual-interface.ts'

/** What a customer's router has to know of a virtual interface, in the terms of routers. */
export interface Setup {
  readonly id: string
  /** Its id and name as one line of printable ASCII: names are free text, and a line more would be a command more. */
  readonly description: string
  readonly type: VirtualInterfaceType
  readonly vlan: number
  /** In bytes, of IP packets. */
  readonly mtu: number
  /** The ASN of the router. A session may have another, which the router uses for it alone. */
  readonly asn: number
  /** One of each address family that has any; IPv4 first. */
  readonly sessions: readonly Session[]
  /** What a public virtual interface announces; nobody but the customer knows what the others do. */
  readonly prefixes: readonly Network[]
}

export interface Session {
  readonly family: AddressFamily
  readonly asn: number
  readonly amazonAsn: number
  /** Without prefix length. */
  readonly customerAddress: string
  readonly amazonAddress: string
  readonly prefixLength: number
  readonly authKey: string
}

export interface Network {
  readonly family: AddressFamily
  readonly address: string
  readonly prefixLength: number
}

/** Our timers, which the slower side decides. @source behaviour catalogue E.1 */
export const keepaliveSeconds = 30
export const holdSeconds = 90

const families = ['ipv4', 'ipv6'] as const

export function setupOf(vif: VirtualInterface, peers: readonly BgpPeer[]): Setup {
  const sessions = families.flatMap((family) => {
    const peer = peers.find((each) => each.addressFamily === family)
    return peer === undefined ? [] : [sessionOf(peer, vif.amazonSideAsn)]
  })
  return {
    id: vif.id,
    description: `${vif.id} ${vif.name}`.replaceAll(/[^ -~]/gu, '_'),
    type: vif.type,
    vlan: vif.vlan,
    mtu: vif.mtu,
    asn: sessions[0]?.asn ?? 0,
    sessions,
    prefixes: vif.routeFilterPrefixes.map(networkOf),
  }
}

function sessionOf(peer: BgpPeer, amazonAsn: number): Session {
  const customer = networkOf(peer.customerAddress)
  return {
    family: peer.addressFamily,
    asn: peer.asn,
    amazonAsn,
    customerAddress: customer.address,
    amazonAddress: networkOf(peer.amazonAddress).address,
    prefixLength: customer.prefixLength,
    authKey: peer.authKey,
  }
}

/** The parts of what was stored in CIDR notation. */
function networkOf(cidr: string): Network {
  const [address = '', length] = cidr.split('/')
  return { family: address.includes(':') ? 'ipv6' : 'ipv4', address, prefixLength: Number(length) }
}

export function cidrOf({ address, prefixLength }: Network): string {
  return `${address}/${prefixLength}`
}

/** An IPv4 prefix length as routers of old take it: 30 is 255.255.255.252. */
export function dottedMask(prefixLength: number): string {
  const bits = 2 ** 32 - 2 ** (32 - prefixLength)
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.')
}

/** A value in double quotes, as the routers that take them read it. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`
}

/** The prefixes of a family. */
export function prefixesOf(setup: Setup, family: AddressFamily): readonly Network[] {
  return setup.prefixes.filter((prefix) => prefix.family === family)
}

export function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
