import { kind, type Stored } from '../kind.ts'

/** A prepared world that this installation began with: what was made of it so far. Its id is its name. */
export interface Seed extends Stored {
  /** The ids of what was made, by what they are in that world, such as `connection`. */
  readonly made: Readonly<Record<string, string>>
}

export const seedKind = kind<Seed>()({
  sets: () => ({}),
  claims: () => [],
  hiddenFrom: () => null,
})
