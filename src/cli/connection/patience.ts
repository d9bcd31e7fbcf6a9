import { setTimeout } from 'node:timers/promises'
import { UsageError } from '../command.ts'
import type { Context } from '../context.ts'
import type { Settings } from './profile.ts'
import { RefusedError } from './refused.ts'

/** How often a request is sent at most: AWS_MAX_ATTEMPTS, the profile's `max_attempts`, or 3. */
export function attemptsOf({ environment }: Context, settings: Settings): number {
  const said = environment['AWS_MAX_ATTEMPTS'] || settings['max_attempts'] || '3'
  if (/^[1-9]\d{0,2}$/.test(said)) return Number(said)
  throw new UsageError(`AWS_MAX_ATTEMPTS (max_attempts) ${said}: it must be a whole number from 1 to 999`)
}

/**
 * Asks again, a little later each time, while the service says that it was asked too often. It has done nothing then, so that
 * writes may be repeated too.
 *
 * @source AWS SDKs and Tools reference, "Retry behavior", the mode `standard`
 */
export async function patiently<T>(attempts: number, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof RefusedError) || error.code !== 'ThrottlingException') throw error
      if (attempt >= attempts) throw error.after(attempt - 1)
    }
    await setTimeout(1_000 * Math.random() * Math.min(2 ** (attempt - 1), 20))
  }
}
