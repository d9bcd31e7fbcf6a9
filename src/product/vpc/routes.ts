import { propagatedTo } from '../routing/propagated.ts'
import type { Snapshot } from '../snapshot.ts'
import type { RouteTable } from './route-table.ts'
import { attachedVpc, cidrsOf } from './rules.ts'
import type { Vpc } from './vpc.ts'
import type { VpnGateway } from './vpn-gateway.ts'

export interface VpcRoute {
  readonly cidr: string
  readonly gatewayId: string
  readonly origin: 'CreateRouteTable' | 'EnableVgwRoutePropagation'
}

/** What some route tables of the caller's need to be shown: their VPCs, and the gateways that propagate into them. */
export interface RouteView {
  readonly now: number
  readonly vpcs: ReadonlyMap<string, Vpc>
  readonly gateways: ReadonlyMap<string, VpnGateway>
  /** What customers announce to each of the gateways over Direct Connect. */
  readonly propagated: ReadonlyMap<string, readonly string[]>
}

export async function routeViewOf(snapshot: Snapshot, tables: readonly RouteTable[]): Promise<RouteView> {
  const vpcs = await snapshot.getAll(
    'vpc',
    tables.map(({ vpcId }) => vpcId),
  )
  const gateways = await snapshot.getAll(
    'vpn-gateway',
    tables.flatMap(({ propagating }) => propagating),
  )
  return {
    now: snapshot.now,
    vpcs: new Map(vpcs.map((vpc) => [vpc.id, vpc])),
    gateways: new Map(gateways.map((gateway) => [gateway.id, gateway])),
    propagated: await propagatedTo(
      snapshot,
      gateways.map(({ id }) => id),
    ),
  }
}

/** The gateways that propagate into a table: those that are attached to its VPC. */
export function propagatingInto(table: RouteTable, { gateways, now }: RouteView): readonly string[] {
  return table.propagating.filter((id) => {
    const gateway = gateways.get(id)
    return gateway !== undefined && attachedVpc(gateway, now) === table.vpcId
  })
}

/** The local route of each block of the VPC, then what is propagated; a destination that is local stays so. */
export function routesOf(table: RouteTable, view: RouteView): readonly VpcRoute[] {
  const vpc = view.vpcs.get(table.vpcId)
  const local = vpc === undefined ? [] : cidrsOf(vpc, view.now)
  return [
    ...local.map((cidr) => ({ cidr, gatewayId: 'local', origin: 'CreateRouteTable' as const })),
    ...propagatingInto(table, view).flatMap((gatewayId) =>
      (view.propagated.get(gatewayId) ?? [])
        .filter((cidr) => !local.includes(cidr))
        .map((cidr) => ({ cidr, gatewayId, origin: 'EnableVgwRoutePropagation' as const })),
    ),
  ]
}
