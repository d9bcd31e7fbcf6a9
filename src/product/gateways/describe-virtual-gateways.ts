import { answer, type Operation } from '../operation.ts'
import { vpnGatewayState } from '../vpc/lifecycle.ts'
import { ownerOf, vpnGateways } from '../vpc/nouns.ts'

/** The caller's virtual private gateways of the Region, as EC2 has them. */
export const DescribeVirtualGateways: Operation<'DescribeVirtualGateways'> = async (snapshot) => {
  const owned = await vpnGateways.owned(snapshot, ownerOf(snapshot))
  return answer({
    virtualGateways: owned.map((gateway) => ({
      virtualGatewayId: gateway.id,
      virtualGatewayState: vpnGatewayState.at(gateway, undefined, snapshot.now),
    })),
  })
}
