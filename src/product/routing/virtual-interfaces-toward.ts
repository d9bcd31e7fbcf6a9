import { isInForce } from '../gateways/associations/association.ts'
import { reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'

/**
 * The private and transit virtual interfaces over which some gateways (virtual private, transit or Direct Connect) reach
 * customers: those that end at the gateway itself, and those at the Direct Connect gateways that it is associated with.
 */
export async function virtualInterfacesToward(
  snapshot: Snapshot,
  gatewayIds: readonly string[],
): Promise<ReadonlyMap<string, readonly VirtualInterface[]>> {
  const { now } = snapshot
  const associations = (await snapshot.list('association', 'associated', gatewayIds)).filter((each) =>
    isInForce(each, now),
  )
  const ends = [...new Set([...gatewayIds, ...associations.map(({ gatewayId }) => gatewayId)])]
  const vifs = await snapshot.list('virtual-interface', 'gateway', ends)
  const virtualGateways = await snapshot.getAll('vpn-gateway', gatewayIds)
  const owners = new Map(virtualGateways.map(({ id, ownerAccount }) => [id, ownerAccount]))
  const isThere = ({ directConnectGatewayId, attachedAt, deletedAt }: VirtualInterface) =>
    !reached(deletedAt, now) && (directConnectGatewayId === null || reached(attachedAt, now))
  // A virtual interface may name a virtual private gateway that somebody else has: then it does not reach it.
  const isAllowed = ({ virtualGatewayId, ownerAccount }: VirtualInterface) =>
    (owners.get(virtualGatewayId ?? '') ?? ownerAccount) === ownerAccount
  return new Map(
    gatewayIds.map((id) => {
      const at = new Set([id, ...associations.filter(({ associated }) => associated.id === id).map((a) => a.gatewayId)])
      return [
        id,
        vifs.filter(
          (vif) => at.has(vif.directConnectGatewayId ?? vif.virtualGatewayId ?? '') && isThere(vif) && isAllowed(vif),
        ),
      ]
    }),
  )
}
