import { reached } from '../lifecycle.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults, refuse } from './faults.ts'
import { own, vpcs, vpnGateways } from './nouns.ts'
import { attachedVpc } from './rules.ts'
import { showVpcAttachment } from './show.ts'
import type { VpcAttachment } from './vpn-gateway.ts'

/** One VPC a gateway, one gateway a VPC. Asking again for what is attached changes nothing. */
export async function AttachVpnGateway(
  snapshot: Snapshot,
  input: { readonly VpcId: string; readonly VpnGatewayId: string },
): Promise<Decision<{ readonly attachment: ReturnType<typeof showVpcAttachment> }>> {
  const { now, settings } = snapshot
  const gateway = await own(snapshot, vpnGateways, input.VpnGatewayId)
  const vpc = await own(snapshot, vpcs, input.VpcId)
  if (reached(gateway.deleteAskedAt, now))
    throw refuse('IncorrectState', `The virtual private gateway ${gateway.id} is being deleted.`)
  const present = gateway.attachment
  if (present !== null && attachedVpc(gateway, now) === vpc.id && !reached(present.detachAskedAt, now))
    return { changes: [], show: () => ({ attachment: showVpcAttachment(present, now) }) }
  if (attachedVpc(gateway, now) !== null) throw faults.gatewayHasVpc(gateway.id)
  const others = await snapshot.list('vpn-gateway', 'vpc', vpc.id)
  if (others.some((other) => attachedVpc(other, now) === vpc.id)) throw faults.vpcHasGateway(vpc.id)

  const attachment: VpcAttachment = {
    vpcId: vpc.id,
    attachedAt: now + settings.timing.associate,
    detachAskedAt: null,
    detachedAt: null,
  }
  return {
    changes: [save('vpn-gateway', { ...gateway, attachment })],
    show: () => ({ attachment: showVpcAttachment(attachment, now) }),
  }
}
