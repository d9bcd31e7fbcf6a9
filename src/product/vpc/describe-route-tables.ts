import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { ownAll, routeTables } from './nouns.ts'
import { type PageInput, pageOf } from './pages.ts'
import type { RouteTable } from './route-table.ts'
import { type RouteView, routesOf, routeViewOf } from './routes.ts'
import { showRouteTable } from './show-route-table.ts'

export interface DescribeRouteTablesInput extends PageInput {
  readonly RouteTableId?: readonly string[] | undefined
  readonly Filter?: readonly Filter[] | undefined
}

export async function DescribeRouteTables(
  snapshot: Snapshot,
  input: DescribeRouteTablesInput,
): Promise<
  Decision<{
    readonly routeTableSet: readonly ReturnType<typeof showRouteTable>[]
    readonly nextToken: string | undefined
  }>
> {
  const all = await ownAll(snapshot, routeTables, input.RouteTableId)
  const view = await routeViewOf(snapshot, all)
  const { records, nextToken } = pageOf(snapshot, 'route tables', selected(all, input.Filter, fields(view)), input)
  return answer({ routeTableSet: records.map((table) => showRouteTable(table, view)), nextToken })
}

function fields(view: RouteView): Fields<RouteTable> {
  const cidrs = (table: RouteTable, ipv6: boolean) =>
    routesOf(table, view)
      .map(({ cidr }) => cidr)
      .filter((cidr) => cidr.includes(':') === ipv6)
  const nothing = () => null
  return {
    'route-table-id': (table) => table.id,
    'vpc-id': (table) => table.vpcId,
    'owner-id': (table) => table.ownerAccount,
    'association.main': (table) => (table.mainAssociationId === null ? null : true),
    'association.route-table-association-id': (table) => table.mainAssociationId,
    'association.route-table-id': (table) => (table.mainAssociationId === null ? null : table.id),
    'association.subnet-id': nothing,
    'association.gateway-id': nothing,
    'route.destination-cidr-block': (table) => cidrs(table, false),
    'route.destination-ipv6-cidr-block': (table) => cidrs(table, true),
    'route.gateway-id': (table) => routesOf(table, view).map(({ gatewayId }) => gatewayId),
    'route.origin': (table) => routesOf(table, view).map(({ origin }) => origin),
    'route.state': (table) => routesOf(table, view).map(() => 'active'),
    'route.transit-gateway-id': nothing,
    'route.nat-gateway-id': nothing,
    'route.instance-id': nothing,
    'route.vpc-peering-connection-id': nothing,
    'route.destination-prefix-list-id': nothing,
    'route.egress-only-internet-gateway-id': nothing,
  }
}
