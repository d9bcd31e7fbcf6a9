import { associationsOf } from '../gateways/associations/end.ts'
import { reached } from '../lifecycle.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults } from './faults.ts'
import { own, vpnGateways } from './nouns.ts'
import { attachedVpc, carriesVirtualInterface } from './rules.ts'

/** Only a gateway with no VPC, no virtual interface and no Direct Connect gateway can go. */
export async function DeleteVpnGateway(
  snapshot: Snapshot,
  input: { readonly VpnGatewayId: string },
): Promise<Decision<{ readonly return: true }>> {
  const { now, settings } = snapshot
  const gateway = await own(snapshot, vpnGateways, input.VpnGatewayId)
  if (attachedVpc(gateway, now) !== null) throw faults.vpnGatewayInUse()
  if (await carriesVirtualInterface(snapshot, gateway)) throw faults.vpnGatewayInUse()
  if ((await associationsOf(snapshot, gateway.id)).length > 0) throw faults.vpnGatewayInUse()
  const asked = reached(gateway.deleteAskedAt, now)
  const leaving = { ...gateway, deleteAskedAt: now, deletedAt: now + settings.timing.delete }
  return { changes: asked ? [] : [save('vpn-gateway', leaving)], show: () => ({ return: true }) }
}
