import type { BgpPeer } from '../../product/bgp/bgp-peer.ts'
import { endOf, type FailoverTest } from '../../product/bgp/failover-tests/failover-test.ts'
import type { Connection } from '../../product/connections/connection.ts'
import { flapPeriod, type InjectedFault } from '../../product/faults/injected-fault.ts'
import { type History, historyUntil } from '../../product/history.ts'
import { earlier } from '../../product/lifecycle.ts'
import type { MacSecKey } from '../../product/macsec/macsec-key.ts'
import {
  type InstalledRoute,
  type LinkObservation,
  neverUp,
  type Observation,
  type Observed,
} from '../../product/observed.ts'
import type { CustomerRoutes } from '../../product/routing/customer-routes.ts'
import {
  atGateway,
  gatewayOf,
  type Placed,
  rivalsAmong,
  sharesSubnetWith,
  sharingSubnets,
} from '../../product/routing/overlapping-subnets.ts'
import {
  allowedPrefixes,
  announcedPrefixes,
  clearsOf,
  idleFor,
  tooManyPrefixes,
} from '../../product/routing/prefix-limit.ts'
import type { Topology } from '../../product/topology.ts'
import type { VirtualInterface } from '../../product/virtual-interfaces/virtual-interface.ts'
import type { Fabric } from '../fabric.ts'
import { after, atLeast, before, both, either, type Intervals, never, not, seenAt, since } from './intervals.ts'
import { receivedRoutes } from './received.ts'

/**
 * The fabric for laptops and CI. It carries nothing and keeps nothing: what is up follows from when cables were plugged,
 * when things were configured, what faults were injected and what operators said the customer's router announces. That
 * router always answers, so a session is up as soon as our side is configured and the link beneath it works, unless a
 * failover test or too many prefixes keep it down.
 */
export const simulated: Fabric = {
  name: 'simulated',
  async observe(reads, topology) {
    const faults = await reads.list('fault', 'target', targetsIn(topology))
    const announced = await reads.list('customer-routes', 'virtual-interface', [...topology.virtualInterfaces.keys()])
    const siblings = await sharingSubnets(reads, [...topology.virtualInterfaces.values()])
    return observeAt(topology, faults, announced, siblings, reads.now)
  },
}

/** Whatever of a topology may be broken, each once. */
function targetsIn({ connections, lags, virtualInterfaces }: Topology): readonly string[] {
  const targets = new Set<string>()
  for (const { id, deviceId, siteCode } of connections.values()) {
    targets.add(id).add(siteCode.toLowerCase())
    if (deviceId !== null) targets.add(deviceId)
  }
  for (const id of lags.keys()) targets.add(id)
  for (const { id, peers } of virtualInterfaces.values()) {
    targets.add(id)
    for (const peer of peers) targets.add(peer.id)
  }
  return [...targets]
}

