import type { FailoverTest } from './bgp/failover-tests/failover-test.ts'
import type { Connection } from './connections/connection.ts'
import type { Lag } from './lags/lag.ts'
import { reached } from './lifecycle.ts'
import type { Reads } from './snapshot.ts'
import type { VirtualInterface } from './virtual-interfaces/virtual-interface.ts'

/** Some resources with everything that carries them, down to the ports: what a state has to look at. */
export interface Topology {
  readonly connections: ReadonlyMap<string, Connection>
  readonly lags: ReadonlyMap<string, Lag>
  /** The connections of each LAG that have not ended, oldest first. */
  readonly members: ReadonlyMap<string, readonly Connection[]>
  readonly virtualInterfaces: ReadonlyMap<string, VirtualInterface>
  /** The failover tests of each virtual interface, oldest first. */
  readonly failoverTests: ReadonlyMap<string, readonly FailoverTest[]>
}

/** What to begin with. */
export type Roots = {
  readonly connections?: readonly Connection[]
  readonly lags?: readonly Lag[]
  readonly virtualInterfaces?: readonly VirtualInterface[]
}

/** Loads what carries the roots, a whole layer in one read: virtual interface, hosted connection, its parent, members. */
export async function loadTopology(snapshot: Reads & { readonly now: number }, roots: Roots): Promise<Topology> {
  const connections = new Map(roots.connections?.map((c) => [c.id, c]))
  const lags = new Map(roots.lags?.map((lag) => [lag.id, lag]))

  const load = async (ids: readonly (string | null)[]) => {
    const wanted = [...new Set(ids)].filter((id) => id !== null)
    const missing = wanted.filter((id) => !connections.has(id) && !lags.has(id))
    if (missing.length === 0) return
    for (const c of await snapshot.getAll('connection', missing.filter(isConnectionId))) connections.set(c.id, c)
    for (const lag of await snapshot.getAll(
      'lag',
      missing.filter((id) => !isConnectionId(id)),
    ))
      lags.set(lag.id, lag)
  }
  await load(roots.virtualInterfaces?.map((vif) => vif.connectionId) ?? [])
  await load([...connections.values()].map((c) => c.parentId))
  await load([...connections.values()].map((c) => c.lagId))

  const members = new Map<string, Connection[]>([...lags.keys()].map((id) => [id, []]))
  for (const member of await snapshot.list('connection', 'lag', [...lags.keys()])) {
    if (member.lagId === null || reached(member.deletedAt, snapshot.now)) continue
    members.get(member.lagId)?.push(member)
    connections.set(member.id, member)
  }
  const virtualInterfaces = new Map(roots.virtualInterfaces?.map((vif) => [vif.id, vif]))
  const tests = await snapshot.list('failover-test', 'virtual-interface', [...virtualInterfaces.keys()])
  const failoverTests = Map.groupBy(tests, (test) => test.virtualInterfaceId)
  return { connections, lags, members, virtualInterfaces, failoverTests }
}

/** Connections, interconnects and hosted connections share one form of id; what else carries something is a LAG. */
export function isConnectionId(id: string): boolean {
  return id.startsWith('dxcon-')
}

/** The device where a connection or LAG ends on our side: its own, or that of what hosts it. */
export function deviceBeneath({ connections, lags }: Topology, id: string): string | undefined {
  const connection = connections.get(id)
  const parentId = connection?.parentId ?? ''
  const ends = [connection, lags.get(id), connections.get(parentId), lags.get(parentId)]
  return ends.find((end) => (end?.deviceId ?? null) !== null)?.deviceId ?? undefined
}
