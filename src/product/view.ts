import type { Observed } from './observed.ts'
import type { Snapshot } from './snapshot.ts'
import { loadTopology, type Roots, type Topology } from './topology.ts'

/** What showing a resource needs beside its own facts: who looks, when, at what, and what the fabric sees of it. */
export interface View {
  readonly now: number
  /** The account that looks. */
  readonly viewer: string
  readonly topology: Topology
  readonly observed: Observed
}

/** The view of some resources: a handful of reads, however many they are. */
export async function viewOf(snapshot: Snapshot, roots: Roots): Promise<View> {
  const topology = await loadTopology(snapshot, roots)
  return { now: snapshot.now, viewer: snapshot.caller.accountId, topology, observed: await snapshot.observe(topology) }
}
