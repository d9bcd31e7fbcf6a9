import type { BgpPeer } from '../bgp/bgp-peer.ts'
import { type FailoverTest, runningTest } from '../bgp/failover-tests/failover-test.ts'
import { isBroken } from '../faults/broken.ts'
import type { InjectedFault } from '../faults/injected-fault.ts'
import { bandwidthBps } from '../inventory/speeds.ts'
import { reached } from '../lifecycle.ts'
import { announcedRoutes, type GatewayEnd } from '../routing/announced.ts'
import { atGateway, type Placed, rivalsAmong, sharesSubnetWith } from '../routing/overlapping-subnets.ts'
import { allowedPrefixes } from '../routing/prefix-limit.ts'
import type { Topology } from '../topology.ts'
import { rateLimitBps } from '../virtual-interfaces/rate-limits.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import type { DesiredGateway, DesiredSession, DesiredVirtualInterface } from './desired.ts'

export interface GatewayFacts {
  readonly topology: Topology
  readonly faults: readonly InjectedFault[]
  readonly endsOf: (vif: VirtualInterface) => readonly GatewayEnd[]
  /** The VPCs behind a virtual private gateway or transit gateway, by its id. */
  readonly vpcsBehind: (gatewayId: string) => readonly string[]
  readonly now: number
}

/** The gateways that configured virtual interfaces lead to. */
export function desiredGateways(facts: GatewayFacts): readonly DesiredGateway[] {
  const ending = Map.groupBy(facts.topology.virtualInterfaces.values(), gatewayId)
  return [...ending].flatMap(([id, all]) => {
    const vifs = all.filter((vif) => isConfigured(vif, facts.now))
    return vifs.length === 0 ? [] : [gatewayOf(id, vifs, all, facts)]
  })
}

/** From when it is configured until its end is asked for. */
function isConfigured(vif: VirtualInterface, now: number): boolean {
  const begun = reached(vif.provisionedAt, now) && (vif.type !== 'public' || reached(vif.verifiedAt, now))
  return begun && !reached(vif.deleteAskedAt, now) && !reached(vif.rejectedAt, now)
}

/** Whoever names the virtual private gateway of somebody else ends at a gateway of their own. */
function gatewayId({ type, region, ownerAccount, virtualGatewayId, directConnectGatewayId }: VirtualInterface): string {
  return type === 'public' ? `public ${region}` : `${directConnectGatewayId ?? virtualGatewayId} ${ownerAccount}`
}

/** @param all also those that are not configured yet, or no more */
function gatewayOf(
  id: string,
  vifs: readonly VirtualInterface[],
  all: readonly VirtualInterface[],
  facts: GatewayFacts,
): DesiredGateway {
  const rivalsOf = rivalsAmong(all)
  const gateways = [...new Set(vifs.flatMap(facts.endsOf).map(({ gatewayId: behind }) => behind))]
  return {
    id,
    asn: vifs[0]?.amazonSideAsn ?? 0,
    virtualInterfaces: vifs.flatMap((vif) => virtualInterfaceOf(vif, rivalsOf, facts)),
    vpcIds: [...new Set(gateways.flatMap(facts.vpcsBehind))],
  }
}

type RivalsOf = ReturnType<typeof rivalsAmong<VirtualInterface>>

function virtualInterfaceOf(
  vif: VirtualInterface,
  rivalsOf: RivalsOf,
  facts: GatewayFacts,
): readonly DesiredVirtualInterface[] {
  const carrier = carrierOf(vif.connectionId, facts)
  if (carrier === undefined) return []
  const ends = facts.endsOf(vif)
  const peers = vif.peers.filter(
    (peer) => reached(peer.provisionedAt, facts.now) && !reached(peer.deleteAskedAt, facts.now),
  )
  const sessions = peers.map((peer) => sessionOf({ vif, peer }, rivalsOf, ends, facts))
  const none = sessions.every(({ withheld }) => withheld !== null) ? sessions[0] : undefined
  return [
    {
      id: vif.id,
      type: vif.type,
      deviceId: carrier.deviceId,
      carrierId: carrier.id,
      vlan: vif.vlan,
      mtu: vif.mtu,
      limitBps: vif.rateLimit === null ? carrier.limitBps : rateLimitBps(vif.rateLimit),
      siteLinkEnabled: vif.siteLinkEnabled,
      region: vif.region,
      routeFilterPrefixes: vif.routeFilterPrefixes,
      withheld: carrier.isBroken ? 'the link beneath is down' : (none?.withheld ?? null),
      sessions,
    },
  ]
}

/** The port or LAG that carries the VLANs of a connection or LAG, on which device, and what else it lets through. */
function carrierOf(id: string, { topology, faults, now }: GatewayFacts) {
  const connection = topology.connections.get(id)
  const hosted = connection?.role === 'hosted' ? connection : undefined
  if (hosted !== undefined && !reached(hosted.provisionedAt, now)) return undefined
  const end = hosted === undefined ? id : (hosted.parentId ?? '')
  const port = topology.connections.get(end)
  const carrierId = port?.lagId ?? end
  const deviceId = (port ?? topology.lags.get(end))?.deviceId ?? null
  if (deviceId === null) return undefined
  return {
    id: carrierId,
    deviceId,
    limitBps: hosted === undefined ? null : bandwidthBps(hosted.bandwidth),
    isBroken: hosted !== undefined && isBroken(faults, [hosted.id], now),
  }
}

function sessionOf(
  placed: Placed<VirtualInterface>,
  rivalsOf: RivalsOf,
  ends: readonly GatewayEnd[],
  { topology, faults, now }: GatewayFacts,
): DesiredSession {
  const { vif, peer } = placed
  const rival = rivalsOf(placed).find((each) => {
    const { from, until } = atGateway(each)
    return from <= now && !reached(until, now)
  })
  const allowed = allowedPrefixes(vif, peer.addressFamily).findLast(({ from }) => from <= now)
  return {
    bgpPeerId: peer.id,
    family: peer.addressFamily,
    asn: peer.asn,
    customerAddress: peer.customerAddress,
    amazonAddress: peer.amazonAddress,
    authKey: peer.authKey,
    prefixLimit: allowed?.value ?? 0,
    withheld: rival === undefined ? null : sharesSubnetWith(rival, placed),
    shutDown: isTested(topology.failoverTests.get(vif.id), peer, now)
      ? 'a failover test keeps the session down'
      : isBroken(faults, [vif.id, peer.id], now)
        ? 'the session is not established'
        : null,
    clearedAt: peer.clears.findLast((at) => at <= now) ?? null,
    announced: announcedRoutes(vif, peer.addressFamily, ends),
  }
}

function isTested(tests: readonly FailoverTest[] | undefined, peer: BgpPeer, now: number): boolean {
  return runningTest(tests, now)?.bgpPeers.includes(peer.id) ?? false
}
