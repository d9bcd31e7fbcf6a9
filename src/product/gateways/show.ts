import type { Shape } from '../../contract/types.ts'
import { type Gateway, gatewayState } from './gateway.ts'

export function showGateway(gateway: Gateway, now: number): Shape<'DirectConnectGateway'> {
  return {
    directConnectGatewayId: gateway.id,
    directConnectGatewayName: gateway.name,
    amazonSideAsn: gateway.amazonSideAsn,
    ownerAccount: gateway.ownerAccount,
    directConnectGatewayState: gatewayState.at(gateway, undefined, now),
    tags: gateway.tags,
  }
}
