import type { BgpPeer } from '../../product/bgp/bgp-peer.ts'
import type { Connection } from '../../product/connections/connection.ts'
import type { InjectedFault } from '../../product/faults/injected-fault.ts'
import { earlier } from '../../product/lifecycle.ts'
import type { MacSecKey } from '../../product/macsec/macsec-key.ts'
import { type LinkObservation, neverUp, type Observation, type Observed } from '../../product/observed.ts'
import type { Topology } from '../../product/topology.ts'
import type { VirtualInterface } from '../../product/virtual-interfaces/virtual-interface.ts'
import type { Fabric } from '../fabric.ts'
import { atLeast, before, both, either, type Intervals, never, not, seenAt, since } from './intervals.ts'

/**
 * The fabric for laptops and CI. It carries nothing and keeps nothing: what is up follows from when cables were plugged,
 * when things were configured and what faults were injected. The customer's router always answers, so a session is up
 * as soon as our side is configured and the link beneath it works.
 */
export const simulated: Fabric = {
  name: 'simulated',
  async observe(reads, topology) {
    const targets = [...topology.connections.values()].flatMap((c) => [c.id, c.deviceId, c.siteCode.toLowerCase()])
    const vifs = [...topology.virtualInterfaces.values()].flatMap((vif) => [
      vif.id,
      ...vif.peers.map((peer) => peer.id),
    ])
    const wanted = [...new Set([...targets, ...topology.lags.keys(), ...vifs])].filter((id) => id !== null)
    const faults = wanted.length === 0 ? [] : await reads.list('fault', 'target', wanted)
    return observeAt(topology, faults, reads.now)
  },
}

/** The observation as a pure function of facts and time. */
export function observeAt(topology: Topology, faults: readonly InjectedFault[], now: number): Observed {
  const faulty = Map.groupBy(faults, (fault) => fault.target)
  const broken = (target: string | null): Intervals =>
    target === null ? [] : either((faulty.get(target) ?? []).map(brokenBy))

  const upOf = (c: Connection): Intervals => {
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
  const carries = (c: Connection): Intervals => (c.encryptionMode === 'must_encrypt' ? macSecUp(c) : upOf(c))

  const bundleUp = (lagId: string): Intervals => {
    const members = topology.members.get(lagId) ?? []
    const needed = Math.max(1, topology.lags.get(lagId)?.minimumLinks ?? 0)
    return atLeast(
      needed,
      members.map((member) => both(carries(member), since(member.lagJoinedAt))),
    )
  }
  const carrierUp = (id: string | null): Intervals => {
    const connection = topology.connections.get(id ?? '')
    return connection === undefined ? bundleUp(id ?? '') : carries(connection)
  }

  const sessionUp = (vif: VirtualInterface, peer: BgpPeer): Intervals =>
    both(
      carrierUp(vif.connectionId),
      since(vif.provisionedAt),
      since(peer.provisionedAt),
      before(earlier(peer.deleteAskedAt, vif.deleteAskedAt)),
      not(either([broken(vif.id), broken(peer.id)])),
    )
  const peers = new Map(
    [...topology.virtualInterfaces.values()].flatMap((vif) => vif.peers.map((peer) => [peer.id, { vif, peer }])),
  )

  return {
    link(connectionId): LinkObservation {
      const connection = topology.connections.get(connectionId)
      if (connection === undefined) return neverUp
      return {
        ...observation(upOf(connection), now, 'no light on the link'),
        macSecUp: seenAt(macSecUp(connection), now).up,
      }
    },
    bundle(lagId): Observation {
      if (!topology.lags.has(lagId)) return neverUp
      return observation(bundleUp(lagId), now, 'too few members are up')
    },
    session(bgpPeerId): Observation {
      const found = peers.get(bgpPeerId)
      if (found === undefined) return neverUp
      const linkUp = seenAt(carrierUp(found.vif.connectionId), now).up
      const reason = linkUp ? 'the session is not established' : 'the link beneath is down'
      return observation(sessionUp(found.vif, found.peer), now, reason)
    },
  }
}

function observation(up: Intervals, now: number, error: string): Observation {
  const seen = seenAt(up, now)
  return { ...seen, lastError: seen.up ? null : error }
}

/** While a key is associated. */
function inUse({ associatedAt, disassociateAskedAt }: MacSecKey): Intervals {
  return both(since(associatedAt), before(disassociateAskedAt))
}

const flapPeriod = 2_000

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
