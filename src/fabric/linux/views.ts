import type { DesiredGateway, DesiredVirtualInterface } from '../../product/desired/desired.ts'
import { fingerprint } from '../../product/fingerprint.ts'

// Which way is best depends on who asks: a site with SiteLink asks for others that have it, a VPC prefers the locations of
// its own Region. Each distinct answer is a view: a table of routes, and a bgpd that chooses what is in it. The first is
// the bgpd that speaks with customers, whose choices are also what sites are told; mostly it is the only one.

/** A view of its own, beside the first. */
export interface View {
  /** The Region whose locations are near; `elsewhere`: none is. */
  readonly home: string
  /** The kernel's number of its table, and what its bgpd is known by. */
  readonly table: number
}

export interface Views {
  /** Of the first: the Region whose locations are near; null: it is for sites with SiteLink alone. */
  readonly home: string | null
  readonly further: readonly View[]
}

/** The home of VPCs in Regions where no virtual interface has a location: for all of them everything is equally far. */
const elsewhere = 'elsewhere'

/** @param regions of the VPCs behind the gateway */
export function viewsOf({ virtualInterfaces }: Vifs, regions: readonly string[]): Views {
  const [main = elsewhere, ...others] = new Set(regions.map((region) => homeOf({ virtualInterfaces }, region)))
  const withSiteLink = virtualInterfaces.filter(({ siteLinkEnabled }) => siteLinkEnabled)
  const isMixed = withSiteLink.length > 0 && withSiteLink.length < virtualInterfaces.length
  return isMixed ? { home: null, further: [main, ...others].map(viewAt) } : { home: main, further: others.map(viewAt) }
}

/**
 * What a VPC in a Region has for a home. With SiteLink a virtual interface is near from everywhere. What is public has a
 * distance for its Region, and knows other routes at each.
 */
export function homeOf({ virtualInterfaces }: Vifs, region: string): string {
  const isNear = (vif: DesiredVirtualInterface) =>
    vif.type === 'public' || (!vif.siteLinkEnabled && vif.region === region)
  return virtualInterfaces.some(isNear) ? region : elsewhere
}

type Vifs = Pick<DesiredGateway, 'virtualInterfaces'>

function viewAt(home: string): View {
  return { home, table: numberOf(home) }
}

/** The mark on routes of virtual interfaces with SiteLink. No mark ever leaves the router. */
export const siteMark = 2

/** Is added to the mark of what bears NO_ADVERTISE, in place of the community. */
export const noAdvertise = 1

/** The mark on the routes of a virtual interface. */
export function markOf({
  siteLinkEnabled,
  region,
}: Pick<DesiredVirtualInterface, 'siteLinkEnabled' | 'region'>): number {
  return siteLinkEnabled ? siteMark : numberOf(region)
}

/** An even number of 16 bits that follows from nothing but the Region, above those of the kernel's own tables. */
function numberOf(region: string): number {
  return 1_000 + 2 * (Number.parseInt(fingerprint(region).slice(-6), 36) % 30_000)
}
