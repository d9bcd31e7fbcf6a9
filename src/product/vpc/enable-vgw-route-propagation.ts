import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { refuse } from './faults.ts'
import { own, routeTables, vpnGateways } from './nouns.ts'
import { attachedVpc } from './rules.ts'

/** Only of a gateway that is attached to the table's VPC. */
export async function EnableVgwRoutePropagation(
  snapshot: Snapshot,
  input: { readonly RouteTableId: string; readonly GatewayId: string },
): Promise<Decision<{ readonly return: true }>> {
  const table = await own(snapshot, routeTables, input.RouteTableId)
  const gateway = await own(snapshot, vpnGateways, input.GatewayId)
  if (attachedVpc(gateway, snapshot.now) !== table.vpcId)
    throw refuse('Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${table.vpcId}`)
  const propagating = [...new Set([...table.propagating, gateway.id])]
  return { changes: [save('route-table', { ...table, propagating })], show: () => ({ return: true }) }
}
