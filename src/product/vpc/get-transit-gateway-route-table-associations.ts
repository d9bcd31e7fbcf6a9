import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Filter, selected } from './filters.ts'
import { type PageInput, pageOf } from './pages.ts'
import type { TransitGatewayAttachment } from './transit-gateway-attachment.ts'
import { attachmentsUsing, routeTableFields, showUse } from './transit-gateway-route-table.ts'

export interface GetTransitGatewayRouteTableAssociationsInput extends PageInput {
  readonly TransitGatewayRouteTableId: string
  readonly Filter?: readonly Filter[] | undefined
}

/** The attachments that look up their routes in a table. Terraform asks for each attachment of a VPC that it makes. */
export async function GetTransitGatewayRouteTableAssociations(
  snapshot: Snapshot,
  input: GetTransitGatewayRouteTableAssociationsInput,
): Promise<
  Decision<{
    readonly associations: readonly ReturnType<typeof show>[]
    readonly nextToken: string | undefined
  }>
> {
  const all = await attachmentsUsing(snapshot, input.TransitGatewayRouteTableId, 'associationRouteTableId')
  const { records, nextToken } = pageOf(
    snapshot,
    'route table associations',
    selected(all, input.Filter, routeTableFields),
    input,
  )
  return answer({ associations: records.map(show), nextToken })
}

function show(attachment: TransitGatewayAttachment) {
  return showUse(attachment, { pending: 'associating', available: 'associated', deleting: 'disassociating' } as const)
}
