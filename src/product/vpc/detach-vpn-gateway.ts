import { endedByDetaching } from '../gateways/associations/end.ts'
import { reached } from '../lifecycle.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults } from './faults.ts'
import { own, vpnGateways } from './nouns.ts'
import { attachedVpc } from './rules.ts'

/** Its association ends with it, and the route tables of the VPC no longer take routes from the gateway. */
export async function DetachVpnGateway(
  snapshot: Snapshot,
  input: { readonly VpcId: string; readonly VpnGatewayId: string },
): Promise<Decision<{ readonly return: true }>> {
  const { now, settings } = snapshot
  const gateway = await own(snapshot, vpnGateways, input.VpnGatewayId)
  const { attachment } = gateway
  if (attachment === null || attachedVpc(gateway, now) !== input.VpcId)
    throw faults.notAttached(gateway.id, input.VpcId)
  if (reached(attachment.detachAskedAt, now)) return { changes: [], show: () => ({ return: true }) }

  const tables = await snapshot.list('route-table', 'vpc', input.VpcId)
  const leaving = { ...attachment, detachAskedAt: now, detachedAt: now + settings.timing.delete }
  return {
    changes: [
      save('vpn-gateway', { ...gateway, attachment: leaving }),
      ...(await endedByDetaching(snapshot, gateway.id)),
      ...tables
        .filter(({ propagating }) => propagating.includes(gateway.id))
        .map((table) =>
          save('route-table', { ...table, propagating: table.propagating.filter((id) => id !== gateway.id) }),
        ),
    ],
    show: () => ({ return: true }),
  }
}
