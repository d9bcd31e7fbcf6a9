import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { own, routeTables, vpnGateways } from './nouns.ts'

/** A gateway that does not propagate is no error. */
export async function DisableVgwRoutePropagation(
  snapshot: Snapshot,
  input: { readonly RouteTableId: string; readonly GatewayId: string },
): Promise<Decision<{ readonly return: true }>> {
  const table = await own(snapshot, routeTables, input.RouteTableId)
  const gateway = await own(snapshot, vpnGateways, input.GatewayId)
  const propagating = table.propagating.filter((id) => id !== gateway.id)
  return { changes: [save('route-table', { ...table, propagating })], show: () => ({ return: true }) }
}
