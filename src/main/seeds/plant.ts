import { createEngine, type EngineParts } from '../../engine/perform.ts'
import { Fault } from '../../product/fault.ts'
import { type Options, UsageError } from '../options.ts'
import { type SeedEnvironment, type SeedName, seeds } from '../seeds.ts'
import { atOnce, createSeeding } from './seeding.ts'

/**
 * Makes a prepared world through the operations that its accounts would use, on an engine for which nothing takes time
 * and no operator is waited for, whatever this server was told. It is for when nobody can ask for anything yet.
 */
export async function plant(
  seedName: SeedName,
  parts: EngineParts,
  { developmentCredentials }: Pick<Options, 'developmentCredentials'>,
): Promise<SeedEnvironment> {
  const { region, make } = await seeds[seedName]()
  const settings = { ...parts.settings, timing: atOnce, provisioning: 'automatic' } as const
  const engine = createEngine({ ...parts, settings })
  const { store, clock } = parts
  try {
    return await make(createSeeding({ engine, store, clock, seedName, region, developmentCredentials }))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new UsageError(`--seed ${seedName}: ${error.message}`)
  }
}
