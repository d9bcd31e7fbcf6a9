import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults } from './faults.ts'
import { own, routeTables } from './nouns.ts'

/** The main table of a VPC goes with the VPC only. */
export async function DeleteRouteTable(
  snapshot: Snapshot,
  input: { readonly RouteTableId: string },
): Promise<Decision<{ readonly return: true }>> {
  const table = await own(snapshot, routeTables, input.RouteTableId)
  if (table.mainAssociationId !== null) throw faults.routeTableInUse(table.id)
  return {
    changes: [save('route-table', { ...table, deletedAt: snapshot.now })],
    show: () => ({ return: true }),
  }
}
