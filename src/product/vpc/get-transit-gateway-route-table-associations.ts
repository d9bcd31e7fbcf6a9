import { answer } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type RouteTableInput, usesOfTable } from './transit-gateway-route-table.ts'

/** The attachments that look up their routes in a table. Terraform asks for each attachment of a VPC that it makes. */
export async function GetTransitGatewayRouteTableAssociations(snapshot: Snapshot, input: RouteTableInput) {
  const words = { pending: 'associating', available: 'associated', deleting: 'disassociating' } as const
  const { uses, nextToken } = await usesOfTable(
    snapshot,
    input,
    'route table associations',
    'associationRouteTableId',
    words,
  )
  return answer({ associations: uses, nextToken })
}
