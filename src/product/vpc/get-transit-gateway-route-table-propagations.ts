import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Filter, selected } from './filters.ts'
import { type PageInput, pageOf } from './pages.ts'
import type { TransitGatewayAttachment } from './transit-gateway-attachment.ts'
import { attachmentsUsing, routeTableFields, showUse } from './transit-gateway-route-table.ts'

export interface GetTransitGatewayRouteTablePropagationsInput extends PageInput {
  readonly TransitGatewayRouteTableId: string
  readonly Filter?: readonly Filter[] | undefined
}

/** The attachments that propagate their routes to a table. Terraform asks for each attachment of a VPC that it makes. */
export async function GetTransitGatewayRouteTablePropagations(
  snapshot: Snapshot,
  input: GetTransitGatewayRouteTablePropagationsInput,
): Promise<
  Decision<{
    readonly transitGatewayRouteTablePropagations: readonly ReturnType<typeof show>[]
    readonly nextToken: string | undefined
  }>
> {
  const all = await attachmentsUsing(snapshot, input.TransitGatewayRouteTableId, 'propagationRouteTableId')
  const { records, nextToken } = pageOf(
    snapshot,
    'route table propagations',
    selected(all, input.Filter, routeTableFields),
    input,
  )
  return answer({ transitGatewayRouteTablePropagations: records.map(show), nextToken })
}

function show(attachment: TransitGatewayAttachment) {
  return showUse(attachment, { pending: 'enabling', available: 'enabled', deleting: 'disabling' } as const)
}
