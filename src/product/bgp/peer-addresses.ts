import { quote } from '../../contract/quote.ts'
import {
  type AddressFamily,
  type Cidr,
  freeNetwork,
  lastAddressOf,
  networkOf,
  parseCidr,
  sameNetwork,
  showCidr,
} from '../addresses/cidr.ts'
import { isPublic, isUsable } from '../addresses/special-ranges.ts'
import { refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'
import type { BgpPeer } from './bgp-peer.ts'

export interface PeerAddresses {
  /** With prefix length, such as `169.254.0.1/30`. */
  readonly amazonAddress: string
  readonly customerAddress: string
}

export interface AddressInput {
  readonly amazonAddress?: string | undefined
  readonly customerAddress?: string | undefined
}

/** Networks that a new session may not touch. */
export interface TakenNetworks {
  /** Whether a network overlaps with one on the same connection or LAG: routers there could not tell them apart. */
  readonly onCarrier: (network: Cidr) => Promise<boolean>
  /** Or with one behind the same gateway; nothing is chosen that does, though customers may give it. */
  readonly anywhere: (network: Cidr) => Promise<boolean>
  /** All of them. */
  readonly all: () => Promise<readonly Cidr[]>
}

/** Two addresses of a network: the offsets of ours and the customer's. @source behaviour catalogue C.2 */
const automatic = {
  ipv4: { length: 30, amazon: 1n, customer: 2n },
  ipv6: { length: 125, amazon: 1n, customer: 6n },
} as const

const linkLocal: Cidr = { family: 'ipv4', address: 0xa9fe0000n, length: 16 }
/** 169.254.169.252/30: an instance finds its metadata in it. */
const metadata: Cidr = { family: 'ipv4', address: 0xa9fea9fcn, length: 30 }

/**
 * Both addresses of a session: the customer's choice, checked, or ours.
 * @source behaviour catalogue C.2; design, section 8
 */
export async function chosenAddresses(
  snapshot: Pick<Snapshot, 'random' | 'settings'>,
  input: AddressInput,
  session: { readonly family: AddressFamily; readonly isPublic: boolean },
  taken: TakenNetworks,
): Promise<PeerAddresses> {
  const amazon = blankIsNone(input.amazonAddress)
  const customer = blankIsNone(input.customerAddress)
  if (session.family === 'ipv6') {
    if (amazon !== undefined || customer !== undefined)
      throw refuse('amazonAddress and customerAddress must be left blank for the address family ipv6')
    return automaticAddresses(snapshot, 'ipv6', taken)
  }
  if (amazon === undefined && customer === undefined && !session.isPublic)
    return automaticAddresses(snapshot, 'ipv4', taken)
  if (amazon === undefined) throw refuse('Field amazonAddress is required')
  if (customer === undefined) throw refuse('Field customerAddress is required')
  return givenAddresses(amazon, customer, session.isPublic, taken)
}

function blankIsNone(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

/**
 * A free network of ours. Where to begin looking is left to chance: an IPv4 network need only be unique per connection
 * and per gateway, yet a customer's router with several connections should rarely meet the same one twice.
 */
async function automaticAddresses(
  snapshot: Pick<Snapshot, 'random' | 'settings'>,
  family: AddressFamily,
  taken: TakenNetworks,
): Promise<PeerAddresses> {
  const { length, amazon, customer } = automatic[family]
  const pool = family === 'ipv4' ? linkLocal : parseCidr(snapshot.settings.ipv6Block)
  if (pool === undefined) throw new Error(`${snapshot.settings.ipv6Block} is no network`)
  const start = snapshot.random(16).reduce((number, byte) => number * 256n + BigInt(byte), 0n)
  let network = freeNetwork(pool, length, [metadata], start)
  // Nearly all of a pool is free, so that only who meets somebody has to know all.
  if (network !== undefined && (await taken.anywhere(network)))
    network = freeNetwork(pool, length, [metadata, ...(await taken.all())], start)
  if (network === undefined) throw refuse('No addresses are free for the BGP peer')
  const { address } = network
  const at = (offset: bigint) => showCidr({ family, length, address: address + offset })
  return { amazonAddress: at(amazon), customerAddress: at(customer) }
}

/** @source behaviour catalogue A.2 for the texts, C.2 for the rules */
async function givenAddresses(
  amazonText: string,
  customerText: string,
  mustBePublic: boolean,
  taken: TakenNetworks,
): Promise<PeerAddresses> {
  const amazon = parsedIpv4(amazonText, 'amazonAddress')
  const customer = parsedIpv4(customerText, 'customerAddress')
  const sides = [
    ['Amazon', amazon],
    ['Customer', customer],
  ] as const
  for (const [side, cidr] of sides) {
    // The address alone: a network may be so large that it is more than private.
    const host: Cidr = { ...cidr, length: 32 }
    if (mustBePublic && !isPublic(host)) throw refuse(`${side} Address is not allowed to contain a private IP`)
    if (!isUsable(host)) throw refuse(`${side} Address ${showCidr(cidr)} is not an address of a router`)
  }
  if (!sameNetwork(amazon, customer)) throw refuse('Amazon Address and Customer Address must be in the same CIDR')
  // RFC 3021: a /31 has neither.
  for (const [side, cidr] of cidrsWithEnds(sides)) {
    if (cidr.address === networkOf(cidr).address) throw refuse(`${side} Address is address 0 on its subnet.`)
    if (cidr.address === lastAddressOf(cidr)) throw refuse(`${side} Address is the broadcast address on its subnet.`)
  }
  if (amazon.address === customer.address) throw refuse('Amazon Address and Customer Address must be different')
  if (await taken.onCarrier(amazon))
    throw refuse(
      `Amazon Address and Customer Address are in ${showCidr(networkOf(amazon))}, which overlaps with another virtual interface of the connection`,
    )
  return { amazonAddress: showCidr(amazon), customerAddress: showCidr(customer) }
}

function cidrsWithEnds<S extends readonly [string, Cidr]>(sides: readonly S[]): readonly S[] {
  return sides.filter(([, cidr]) => cidr.length < 31)
}

function parsedIpv4(text: string, member: keyof AddressInput): Cidr {
  const cidr = parseCidr(text)
  if (cidr?.family !== 'ipv4' || cidr.length === 0)
    throw refuse(
      `Invalid value ${quote(text)} for ${member}: it must be an IPv4 address with prefix length, such as 192.168.1.1/30`,
    )
  return cidr
}

/** The networks of sessions, but for those that are gone. */
export function networksOf(peers: readonly BgpPeer[], now: number): readonly Cidr[] {
  return peers
    .filter((peer) => !reached(peer.deletedAt, now))
    .map((peer) => parseCidr(peer.amazonAddress))
    .filter((cidr) => cidr !== undefined)
    .map(networkOf)
}
