import type { RouteTable } from './route-table.ts'
import { propagatingInto, type RouteView, routesOf } from './routes.ts'
import { showTags } from './tags.ts'

export function showRouteTable(table: RouteTable, view: RouteView) {
  return {
    routeTableId: table.id,
    vpcId: table.vpcId,
    ownerId: table.ownerAccount,
    associationSet:
      table.mainAssociationId === null
        ? []
        : [
            {
              routeTableAssociationId: table.mainAssociationId,
              routeTableId: table.id,
              main: true,
              associationState: { state: 'associated' },
            },
          ],
    propagatingVgwSet: propagatingInto(table, view).map((gatewayId) => ({ gatewayId })),
    routeSet: routesOf(table, view).map(({ cidr, gatewayId, origin }) => ({
      ...(cidr.includes(':') ? { destinationIpv6CidrBlock: cidr } : { destinationCidrBlock: cidr }),
      gatewayId,
      state: 'active',
      origin,
    })),
    tagSet: showTags(table.tags),
  }
}
