import { quote } from '../../contract/quote.ts'
import type { EnumValue, Input, Shape } from '../../contract/types.ts'
import { networkOf, parseCidr, showCidr } from '../addresses/cidr.ts'
import type { BgpPeer } from '../bgp/bgp-peer.ts'
import { refuse } from '../fault.ts'
import type { Observed } from '../observed.ts'
import { answer, type Operation } from '../operation.ts'
import { pageOfKeyed } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'
import { ownVirtualInterface } from '../virtual-interfaces/rules.ts'
import { endOn } from '../virtual-interfaces/show.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import type { Route } from './accepted.ts'
import { announcedRoutes, type GatewayEnd } from './announced.ts'
import { gatewayEndsOf } from './gateway-ends.ts'
import { virtualInterfacesToward } from './virtual-interfaces-toward.ts'

/**
 * What is accepted and advertised on the sessions of a virtual interface that are up, for its owner: in order of
 * direction, family and address.
 * @source ListVirtualInterfaceRoutes' reference; behaviour catalogue A.1
 */
export const ListVirtualInterfaceRoutes: Operation<'ListVirtualInterfaceRoutes'> = async (snapshot, input) => {
  if (input.virtualInterfaceId === undefined) throw refuse('Field virtualInterfaceId is required')
  const vif = await ownVirtualInterface(snapshot, input.virtualInterfaceId)
  const isWanted = filterOf(input.filters)
  const sites = await siteLinkedTo(snapshot, vif)
  const { observed, topology } = await viewOf(snapshot, { virtualInterfaces: [vif, ...sites] })
  const ends = (await gatewayEndsOf(snapshot, [vif]))(vif)
  const wanted = routesOn(vif, observed, ends, sites).filter(isWanted)
  const page = pageOfKeyed(snapshot, `routes ${vif.id}`, wanted, positionOf, input)
  const { awsLogicalDeviceId } = endOn(topology, vif.connectionId)
  return answer({
    virtualInterfaceId: vif.id,
    routes: page.items.map((route) => ({ ...showRoute(route), awsLogicalDeviceId })),
    nextToken: page.nextToken,
  })
}

interface ListedRoute extends Route {
  readonly direction: EnumValue<'RouteDirection'>
  readonly peer: BgpPeer
  readonly installedAt: number
}

function routesOn(
  vif: VirtualInterface,
  observed: Observed,
  ends: readonly GatewayEnd[],
  sites: readonly VirtualInterface[],
): readonly ListedRoute[] {
  const fromSites = sites.flatMap(({ peers }) => peers).flatMap(({ id }) => observed.routes(id))
  const own = vif.peers.flatMap(({ id }) => observed.routes(id))
  return vif.peers.flatMap((peer) => {
    const session = observed.session(peer.id)
    if (!session.up) return []
    const advertised =
      observed.advertised(peer.id) ??
      announcedRoutes(vif, peer.addressFamily, ends, fromSites, own).map((route) => ({
        ...route,
        installedAt: Math.max(route.since, session.since ?? route.since),
      }))
    return [
      ...observed.routes(peer.id).map((route) => ({ ...route, direction: 'accepted' as const, peer })),
      ...advertised.map((route) => ({ ...route, direction: 'advertised' as const, peer })),
    ]
  })
}

/**
 * The other virtual interfaces of its Direct Connect gateway that have SiteLink, if it has.
 * @source behaviour catalogue E.6
 */
async function siteLinkedTo(snapshot: Snapshot, vif: VirtualInterface): Promise<readonly VirtualInterface[]> {
  const { id, siteLinkEnabled, directConnectGatewayId } = vif
  if (!siteLinkEnabled || directConnectGatewayId === null) return []
  const attached = (await virtualInterfacesToward(snapshot, [directConnectGatewayId])).get(directConnectGatewayId) ?? []
  if (!attached.some((each) => each.id === id)) return []
  return attached.filter((each) => each.siteLinkEnabled && each.id !== id)
}

function showRoute({ cidr, direction, peer, asPath, communities, installedAt }: ListedRoute): Shape<'Route'> {
  return {
    cidr,
    routeDirection: direction,
    addressFamily: peer.addressFamily,
    asPath: [{ pathType: 'seq', path: asPath }],
    communities,
    routeInstalledAt: installedAt,
  }
}

/** Numbers are written so that their texts are in the order of the numbers. */
function positionOf({ direction, peer, cidr }: ListedRoute): string {
  const { address = 0n, length = 0 } = parseCidr(cidr) ?? {}
  const place = `${address.toString(16).padStart(32, '0')}/${String(length).padStart(3, '0')}`
  return `${direction} ${peer.addressFamily} ${place} ${peer.id}`
}

/**
 * A route has to fit every filter that is given: one of the CIDRs exactly, the whole AS path in its order, all of the
 * communities. (The reference does not say; these are what one would look up.)
 */
function filterOf(filters: Input<'ListVirtualInterfaceRoutes'>['filters'] = {}): (route: ListedRoute) => boolean {
  const { routeDirection, addressFamily, asPath, communities } = filters
  const cidrs = filters.cidrs === undefined ? undefined : new Set(filters.cidrs.map(canonical))
  return (route) =>
    (routeDirection === undefined || route.direction === routeDirection) &&
    (addressFamily === undefined || route.peer.addressFamily === addressFamily) &&
    (cidrs === undefined || cidrs.has(route.cidr)) &&
    (asPath === undefined || asPath.join(' ') === route.asPath.join(' ')) &&
    (communities === undefined || communities.every((community) => route.communities.includes(community)))
}

function canonical(text: string): string {
  const cidr = parseCidr(text)
  if (cidr === undefined)
    throw refuse(`Invalid value ${quote(text)} for filters.cidrs: it must be in CIDR notation, such as 10.0.0.0/16`)
  return showCidr(networkOf(cidr))
}
