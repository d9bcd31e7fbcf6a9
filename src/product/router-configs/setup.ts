import type { AddressFamily } from '../addresses/cidr.ts'
import { isPrivateAsn } from '../bgp/asn.ts'
import type { BgpPeer } from '../bgp/bgp-peer.ts'
import type { EncryptionMode } from '../connections/connection.ts'
import type { PrefixAllocation } from '../virtual-interfaces/prefix-pools.ts'
import type { VirtualInterface, VirtualInterfaceType } from '../virtual-interfaces/virtual-interface.ts'
import { dotted, type Network, networkOf, surrounding } from './notation.ts'

/** What a customer's router has to know of a virtual interface, in the terms of routers. */
export interface Setup {
  readonly id: string
  /**
   * Its id and name, at most 80 characters, of which none means anything on any router: names are free text, and a line
   * more would be a command more.
   */
  readonly description: string
  readonly type: VirtualInterfaceType
  readonly vlan: number
  /** In bytes, of IP packets. */
  readonly mtu: number
  /** The ASN of the router. A session may have another, which the router uses for it alone. */
  readonly asn: number
  /** The same in all configurations with this ASN, so that a second one for the same router leaves it as it is. */
  readonly routerId: string
  readonly carrier: Carrier
  /** null: MACsec was not asked for. */
  readonly macSec: MacSec | null
  readonly siteLink: boolean
  /** One of each address family that has any; IPv4 first. */
  readonly sessions: readonly Session[]
  /** What a public virtual interface announces; nobody but the customer knows what the others do. */
  readonly prefixes: readonly Network[]
  /** What we announce now, but on a public virtual interface, where it is all of a Region and more. It may change any time. */
  readonly announced: readonly Network[]
  /** How many routes of each family we take before we end the session. */
  readonly mostTaken: PrefixAllocation
}

/** What the virtual interface is on, seen from the router. */
export type Carrier =
  | { readonly kind: 'port'; readonly id: string; readonly bandwidth: string }
  | {
      readonly kind: 'lag'
      readonly id: string
      /** Of each member. */
      readonly bandwidth: string
      readonly memberIds: readonly string[]
      /** At least 1. */
      readonly minimumLinks: number
    }

export interface MacSec {
  readonly mode: EncryptionMode
  /** The name of each key in use (CKN), 64 hexadecimal characters. The keys themselves are nobody's to show. */
  readonly keyNames: readonly string[]
  /** GCM-AES-256 or, where packet numbers would run out quickly, GCM-AES-XPN-256. */
  readonly cipherSuite: 'GCM-AES-256' | 'GCM-AES-XPN-256'
}

export interface Session {
  readonly family: AddressFamily
  readonly asn: number
  /** The internet sees no private ASN: on a public virtual interface prepending it does nothing. */
  readonly hasPrivateAsn: boolean
  readonly amazonAsn: number
  /** Without prefix length. */
  readonly customerAddress: string
  readonly amazonAddress: string
  readonly prefixLength: number
  /** The network of both addresses, which is to be announced to nobody. */
  readonly peering: Network
  /** Printable ASCII without spaces, quotes and backslashes among it. */
  readonly authKey: string
}

/** What a virtual interface's record does not say of it. */
export interface Surroundings {
  readonly carrier: Carrier
  readonly macSec: MacSec | null
  /** In CIDR notation. */
  readonly announced: readonly string[]
}

const families = ['ipv4', 'ipv6'] as const

/** @source behaviour catalogue D: 1,000 routes on a public virtual interface */
const mostPublic: PrefixAllocation = { ipv4: 1000, ipv6: 1000 }

export function setupOf(
  vif: VirtualInterface,
  peers: readonly BgpPeer[],
  { carrier, macSec, announced }: Surroundings,
): Setup {
  const sessions = families.flatMap((family) => {
    const peer = peers.find((each) => each.addressFamily === family)
    return peer === undefined ? [] : [sessionOf(peer, vif.amazonSideAsn)]
  })
  const asn = sessions[0]?.asn ?? 0
  return {
    id: vif.id,
    description: describe(vif),
    type: vif.type,
    vlan: vif.vlan,
    mtu: vif.mtu,
    asn,
    routerId: routerIdOf(asn),
    carrier,
    macSec,
    siteLink: vif.siteLinkEnabled,
    sessions,
    prefixes: vif.routeFilterPrefixes.map(networkOf),
    announced: announced.map(networkOf),
    mostTaken: vif.prefixAllocation ?? mostPublic,
  }
}

function describe({ id, name }: VirtualInterface): string {
  return `${id} ${name.replaceAll(/[^A-Za-z0-9 ._:@+=,()-]/gu, '_')}`.slice(0, 80).trimEnd()
}

/** In the range of RFC 6598, which is nobody's address on the internet. */
function routerIdOf(asn: number): string {
  return dotted(0x64400000 + (asn % 2 ** 22))
}

function sessionOf(peer: BgpPeer, amazonAsn: number): Session {
  const customer = networkOf(peer.customerAddress)
  return {
    family: peer.addressFamily,
    asn: peer.asn,
    hasPrivateAsn: isPrivateAsn(peer.asn),
    amazonAsn,
    customerAddress: customer.address,
    amazonAddress: networkOf(peer.amazonAddress).address,
    prefixLength: customer.prefixLength,
    peering: surrounding(peer.customerAddress),
    authKey: peer.authKey,
  }
}
