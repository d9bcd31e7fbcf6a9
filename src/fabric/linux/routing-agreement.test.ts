import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  oneof,
  record,
  sample,
  subarray,
  uniqueArray,
} from 'fast-check'
import {
  type GatewayWorld,
  gatewayTools,
  gatewayWorld,
  numbered,
  numberedSession,
  waysTo,
} from '../../../test/tools/gateway-world.ts'
import { until } from '../../../test/tools/until.ts'
import { ipBatch } from '../../linux/links.ts'
import { parseCidr } from '../../product/addresses/cidr.ts'
import type { DesiredGateway, DesiredVirtualInterface, DesiredVpc } from '../../product/desired/desired.ts'
import { acceptedRoutes, type Route } from '../../product/routing/accepted.ts'
import { announcedRoutes } from '../../product/routing/announced.ts'
import type { CustomerRoute } from '../../product/routing/customer-routes.ts'
import { byPreference, choosePaths } from '../../product/routing/path-choice.ts'
import { interfaceOf } from './names.ts'

// The routing model says what a gateway does; FRR is what does it. Random customers announce random routes to both.

interface Topology {
  readonly sites: readonly Site[]
  readonly vpcs: readonly DesiredVpc[]
}

interface Site {
  /** Of its location. */
  readonly region: string
  readonly siteLinkEnabled: boolean
  /** What is broken: the session, which our side then keeps down, or the customer's cable. */
  readonly fault: 'none' | 'session' | 'cable'
  readonly announces: readonly CustomerRoute[]
}

const networks = ['192.168.0.0/16', '192.168.8.0/24', '192.168.16.0/24', '0.0.0.0/0']

const announces: Arbitrary<readonly CustomerRoute[]> = uniqueArray(
  record({
    cidr: constantFrom(...networks),
    asPath: array(constantFrom(65_000, 3356, 64_512), { maxLength: 2 }),
    communities: uniqueArray(constantFrom('7224:7100', '7224:7200', '7224:7300', '7224:9100', '65000:1'), {
      maxLength: 2,
    }),
    med: constantFrom(0, 10, 20),
  }),
  { selector: ({ cidr }) => cidr, minLength: 1, maxLength: 4 },
)

const isLong = process.env['CROSSCONNECT_LONG'] === '1'
const runs = isLong ? 200 : 8
const mostSites = 4

const regions = ['us-east-1', 'us-west-1', 'eu-west-1'] as const
const vpcs = regions.map((region, place) => ({ id: `vpc-${place}`, region, cidrs: [`10.${place}.0.0/16`] }))

/** SiteLink at all of them, at none, or at some; locations in two Regions, VPCs in these and in a third. */
const topologies: Arbitrary<Topology> = record({
  sites: oneof(constant(constant(true)), constant(constant(false)), constant(boolean()), constant(boolean())).chain(
    (siteLinkEnabled) =>
      array(
        record({
          region: constantFrom(...regions.slice(0, 2)),
          siteLinkEnabled,
          fault: constantFrom('none', 'none', 'none', 'session', 'cable'),
          announces,
        }),
        { minLength: 2, maxLength: mostSites },
      ),
  ),
  vpcs: subarray(vpcs, { minLength: 1 }),
})

/** Of real milliseconds; each case takes one or two seconds. */
const options = { ...gatewayTools, timeout: 15_000 + 12_000 * runs }

test('what is accepted, announced and chosen is what the routing model says', options, async () => {
  await using world = gatewayWorld()
  const gatewayOf = (virtualInterfaces: readonly DesiredVirtualInterface[], vpcIds: readonly string[]) => {
    return { id: 'dxgw-1', asn: 64_512, virtualInterfaces, vpcIds }
  }
  const all = Array.from({ length: mostSites }, (_, site) => numbered(site + 1))
  await world.wire(gatewayOf(all, []))
  for (const topology of sample(topologies, { numRuns: runs, seed: 7224 })) {
    const { sites } = topology
    const vifs = sites.map(({ region, siteLinkEnabled, fault }, site) => {
      const shutDown = fault === 'session' ? 'the session is not established' : null
      return numbered(site + 1, { region, siteLinkEnabled }, { shutDown })
    })
    const gateway = gatewayOf(
      vifs,
      topology.vpcs.map(({ id }) => id),
    )
    await Promise.all(sites.map(({ fault }, site) => plug(world, vifs[site], fault !== 'cable')))
    await world.gateways.apply([gateway], topology.vpcs)
    await Promise.all(vifs.map((vif, site) => world.customer(vif, sites[site]?.announces ?? [])))
    const isDecided = decidedIn(vifs, sites)
    const predicted = decided(predict(vifs, topology), isDecided)
    const real = async () => decided(await observe(world, gateway), isDecided)
    await until(async () => isDeepStrictEqual(await real(), predicted)).catch(async () => {
      assert.deepEqual(await real(), predicted, JSON.stringify(topology, null, 1))
    })
  }
  assert.deepEqual(world.warnings, [])
})

/** Plugs the cable in at the customer's end, or pulls it out. */
async function plug(world: GatewayWorld, vif: DesiredVirtualInterface | undefined, plugged: boolean): Promise<void> {
  assert.ok(vif)
  await ipBatch(world.names.device(vif.deviceId), [`link set dev ${interfaceOf(vif.id)} ${plugged ? 'up' : 'down'}`])
}

