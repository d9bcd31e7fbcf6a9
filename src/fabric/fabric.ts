import type { Desired } from '../product/desired/desired.ts'
import type { Observed } from '../product/observed.ts'
import type { Seen } from '../product/sightings/seen.ts'
import type { Reads } from '../product/snapshot.ts'
import type { Topology } from '../product/topology.ts'

/** What carries the packets. The engine knows this contract only; `main.ts` picks the fabric. */
export interface Fabric {
  readonly name: 'simulated' | 'linux'
  /** What is seen of a topology at `reads.now`. Reads sets of records, never one a row. */
  observe(reads: Reads & { readonly now: number }, topology: Topology): Promise<Observed>
}

/** What a connection or virtual interface has carried since it is there, frames and all. Ingress comes from the customer. */
export interface Traffic {
  readonly kind: 'connection' | 'virtual-interface'
  readonly id: string
  readonly bytesIngress: number
  readonly packetsIngress: number
  readonly bytesEgress: number
  readonly packetsEgress: number
  /** Frames that arrived damaged, or could not be sent. */
  readonly errors: number
}

/** The side of a fabric that acts. A fabric that only computes has none. */
export interface FabricDriver {
  /**
   * Makes the fabric look like `desired`, whatever it looks like: applying the same twice changes nothing, and what is
   * the same as before is not touched. What cannot be done now is seen in `look` and tried again by the next call.
   */
  apply(desired: Desired): Promise<void>
  /** What is seen at this moment of all that was applied. */
  look(): Promise<readonly Seen[]>
  /** What connections and virtual interfaces have carried. */
  count(): readonly Traffic[]
  /** Is called whenever something may have changed that nobody asked for, such as a link or a session. */
  onChange(listener: () => void): void
  /** Lets go of the fabric, which goes on carrying traffic; or takes it down, so that nothing is left of it. */
  end(how: 'keep' | 'remove'): Promise<void>
}
