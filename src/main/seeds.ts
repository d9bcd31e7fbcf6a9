import type { Seeding } from './seeds/seeding.ts'

/** What a person, or a client, has to know of a prepared world: environment variables, in paragraphs with a title. */
export type SeedEnvironment = readonly {
  readonly title: string
  readonly variables: Readonly<Record<string, string>>
}[]

/** A prepared world. */
export interface Seed {
  readonly region: string
  /** Makes what is not there yet. */
  readonly make: (seeding: Seeding) => Promise<SeedEnvironment>
}

/** The prepared worlds that `--seed` knows, each loaded when it is asked for. */
export const seeds = {
  terraform: async () => (await import('./seeds/terraform.ts')).terraform,
} as const satisfies Record<string, () => Promise<Seed>>

export type SeedName = keyof typeof seeds
