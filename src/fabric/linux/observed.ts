import { neverUp, type Observation, type Observed } from '../../product/observed.ts'
import type { Sighting } from '../../product/sightings/sighting.ts'
import type { Reads } from '../../product/snapshot.ts'
import type { Topology } from '../../product/topology.ts'
import type { Fabric } from '../fabric.ts'

/** The side that only looks; which server acts does not matter to it. */
export const linux: Fabric = { name: 'linux', observe: observeSightings }

/** What is seen of a topology, from the rows that the watcher of the linux fabric writes. */
async function observeSightings(reads: Reads, topology: Topology): Promise<Observed> {
  const peers = [...topology.virtualInterfaces.values()].flatMap((vif) => vif.peers.map((peer) => peer.id))
  const ids = [...topology.connections.keys(), ...topology.lags.keys(), ...peers]
  const rows = ids.length === 0 ? [] : await reads.getAll('sighting', ids)
  const seen = new Map(rows.map((row) => [row.id, row]))

  const observation = (id: string): Observation => {
    const row = seen.get(id)
    return row === undefined ? neverUp : observationOf(row)
  }
  return {
    link(connectionId) {
      const connection = topology.connections.get(connectionId)
      const carrier = connection?.role === 'hosted' ? (connection.parentId ?? connectionId) : connectionId
      return { ...observation(carrier), macSecUp: false }
    },
    bundle: observation,
    session: observation,
    routes: (bgpPeerId) => seen.get(bgpPeerId)?.accepted ?? [],
    advertised: (bgpPeerId) => seen.get(bgpPeerId)?.advertised ?? [],
    history: () => undefined,
  }
}

function observationOf({ up, firstUpAt, since, lastError }: Sighting): Observation {
  return { up, firstUpAt, since, lastError }
}
