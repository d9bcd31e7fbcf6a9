import type { Observed } from '../product/observed.ts'
import type { Reads } from '../product/snapshot.ts'
import type { Topology } from '../product/topology.ts'

/** What carries the packets. The engine knows this contract only; `main.ts` picks the fabric. */
export interface Fabric {
  readonly name: 'simulated' | 'linux'
  /** What is seen of a topology at `reads.now`. Reads sets of records, never one a row. */
  observe(reads: Reads & { readonly now: number }, topology: Topology): Promise<Observed>
}
