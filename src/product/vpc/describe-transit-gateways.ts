import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { transitGatewayState } from './lifecycle.ts'
import { ownAll, transitGateways } from './nouns.ts'
import { type PageInput, pageOf } from './pages.ts'
import { showTransitGateway } from './show.ts'
import type { TransitGateway } from './transit-gateway.ts'

export interface DescribeTransitGatewaysInput extends PageInput {
  readonly TransitGatewayIds?: readonly string[] | undefined
  readonly Filter?: readonly Filter[] | undefined
}

export async function DescribeTransitGateways(
  snapshot: Snapshot,
  input: DescribeTransitGatewaysInput,
): Promise<
  Decision<{
    readonly transitGatewaySet: readonly ReturnType<typeof showTransitGateway>[]
    readonly nextToken: string | undefined
  }>
> {
  const { now } = snapshot
  const all = await ownAll(snapshot, transitGateways, input.TransitGatewayIds)
  const { records, nextToken } = pageOf(snapshot, 'transit gateways', selected(all, input.Filter, fields(now)), input)
  return answer({ transitGatewaySet: records.map((gateway) => showTransitGateway(gateway, now)), nextToken })
}

function fields(now: number): Fields<TransitGateway> {
  return {
    'transit-gateway-id': (gateway) => gateway.id,
    'owner-id': (gateway) => gateway.ownerAccount,
    state: (gateway) => transitGatewayState.at(gateway, undefined, now),
    'options.amazon-side-asn': (gateway) => gateway.amazonSideAsn,
    'options.association-default-route-table-id': (gateway) => gateway.associationRouteTableId,
    'options.propagation-default-route-table-id': (gateway) => gateway.propagationRouteTableId,
    'options.auto-accept-shared-attachments': ({ switches }) => switches.AutoAcceptSharedAttachments,
    'options.default-route-table-association': ({ switches }) => switches.DefaultRouteTableAssociation,
    'options.default-route-table-propagation': ({ switches }) => switches.DefaultRouteTablePropagation,
    'options.dns-support': ({ switches }) => switches.DnsSupport,
    'options.vpn-ecmp-support': ({ switches }) => switches.VpnEcmpSupport,
  }
}
