import { firstOverlap, parseCidr } from '../addresses/cidr.ts'
import type { Snapshot } from '../snapshot.ts'
import { transitGatewayVpcAttachmentState, vpcAttachmentState } from '../vpc/lifecycle.ts'
import { cidrsOf } from '../vpc/rules.ts'
import type { TransitGatewayVpcAttachment } from '../vpc/transit-gateway-vpc-attachment.ts'
import type { Vpc } from '../vpc/vpc.ts'

/** What some virtual private gateways and transit gateways lead to. */
export interface Behind {
  /** By the gateway's id. */
  readonly vpcsBehind: (gatewayId: string) => readonly string[]
  /** Each once. */
  readonly vpcs: readonly Vpc[]
  /** What all this follows from. */
  readonly facts: readonly unknown[]
}

export async function loadVpcsBehind(snapshot: Snapshot, gatewayIds: readonly string[]): Promise<Behind> {
  const { now } = snapshot
  const vpnGateways = await snapshot.getAll('vpn-gateway', gatewayIds)
  const attachments = await snapshot.list('transit-gateway-vpc-attachment', 'transitGateway', gatewayIds)
  const attached = vpnGateways.flatMap(({ id, attachment }) =>
    attachment !== null && vpcAttachmentState.at(attachment, undefined, now) === 'attached'
      ? [[id, attachment.vpcId] as const]
      : [],
  )
  const available = attachments.filter(
    (attachment) => transitGatewayVpcAttachmentState.at(attachment, undefined, now) === 'available',
  )
  const ids = [...attached.map(([, vpcId]) => vpcId), ...available.map(({ vpcId }) => vpcId)]
  const known = new Map((await snapshot.getAll('vpc', [...new Set(ids)])).map((vpc) => [vpc.id, vpc]))
  const behind = new Map<string, readonly string[]>([
    ...attached.map(([id, vpcId]) => [id, [vpcId]] as const),
    ...[...Map.groupBy(available, ({ transitGatewayId }) => transitGatewayId)].map(
      ([id, some]) => [id, propagated(some, known, now)] as const,
    ),
  ])
  const shown = new Set([...behind.values()].flat())
  return {
    vpcsBehind: (gatewayId) => behind.get(gatewayId) ?? [],
    vpcs: [...known.values()].filter(({ id }) => shown.has(id)),
    facts: [vpnGateways, attachments, [...known.values()]],
  }
}

/**
 * Of VPCs with overlapping blocks the one that was attached first is reached; another is not, with none of its blocks.
 * @source EC2's model, CreateTransitGatewayVpcAttachment: "the new VPC CIDR range is not propagated"
 */
function propagated(
  attachments: readonly TransitGatewayVpcAttachment[],
  known: ReadonlyMap<string, Vpc>,
  now: number,
): readonly string[] {
  const blocksOf = (vpcId: string) => {
    const vpc = known.get(vpcId)
    return vpc === undefined ? [] : cidrsOf(vpc, now).flatMap((cidr) => parseCidr(cidr) ?? [])
  }
  const reached: string[] = []
  for (const { vpcId } of attachments)
    if (firstOverlap([...reached, vpcId].flatMap(blocksOf)) === undefined) reached.push(vpcId)
  return reached
}
