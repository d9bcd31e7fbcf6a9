import type { Connection } from '../connections/connection.ts'
import type { Observed } from '../observed.ts'
import type { Topology } from '../topology.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'

/**
 * What would be seen if something failed: whatever depends on it is down, everything else is as it is. Nothing is asked
 * of the fabric, so that it is the same question for each of them.
 *
 * @param failing the id of a connection, LAG, device, location, virtual interface or BGP peer
 */
export function without(failing: string, topology: Topology, observed: Observed): Observed {
  const linkFails = (c: Connection): boolean =>
    [c.id, c.deviceId, c.siteCode.toLowerCase(), c.lagId].includes(failing) ||
    (c.role === 'hosted' && c.parentId !== null && carrierFails(c.parentId))

  const carrierFails = (id: string): boolean => {
    const connection = topology.connections.get(id)
    return connection === undefined ? bundleFails(id) : linkFails(connection)
  }

  /** A LAG lives as long as enough of its members do. */
  const bundleFails = (id: string): boolean => {
    if (id === failing) return true
    const members = topology.members.get(id) ?? []
    const left = members.filter((member) => !linkFails(member))
    if (left.length === members.length) return false
    const needed = Math.max(1, topology.lags.get(id)?.minimumLinks ?? 0)
    return left.filter((member) => observed.link(member.id).up).length < needed
  }

  const sessionFails = ({ id, connectionId }: VirtualInterface, peerId: string): boolean =>
    [id, peerId].includes(failing) || carrierFails(connectionId)
  const failed = new Set(
    [...topology.virtualInterfaces.values()].flatMap((vif) =>
      vif.peers.map((peer) => peer.id).filter((peerId) => sessionFails(vif, peerId)),
    ),
  )

  const down = { up: false, lastError: `${failing} is assumed to fail` } as const
  return {
    link(id) {
      const connection = topology.connections.get(id)
      const seen = observed.link(id)
      return connection !== undefined && linkFails(connection) ? { ...seen, ...down, macSecUp: false } : seen
    },
    bundle: (id) => (bundleFails(id) ? { ...observed.bundle(id), ...down } : observed.bundle(id)),
    session: (id) => (failed.has(id) ? { ...observed.session(id), ...down } : observed.session(id)),
    routes: (id) => (failed.has(id) ? [] : observed.routes(id)),
    advertised: (id) => (failed.has(id) ? [] : observed.advertised(id)),
    history: (id) => observed.history(id),
  }
}
