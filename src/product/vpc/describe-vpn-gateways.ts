import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { vpnGatewayState } from './lifecycle.ts'
import { ownAll, vpnGateways } from './nouns.ts'
import { showVpcAttachment, showVpnGateway } from './show.ts'
import type { VpnGateway } from './vpn-gateway.ts'

export interface DescribeVpnGatewaysInput {
  readonly VpnGatewayId?: readonly string[] | undefined
  readonly Filter?: readonly Filter[] | undefined
}

/** EC2 knows no pages here. What was deleted a short while ago is shown as deleted. */
export async function DescribeVpnGateways(
  snapshot: Snapshot,
  input: DescribeVpnGatewaysInput,
): Promise<Decision<{ readonly vpnGatewaySet: readonly ReturnType<typeof showVpnGateway>[] }>> {
  const { now } = snapshot
  const found = selected(await ownAll(snapshot, vpnGateways, input.VpnGatewayId), input.Filter, fields(now))
  return answer({ vpnGatewaySet: found.map((gateway) => showVpnGateway(gateway, now)) })
}

function fields(now: number): Fields<VpnGateway> {
  return {
    'vpn-gateway-id': (gateway) => gateway.id,
    state: (gateway) => vpnGatewayState.at(gateway, undefined, now),
    type: () => 'ipsec.1',
    'amazon-side-asn': (gateway) => gateway.amazonSideAsn,
    'availability-zone': (gateway) => gateway.availabilityZone,
    'attachment.vpc-id': ({ attachment }) => attachment?.vpcId ?? null,
    'attachment.state': ({ attachment }) => (attachment === null ? null : showVpcAttachment(attachment, now).state),
  }
}
