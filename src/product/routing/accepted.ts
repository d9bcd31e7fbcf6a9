import { type AddressFamily, type Cidr, parseCidr, within } from '../addresses/cidr.ts'
import { isPrivateAsn, publicAsn } from '../bgp/asn.ts'
import type { BgpPeer } from '../bgp/bgp-peer.ts'
import type { PrefixAllocation } from '../virtual-interfaces/prefix-pools.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import type { CustomerRoute } from './customer-routes.ts'

/** A route as it is once our policy has let it in. */
export interface Route {
  readonly cidr: string
  /** Nearest first. */
  readonly asPath: readonly number[]
  readonly communities: readonly string[]
  readonly med: number | null
}

type Policy = Pick<VirtualInterface, 'type' | 'amazonSideAsn' | 'routeFilterPrefixes'>

/**
 * What we take of the customer's announcements on a session: routes of its address family, on a public virtual interface
 * only inside the prefixes that were verified, without loops, and without communities that are ours and mean nothing.
 * @source behaviour catalogue E.2, E.3; loops: RFC 4271, section 9.1.2
 */
export function acceptedRoutes(
  vif: Policy,
  { addressFamily, asn }: Pick<BgpPeer, 'addressFamily' | 'asn'>,
  announced: readonly CustomerRoute[],
): readonly Route[] {
  const accepts = policyOf(vif)
  return announced
    .filter((route) => accepts(route)?.family === addressFamily)
    .map(({ cidr, asPath = [], communities = [], med }) => ({
      cidr,
      asPath: vif.type === 'public' ? publicPath(asn, asPath) : [asn, ...asPath],
      communities: communities.filter((community) => isKept(community, vif.type)),
      med: med ?? null,
    }))
}

/** How many of some routes we take, of each family. */
export function countAccepted(vif: Policy, announced: readonly CustomerRoute[]): PrefixAllocation {
  const accepts = policyOf(vif)
  const families = announced.map((route) => accepts(route)?.family)
  const count = (family: AddressFamily) => families.filter((each) => each === family).length
  return { ipv4: count('ipv4'), ipv6: count('ipv6') }
}

/** A route's CIDR, if we take it. */
function policyOf({ type, amazonSideAsn, routeFilterPrefixes }: Policy): (route: CustomerRoute) => Cidr | undefined {
  const isVerified = within(routeFilterPrefixes.map(parseCidr).filter((prefix) => prefix !== undefined))
  return ({ cidr: text, asPath = [] }) => {
    const cidr = parseCidr(text)
    if (cidr === undefined || asPath.includes(amazonSideAsn)) return undefined
    return type !== 'public' || (hasPublicSize(cidr) && isVerified(cidr)) ? cidr : undefined
  }
}

/** @source behaviour catalogue E.2 */
function hasPublicSize({ family, length }: Cidr): boolean {
  return length >= 1 && (family === 'ipv4' || length <= 64)
}

/**
 * The internet sees no private ASN. Where the customer's own is private, ours stands in its place, however often it was
 * prepended.
 * @source behaviour catalogue E.2
 */
function publicPath(asn: number, behind: readonly number[]): readonly number[] {
  const shown = [asn, ...behind].filter((each) => !isPrivateAsn(each))
  return isPrivateAsn(asn) ? [publicAsn, ...shown] : shown
}

const ours = `${publicAsn}:`

/** Those of ours that customers may set. @source behaviour catalogue E.2, E.3 */
export const knownCommunities: Readonly<Record<VirtualInterface['type'], readonly string[]>> = {
  private: ['7224:7100', '7224:7200', '7224:7300'],
  transit: ['7224:7100', '7224:7200', '7224:7300'],
  public: ['7224:9100', '7224:9200', '7224:9300'],
}

function isKept(community: string, type: VirtualInterface['type']): boolean {
  return !community.startsWith(ours) || knownCommunities[type].includes(community)
}

/**
 * What the customer's router announces as long as nobody has said: on a public virtual interface all that it may, else
 * nothing.
 */
export function usualRoutes({ type, routeFilterPrefixes }: Policy): readonly CustomerRoute[] {
  return type === 'public' ? routeFilterPrefixes.map((cidr) => ({ cidr })) : []
}