/** The observation as a pure function of facts and time. */
export function observeAt(
  topology: Topology,
  faults: readonly InjectedFault[],
  announced: readonly CustomerRoutes[],
  siblings: readonly VirtualInterface[],
  now: number,
): Observed {
  const endAt = (vif: VirtualInterface) => `${gatewayOf(vif)} ${vif.ownerAccount}`
  const announcedOn = Map.groupBy(announced, (routes) => routes.virtualInterfaceId)
  const faulty = Map.groupBy(faults, (fault) => fault.target)
  const broken = (target: string | null): Intervals => {
    const known = target === null ? undefined : faulty.get(target)
    return known === undefined ? never : either(known.map(brokenBy))
  }

  const upOf = (c: Connection): Intervals => after(c.history, upNow(c))
  const upNow = (c: Connection): Intervals => {
    if (c.role === 'hosted') return both(carrierUp(c.parentId), since(c.provisionedAt), not(broken(c.id)))
    const own = [broken(c.id), broken(c.deviceId), broken(c.siteCode.toLowerCase())]
    // A failing LAG takes its members down from the moment they are in it.
    if (c.lagId !== null) own.push(both(broken(c.lagId), since(c.lagJoinedAt)))
    return both(c.cables, not(either(own)))
  }
  /** The customer's router has every key as soon as we have it. */
  const macSecUp = (c: Connection): Intervals =>
    c.encryptionMode === 'no_encrypt' ? never : both(upOf(c), either(c.macSecKeys.map(inUse)))
  /** While the link may carry customers' frames: under must_encrypt only as long as MACsec is up. */
  const carries = (c: Connection): Intervals => {
    const { history } = c
    const carried = c.encryptionMode === 'must_encrypt' ? macSecUp(c) : upOf(c)
    return after(history && { ...history, up: history.carried ?? history.up }, carried)
  }

  const bundleUp = (lagId: string): Intervals => {
    const members = topology.members.get(lagId) ?? []
    const needed = Math.max(1, topology.lags.get(lagId)?.minimumLinks ?? 0)
    const counts = (member: Connection) =>
      both(carries(member), since(member.lagJoinedAt), before(member.deleteAskedAt))
    return after(topology.lags.get(lagId)?.history, atLeast(needed, members.map(counts)))
  }
  const carrierUp = (id: string | null): Intervals => {
    const connection = topology.connections.get(id ?? '')
    return connection === undefined ? bundleUp(id ?? '') : carries(connection)
  }

  const rivalsAt = new Map([...Map.groupBy(siblings, endAt)].map(([end, some]) => [end, rivalsAmong(some)]))
  const rivalsOf = (vif: VirtualInterface, peer: BgpPeer) => rivalsAt.get(endAt(vif))?.({ vif, peer }) ?? []
  const workOut = (vif: VirtualInterface, peer: BgpPeer) => {
    const tests = topology.failoverTests.get(vif.id) ?? []
    const tested = either(tests.filter(({ bgpPeers }) => bgpPeers.includes(peer.id)).map(lasting))
    const wouldBeUp = after(
      peer.history,
      both(
        carrierUp(vif.connectionId),
        since(vif.provisionedAt),
        since(peer.provisionedAt),
        before(earlier(peer.deleteAskedAt, vif.deleteAskedAt)),
        not(either([broken(vif.id), broken(peer.id), tested, ...rivalsOf(vif, peer).map(lastingAtGateway)])),
      ),
    )
    const counts = announcedPrefixes(announcedOn.get(vif.id) ?? [], peer.addressFamily)
    const allowed = allowedPrefixes(vif, peer.addressFamily)
    const idle = idleFor({ wouldBeUp, announced: counts, allowed, clears: clearsOf(peer, tests) })
    return { up: both(wouldBeUp, not(idle)), wouldBeUp, tested, idle, allowed }
  }
  // Asked again and again: by the state, by each peer that is shown, by what is routed.
  const worked = new Map<string, ReturnType<typeof workOut>>()
  const sessionOf = (vif: VirtualInterface, peer: BgpPeer) => {
    const known = worked.get(peer.id) ?? workOut(vif, peer)
    worked.set(peer.id, known)
    return known
  }
  const whyDown = (vif: VirtualInterface, peer: BgpPeer): string => {
    const { tested, idle, allowed } = sessionOf(vif, peer)
    const rival = rivalsOf(vif, peer).find((each) => seenAt(lastingAtGateway(each), now).up)
    if (rival !== undefined) return sharesSubnetWith(rival, { vif, peer })
    if (!seenAt(carrierUp(vif.connectionId), now).up) return 'the link beneath is down'
    if (seenAt(tested, now).up) return 'a failover test keeps the session down'
    if (!seenAt(idle, now).up) return 'the session is not established'
    return tooManyPrefixes(peer.addressFamily, allowed.findLast(({ from }) => from <= now)?.value ?? 0)
  }
  const peers = new Map(
    [...topology.virtualInterfaces.values()].flatMap((vif) => vif.peers.map((peer) => [peer.id, { vif, peer }])),
  )

  return {
    link(connectionId): LinkObservation {
      const connection = topology.connections.get(connectionId)
      if (connection === undefined) return neverUp
      const seen = observation(upOf(connection), now, 'no light on the link')
      return { ...seen, macSecUp: seenAt(macSecUp(connection), now).up }
    },
    bundle(lagId): Observation {
      if (!topology.lags.has(lagId)) return neverUp
      return observation(bundleUp(lagId), now, 'too few members are up')
    },
    session(bgpPeerId): Observation {
      const found = peers.get(bgpPeerId)
      if (found === undefined) return neverUp
      const { vif, peer } = found
      const seen = seenAt(sessionOf(vif, peer).up, now)
      return { ...seen, lastError: seen.up ? null : whyDown(vif, peer) }
    },
    routes(bgpPeerId): readonly InstalledRoute[] {
      const found = peers.get(bgpPeerId)
      if (found === undefined) return []
      const seen = seenAt(sessionOf(found.vif, found.peer).up, now)
      if (!seen.up || seen.since === null) return []
      return receivedRoutes(found.vif, found.peer, announcedOn.get(found.vif.id) ?? [], seen.since)
    },
    advertised: () => undefined,
    history(id): History | undefined {
      const connection = topology.connections.get(id)
      if (connection !== undefined)
        return { ...historyUntil(now, upOf(connection)), carried: historyUntil(now, carries(connection)).up }
      const found = peers.get(id)
      if (found !== undefined) return historyUntil(now, sessionOf(found.vif, found.peer).wouldBeUp)
      return topology.lags.has(id) ? historyUntil(now, bundleUp(id)) : undefined
    },
  }
}

function lastingAtGateway(placed: Placed): Intervals {
  return [atGateway(placed)]
}

/** While a failover test keeps its sessions down. */
function lasting(test: FailoverTest): Intervals {
  return [{ from: test.createdAt, until: endOf(test) }]
}

function observation(up: Intervals, now: number, error: string): Observation {
  const seen = seenAt(up, now)
  return { ...seen, lastError: seen.up ? null : error }
}

/** While a key is associated. */
function inUse({ associatedAt, disassociateAskedAt }: MacSecKey): Intervals {
  return both(since(associatedAt), before(disassociateAskedAt))
}

/** While a fault keeps its target down: all of it, or the first half of every flap. */
function brokenBy(fault: InjectedFault): Intervals {
  if (fault.faultKind === 'down' || fault.until === null) return [{ from: fault.from, until: fault.until }]
  const flaps = Math.ceil((fault.until - fault.from) / flapPeriod)
  const end = fault.until
  return Array.from({ length: flaps }, (_, flap) => {
    const from = fault.from + flap * flapPeriod
    return { from, until: Math.min(from + flapPeriod / 2, end) }
  })
}
