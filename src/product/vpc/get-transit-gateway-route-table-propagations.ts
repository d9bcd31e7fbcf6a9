import { answer } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type RouteTableInput, usesOfTable } from './transit-gateway-route-table.ts'

/** The attachments that propagate their routes to a table. Terraform asks for each attachment of a VPC that it makes. */
export async function GetTransitGatewayRouteTablePropagations(snapshot: Snapshot, input: RouteTableInput) {
  const words = { pending: 'enabling', available: 'enabled', deleting: 'disabling' } as const
  const { uses, nextToken } = await usesOfTable(
    snapshot,
    input,
    'route table propagations',
    'propagationRouteTableId',
    words,
  )
  return answer({ transitGatewayRouteTablePropagations: uses, nextToken })
}
