import { parseCidr } from '../../product/addresses/cidr.ts'
import type { DesiredGateway, DesiredVpc } from '../../product/desired/desired.ts'
import type { Route } from '../../product/routing/accepted.ts'
import { type Candidate, choosePublicPaths } from '../../product/routing/path-choice.ts'
import { distanceBetween, distances, publicSides } from '../../product/routing/public-prefixes.ts'
import type { Front } from './propagated.ts'

/** What lies behind gateways: a VPC, or a part of what is public. */
export interface Behind {
  readonly vpc: DesiredVpc
  /** The gateways that lead to it, by their ids. What none has said anything of goes to the first. */
  readonly fronts: readonly string[]
  /** Where it is, as a gateway sees it: in which Region, or how far away if it is public. */
  readonly regionAt: (gateway: DesiredGateway) => string
  /** Which networks each of them leads to, given the routes of customers that each has accepted. */
  readonly leading: (accepted: ReadonlyMap<string, readonly Route[]>) => readonly Front[]
}

/** Everything that lies behind some gateways. */
export function placedBehind(gateways: readonly DesiredGateway[], vpcs: readonly DesiredVpc[]): readonly Behind[] {
  const fronts = Map.groupBy(
    gateways.flatMap(({ id, vpcIds }) => vpcIds.map((vpcId) => ({ id, vpcId }))),
    ({ vpcId }) => vpcId,
  )
  const frontsOf = ({ id: vpcId }: DesiredVpc) => (fronts.get(vpcId) ?? []).map(({ id }) => id)
  return [...vpcs.map((vpc) => vpcBehind(vpc, frontsOf(vpc))), ...publicBehind(gateways)]
}

/** What lies behind each gateway, in an order that stays, with the metric of its way out over this one. */
export function behindEach(behind: readonly Behind[]) {
  const placed = Map.groupBy(
    behind.flatMap((part) => part.fronts.map((id, rank) => ({ id, part, metric: 100 + rank }))),
    ({ id }) => id,
  )
  return (gateway: DesiredGateway): readonly (readonly [vpc: DesiredVpc, metric: number])[] => {
    const place = ({ id, region }: DesiredVpc): number =>
      Math.max(
        gateway.vpcIds.indexOf(id),
        distances.findIndex((distance) => distance === region),
      )
    return (placed.get(gateway.id) ?? [])
      .map(({ part, metric }) => [{ ...part.vpc, region: part.regionAt(gateway) }, metric] as const)
      .toSorted(([a], [b]) => place(a) - place(b))
  }
}

/** As propagation into its route tables says: of two gateways that lead to the same network the first has it. */
function vpcBehind(vpc: DesiredVpc, fronts: readonly string[]): Behind {
  return {
    vpc,
    fronts,
    regionAt: () => vpc.region,
    leading: (accepted) =>
      fronts.map((gatewayId) => {
        const cidrs = (accepted.get(gatewayId) ?? []).map(({ cidr }) => cidr)
        return { gatewayId, cidrs: [...new Set(cidrs)].toSorted() }
      }),
  }
}

/**
 * What is public lies behind all public gateways that reach it, as VPCs do, with an instance in each prefix: the gateway is
 * a hop on the way to it, and traceroute shows it. Nothing goes from one gateway to another.
 */
function publicBehind(gateways: readonly DesiredGateway[]): readonly Behind[] {
  const homes = gateways.flatMap((gateway) => {
    const home = homeRegion(gateway)
    return home === undefined ? [] : [{ id: gateway.id, home }]
  })
  return publicSides(new Set(homes.map(({ home }) => home))).map(({ name, region, cidrs }) => {
    const reaching = homes
      .filter(({ home }) => distanceBetween(home, region) !== undefined)
      .toSorted((a, b) => Number(b.home === region) - Number(a.home === region) || (a.home < b.home ? -1 : 1))
    return {
      vpc: { id: `public ${name}`, region, cidrs },
      fronts: reaching.map(({ id }) => id),
      regionAt: (gateway) => distanceBetween(homeRegion(gateway) ?? region, region) ?? 'world',
      leading: (accepted) => publicFronts(region, reaching, accepted),
    }
  })
}

interface PublicGateway {
  readonly id: string
  /** The Region of its locations. */
  readonly home: string
}

function homeRegion({ virtualInterfaces }: DesiredGateway): string | undefined {
  return virtualInterfaces.find(({ type }) => type === 'public')?.region
}

/** From a Region each network is reached over one gateway, since no two Regions share the load. */
function publicFronts(
  region: string,
  gateways: readonly PublicGateway[],
  accepted: ReadonlyMap<string, readonly Route[]>,
): readonly Front[] {
  const all = gateways.flatMap(({ id, home }) =>
    (accepted.get(id) ?? []).map((route) => ({ cidr: route.cidr, candidate: candidateOf(id, home, route) })),
  )
  const leading = Map.groupBy(
    [...Map.groupBy(all, ({ cidr }) => cidr)].flatMap(([cidr, some]) => {
      const candidates = some.map(({ candidate }) => candidate)
      const network = parseCidr(cidr)
      const choices = network === undefined ? [] : choosePublicPaths(network, candidates, region)
      const chosen = choices.find((choice) => choice.chosen)
      return chosen === undefined ? [] : [{ cidr, gatewayId: chosen.candidate.gatewayId }]
    }),
    ({ gatewayId }) => gatewayId,
  )
  return [...leading].map(([gatewayId, some]) => ({ gatewayId, cidrs: some.map(({ cidr }) => cidr) }))
}

function candidateOf(gatewayId: string, region: string, route: Route): Candidate & { readonly gatewayId: string } {
  return { gatewayId, bgpPeerId: '', region, siteLinkEnabled: false, routes: [route] }
}
