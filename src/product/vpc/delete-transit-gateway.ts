import { reached } from '../lifecycle.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults } from './faults.ts'
import { own, transitGateways } from './nouns.ts'
import { showTransitGateway } from './show.ts'
import { attachmentsOf } from './transit-gateway-attachment.ts'

/** Not while anything is attached to it. @source behaviour catalogue I.7 */
export async function DeleteTransitGateway(
  snapshot: Snapshot,
  input: { readonly TransitGatewayId: string },
): Promise<Decision<{ readonly transitGateway: ReturnType<typeof showTransitGateway> }>> {
  const { now, settings } = snapshot
  const gateway = await own(snapshot, transitGateways, input.TransitGatewayId)
  const attached = await attachmentsOf(snapshot, gateway.id)
  if (attached.length > 0) throw faults.transitGatewayInUse(gateway.id, attached)
  const asked = reached(gateway.deleteAskedAt, now)
  const leaving = asked ? gateway : { ...gateway, deleteAskedAt: now, deletedAt: now + settings.timing.delete }
  return {
    changes: asked ? [] : [save('transit-gateway', leaving)],
    show: () => ({ transitGateway: showTransitGateway(leaving, now) }),
  }
}