interface Routing {
  /** By BGP peer. */
  readonly accepted: Readonly<Record<string, readonly Route[]>>
  readonly advertised: Readonly<Record<string, readonly Route[]>>
  /** By where traffic comes from, a VPC or a virtual interface with SiteLink, and by network: the virtual interfaces. */
  readonly ways: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

/**
 * Which of several equal paths a router tells others of, and so whom it does not tell, depends on which came first. All
 * of them carry traffic, so that only shows in what is announced.
 */
function decided(routing: Routing, isDecided: (route: Route) => boolean): Routing {
  const advertised = Object.entries(routing.advertised).map(([id, routes]) => [id, routes.filter(isDecided)])
  return { ...routing, advertised: Object.fromEntries(advertised) }
}

function decidedIn(vifs: readonly DesiredVirtualInterface[], sites: readonly Site[]): (route: Route) => boolean {
  const routes = sessionsOf(vifs, sites).flatMap(({ vif, routes: some }) => (vif.siteLinkEnabled ? some : []))
  return ({ cidr }) => {
    const [first, second] = routes.filter((route) => route.cidr === cidr).toSorted(byPreference)
    return first === undefined || second === undefined || byPreference(first, second) < 0
  }
}

function sessionsOf(vifs: readonly DesiredVirtualInterface[], sites: readonly Site[]) {
  return vifs.map((vif, site) => {
    const session = numberedSession(site + 1)
    const policy = { type: vif.type, amazonSideAsn: 64_512, routeFilterPrefixes: [] }
    const peer = { addressFamily: session.family, asn: session.asn }
    const isUp = sites[site]?.fault === 'none'
    return { vif, session, isUp, routes: isUp ? acceptedRoutes(policy, peer, sites[site]?.announces ?? []) : [] }
  })
}

function predict(vifs: readonly DesiredVirtualInterface[], { sites, vpcs: behind }: Topology): Routing {
  const region = 'us-east-1'
  const sessions = sessionsOf(vifs, sites)
  const candidates = sessions.map(({ vif, session, routes }) => ({
    bgpPeerId: session.bgpPeerId,
    vifId: vif.id,
    region: vif.region,
    siteLinkEnabled: vif.siteLinkEnabled,
    routes,
  }))
  const withSiteLink = candidates.filter(({ siteLinkEnabled }) => siteLinkEnabled)
  const ways = (from: typeof candidates, home: string | null) =>
    Object.fromEntries(
      networks.map((network) => {
        const destination = parseCidr(network)
        assert.ok(destination)
        const chosen = choosePaths(destination, from, home).filter(
          (choice) => choice.chosen && choice.route.cidr === network,
        )
        return [network, chosen.map(({ candidate }) => candidate.vifId).toSorted()]
      }),
    )
  const end = { gatewayId: 'vgw-1', type: 'virtualPrivateGateway', region, allowed: null } as const
  const ends = [{ ...end, blocks: [{ cidr: '10.0.0.0/16', since: 0 }] }]
  return {
    accepted: byPeer(sessions.map(({ session, routes }) => [session.bgpPeerId, routes])),
    advertised: byPeer(
      sessions.map(({ vif, session, routes, isUp }) => {
        if (!isUp) return [session.bgpPeerId, []]
        const linked = sessions.filter((other) => other.vif.siteLinkEnabled && other.vif.id !== vif.id)
        const others = vif.siteLinkEnabled ? linked.flatMap((other) => other.routes) : []
        const installed = others.map((route) => ({ ...route, installedAt: 0 }))
        const told = announcedRoutes({ type: vif.type, region, amazonSideAsn: 64_512 }, 'ipv4', ends, installed, routes)
        return [
          session.bgpPeerId,
          told.map(({ cidr, asPath, communities, med }) => ({ cidr, asPath, communities, med })),
        ]
      }),
    ),
    ways: Object.fromEntries([
      ...behind.map((vpc) => [vpc.id, ways(candidates, vpc.region)] as const),
      ...withSiteLink.map(({ vifId }) => [vifId, ways(withSiteLink, null)] as const),
    ]),
  }
}

async function observe(world: GatewayWorld, gateway: DesiredGateway): Promise<Routing> {
  const seen = await world.gateways.look(() => true)
  const withSiteLink = gateway.virtualInterfaces.filter(({ siteLinkEnabled }) => siteLinkEnabled).map(({ id }) => id)
  const waysFrom = async (from: string) =>
    Object.fromEntries(
      await Promise.all(
        networks.map(async (network) => [network, await waysTo(world, gateway, network, from)] as const),
      ),
    )
  const ways = await Promise.all(
    [...gateway.vpcIds, ...withSiteLink].map(async (from) => [from, await waysFrom(from)] as const),
  )
  return {
    accepted: byPeer(seen.map(({ id, accepted = [] }) => [id, accepted])),
    advertised: byPeer(seen.map(({ id, advertised = [] }) => [id, advertised])),
    ways: Object.fromEntries(ways),
  }
}

function byPeer(routes: readonly (readonly [string, readonly Route[]])[]): Readonly<Record<string, readonly Route[]>> {
  return Object.fromEntries(
    routes.map(([id, some]) => [
      id,
      some
        .map((route) => ({ ...route, communities: route.communities.toSorted() }))
        .toSorted((a, b) => (a.cidr < b.cidr ? -1 : 1)),
    ]),
  )
}
