import { type AddressFamily, contains, parseCidr } from '../addresses/cidr.ts'
import type { InstalledRoute } from '../observed.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import type { Route } from './accepted.ts'
import { byPreference } from './path-choice.ts'
import { publicRoutes } from './public-prefixes.ts'

/** A CIDR, and since when what it stands for is there. */
export interface Since {
  readonly cidr: string
  readonly since: number
}

/** A virtual private gateway or transit gateway that a virtual interface leads to. */
export interface GatewayEnd {
  readonly gatewayId: string
  readonly type: 'virtualPrivateGateway' | 'transitGateway'
  readonly region: string
  /** The blocks of the VPC behind a virtual private gateway; none where EC2 is kept elsewhere. */
  readonly blocks: readonly Since[]
  /** The allowed prefixes in force; null: no Direct Connect gateway is in between, and nothing is filtered. */
  readonly allowed: readonly Since[] | null
}

export interface AnnouncedRoute extends Route {
  readonly since: number
}

/**
 * What we announce to the customer on a session of a family. Our side of a private or transit virtual interface hides
 * everything behind its own ASN.
 *
 * @param sites what is accepted on the other virtual interfaces that SiteLink joins it to
 * @param own what is accepted on itself: a router tells of the best path only, and not whoever that came from
 * @source behaviour catalogue E.3, E.4, E.6
 */
export function announcedRoutes(
  vif: Pick<VirtualInterface, 'type' | 'region' | 'amazonSideAsn'>,
  family: AddressFamily,
  ends: readonly GatewayEnd[],
  sites: readonly InstalledRoute[] = [],
  own: readonly Route[] = [],
): readonly AnnouncedRoute[] {
  if (vif.type === 'public') return publicRoutes(vif.region, family).map((route) => ({ ...route, since: 0 }))
  const announced = new Map<string, AnnouncedRoute>()
  for (const { cidr, since } of ends.flatMap(announcedBehind)) {
    if (parseCidr(cidr)?.family !== family) continue
    const first = Math.min(since, announced.get(cidr)?.since ?? since)
    announced.set(cidr, { cidr, asPath: [vif.amazonSideAsn], communities: [], med: null, since: first })
  }
  const best = new Map(own.toSorted((a, b) => byPreference(b, a)).map((route) => [route.cidr, route]))
  for (const site of sites.filter(isForOthers).toSorted(byPreference)) {
    const { cidr, asPath, communities, installedAt: since } = site
    if (parseCidr(cidr)?.family !== family || announced.has(cidr)) continue
    const ownBest = best.get(cidr)
    if (ownBest !== undefined && byPreference(ownBest, site) < 0) continue
    const route = { asPath: [vif.amazonSideAsn, ...asPath], communities: communities.filter(isOthers), med: null }
    announced.set(cidr, { cidr, ...route, since })
  }
  return [...announced.values()]
}

/** Some are to go no farther. @source RFC 1997 */
function isForOthers({ communities }: Route): boolean {
  return !stay.some((community) => communities.includes(community))
}

/** NO_EXPORT, NO_ADVERTISE, NO_EXPORT_SUBCONFED. */
const stay = ['65535:65281', '65535:65282', '65535:65283']

/** What customers tell us with communities of ours is for us alone. */
function isOthers(community: string): boolean {
  return !community.startsWith('7224:')
}

/**
 * Of a virtual private gateway the blocks of its VPC, those that are equal to or inside an allowed prefix if a Direct
 * Connect gateway is in between; of a transit gateway the allowed prefixes as they are, whatever is behind it.
 * @source behaviour catalogue E.4
 */
export function announcedBehind({ type, blocks, allowed }: GatewayEnd): readonly Since[] {
  if (allowed === null) return blocks
  if (type === 'transitGateway') return allowed
  return blocks.flatMap(({ cidr, since }) => {
    const letting = allowed.filter((prefix) => isInside(cidr, prefix.cidr))
    if (letting.length === 0) return []
    return [{ cidr, since: Math.max(since, Math.min(...letting.map((prefix) => prefix.since))) }]
  })
}

function isInside(inner: string, outer: string): boolean {
  const [a, b] = [parseCidr(outer), parseCidr(inner)]
  return a !== undefined && b !== undefined && contains(a, b)
}
