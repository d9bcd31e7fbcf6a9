import { reached } from './lifecycle.ts'
import type { Observed } from './observed.ts'
import type { Snapshot } from './snapshot.ts'
import { loadTopology, type Roots, type Topology } from './topology.ts'
import { carriedOn, endOf, type VirtualInterface } from './virtual-interfaces/virtual-interface.ts'

/** What showing a resource needs beside its own facts: who looks, when, at what, and what the fabric sees of it. */
export interface View {
  readonly now: number
  /** The account that looks. */
  readonly viewer: string
  readonly topology: Topology
  readonly observed: Observed
  /** The virtual interfaces that have not ended, by the connection or LAG among the roots that carries them. */
  readonly carried: ReadonlyMap<string, readonly VirtualInterface[]>
}

/** The view of some resources: a handful of reads, however many they are. */
export async function viewOf(snapshot: Snapshot, roots: Roots): Promise<View> {
  return { ...(await viewWithoutCarried(snapshot, roots)), carried: await carriedBy(snapshot, roots) }
}

/** Enough for states, and for what the same request has made: nothing can be on it yet. */
export async function viewWithoutCarried(snapshot: Snapshot, roots: Roots): Promise<View> {
  const topology = await loadTopology(snapshot, roots)
  return {
    now: snapshot.now,
    viewer: snapshot.caller.accountId,
    topology,
    observed: await snapshot.observe(topology),
    carried: new Map(),
  }
}

/** Ports that host others, and ports in a LAG, carry none themselves. */
async function carriedBy(snapshot: Snapshot, { connections = [], lags = [] }: Roots): Promise<View['carried']> {
  const carrying = connections.filter(({ role, lagId }) => role !== 'interconnect' && lagId === null)
  const all = await snapshot.list('virtual-interface', 'partyOn', [...carrying, ...lags].map(carriedOn))
  const alive = all.filter((vif) => !reached(endOf(vif), snapshot.now))
  return Map.groupBy(alive, (vif) => vif.connectionId)
}
