import type { Workshop } from './workshop.ts'

/** A lab: what is built, how, and what has to be seen then. */
export interface Lab {
  /** One line. */
  readonly summary: string
  /** The topology, in lines of at most 78 columns. */
  readonly picture: string
  /** What its server is started with besides what every lab's is. */
  readonly serverFlags?: readonly string[]
  /** Orders and cables everything, in the order in which a customer would. */
  readonly build: (workshop: Workshop) => Promise<void>
  /** Who reaches whom once everything is up. The first one is what `lab fail` sends packets along. */
  readonly reaches: readonly (readonly [from: string, to: string])[]
  /** What should be seen, in sentences. */
  readonly expected: readonly string[]
  /** What to try next: what stands after `crossconnect lab`, in a shell. */
  readonly next: readonly string[]
}
