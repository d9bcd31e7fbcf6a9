import type { Shape } from '../../contract/types.ts'
import type { Snapshot } from '../snapshot.ts'
import { alive } from '../virtual-interfaces/carrier.ts'
import { totalOf } from '../virtual-interfaces/prefix-pools.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { type Gateway, gatewayState } from './gateway.ts'

/** `attached`: its virtual interfaces that have not ended. */
export function showGateway(
  gateway: Gateway,
  attached: readonly VirtualInterface[],
  now: number,
): Shape<'DirectConnectGateway'> {
  return {
    directConnectGatewayId: gateway.id,
    directConnectGatewayName: gateway.name,
    amazonSideAsn: gateway.amazonSideAsn,
    ownerAccount: gateway.ownerAccount,
    directConnectGatewayState: gatewayState.at(gateway, undefined, now),
    totalPrefixPoolAllocations: totalOf(attached),
    tags: gateway.tags,
  }
}

export async function showGateways(
  snapshot: Snapshot,
  gateways: readonly Gateway[],
): Promise<readonly Shape<'DirectConnectGateway'>[]> {
  const ids = gateways.map((gateway) => gateway.id)
  const attached = alive(await snapshot.list('virtual-interface', 'gateway', ids), snapshot.now)
  const byGateway = Map.groupBy(attached, (vif) => vif.directConnectGatewayId)
  return gateways.map((gateway) => showGateway(gateway, byGateway.get(gateway.id) ?? [], snapshot.now))
}
