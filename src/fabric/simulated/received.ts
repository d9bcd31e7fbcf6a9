import type { BgpPeer } from '../../product/bgp/bgp-peer.ts'
import type { InstalledRoute } from '../../product/observed.ts'
import { acceptedRoutes, usualRoutes } from '../../product/routing/accepted.ts'
import type { CustomerRoute, CustomerRoutes } from '../../product/routing/customer-routes.ts'
import type { VirtualInterface } from '../../product/virtual-interfaces/virtual-interface.ts'

/**
 * What is accepted on a session that is up since `since`. A route is installed when the session came up, or when the
 * customer's router began to announce it as it does now, whichever is later.
 *
 * @param announced what was ever announced on the virtual interface, oldest first
 */
export function receivedRoutes(
  vif: VirtualInterface,
  peer: BgpPeer,
  announced: readonly CustomerRoutes[],
  since: number,
): readonly InstalledRoute[] {
  const present = announced.findLast(({ until }) => until === null)
  const routes = present === undefined ? usualRoutes(vif) : present.routes
  const firstOf = present === undefined ? () => since : beginnings(announced, present)
  const given = new Map(routes.map((route) => [route.cidr, route]))
  return acceptedRoutes(vif, peer, routes).map((route) => {
    const as = given.get(route.cidr)
    return { ...route, installedAt: Math.max(since, as === undefined ? since : firstOf(as)) }
  })
}

/** Since when a route of `present` is announced without a break, unchanged. */
function beginnings(announced: readonly CustomerRoutes[], present: CustomerRoutes): (route: CustomerRoute) => number {
  const unbroken: { readonly from: number; readonly routes: ReadonlySet<string> }[] = []
  let next: CustomerRoutes | undefined = present
  while (next !== undefined) {
    const { from, routes }: CustomerRoutes = next
    unbroken.push({ from, routes: new Set(routes.map(textOf)) })
    next = announced.find((other) => other.until === from && other.from < from)
  }
  return (route) => {
    const text = textOf(route)
    const until = unbroken.findIndex(({ routes }) => !routes.has(text))
    return unbroken.at(until === -1 ? -1 : until - 1)?.from ?? present.from
  }
}

function textOf({ cidr, asPath = [], communities = [], med }: CustomerRoute): string {
  return JSON.stringify([cidr, asPath, communities, med ?? null])
}
