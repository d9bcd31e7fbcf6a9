import { type Association, allowedInForce } from '../gateways/associations/association.ts'
import { reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { vpcAttachmentState } from '../vpc/lifecycle.ts'
import { cidrsOf } from '../vpc/rules.ts'
import type { Vpc } from '../vpc/vpc.ts'
import type { VpnGateway } from '../vpc/vpn-gateway.ts'
import type { GatewayEnd, Since } from './announced.ts'

/** What each of some virtual interfaces leads to: a handful of reads, however many they are. */
export async function gatewayEndsOf(
  snapshot: Snapshot,
  vifs: readonly VirtualInterface[],
): Promise<(vif: VirtualInterface) => readonly GatewayEnd[]> {
  const { now } = snapshot
  const direct = vifs.flatMap((vif) => vif.virtualGatewayId ?? [])
  const gatewayIds = [...new Set(vifs.flatMap((vif) => vif.directConnectGatewayId ?? []))]
  const associations = await snapshot.list('association', 'gateway', gatewayIds)
  const behind = await loadBehind(snapshot, [...direct, ...associations.map(({ associated }) => associated.id)])
  return (vif) => {
    if (vif.virtualGatewayId !== null) {
      // Whoever names the gateway of somebody else reaches nothing.
      const gateway = behind.gateways.get(vif.virtualGatewayId)
      const blocks = gateway?.ownerAccount === vif.ownerAccount ? blocksOf(gateway, behind.vpcs, now) : []
      const { virtualGatewayId: gatewayId, region } = vif
      return [{ gatewayId, type: 'virtualPrivateGateway', region, blocks, allowed: null }]
    }
    const { attachedAt } = vif
    if (attachedAt === null || !reached(attachedAt, now)) return []
    return associations
      .filter((association) => association.gatewayId === vif.directConnectGatewayId)
      .map((association) => endBehind(association, attachedAt))
  }

  function endBehind(association: Association, attachedAt: number): GatewayEnd {
    const { id, type, region } = association.associated
    const gateway = behind.gateways.get(id)
    const allowed = allowedInForce(association, now).map(({ cidr, since }) => ({
      cidr,
      since: Math.max(since, attachedAt),
    }))
    return {
      gatewayId: id,
      type,
      region,
      blocks: gateway === undefined ? [] : blocksOf(gateway, behind.vpcs, now),
      allowed,
    }
  }
}

async function loadBehind(snapshot: Snapshot, gatewayIds: readonly string[]) {
  const gateways = await snapshot.getAll('vpn-gateway', [...new Set(gatewayIds)])
  const vpcs = await snapshot.getAll(
    'vpc',
    gateways.flatMap(({ attachment }) => attachment?.vpcId ?? []),
  )
  return {
    gateways: new Map(gateways.map((gateway) => [gateway.id, gateway])),
    vpcs: new Map(vpcs.map((vpc) => [vpc.id, vpc])),
  }
}

/** The blocks of the VPC that a gateway is attached to. */
function blocksOf({ attachment }: VpnGateway, vpcs: ReadonlyMap<string, Vpc>, now: number): readonly Since[] {
  const vpc = vpcs.get(attachment?.vpcId ?? '')
  if (vpc === undefined || attachment === null || vpcAttachmentState.at(attachment, undefined, now) !== 'attached')
    return []
  const announced = new Set(cidrsOf(vpc, now))
  return vpc.blocks
    .filter(({ cidr, associatedAt }) => announced.has(cidr) && reached(associatedAt, now))
    .map(({ cidr, associatedAt }) => ({ cidr, since: Math.max(associatedAt ?? 0, attachment.attachedAt ?? 0) }))
}
