import { setTimeout as pause } from 'node:timers/promises'
import { CommandError } from '../command.ts'
import type { Connection } from '../connection/connection.ts'
import { textIn } from '../connection/json.ts'
import { listAll } from '../connection/list-all.ts'
import { RefusedError } from '../connection/refused.ts'
import type { Context } from '../context.ts'
import { progress } from './progress.ts'
import { canCome, isEnd, type Waitable } from './waitables.ts'

export interface Wanted {
  readonly id: string
  readonly wanted: string
  readonly timeoutSeconds: number
}

/** Soon at first, since much takes a second or less; later so that a day of waiting is no burden. */
const firstPauseMs = 200
const longestPauseMs = 5_000

/** Looks until the state is there. Throws CommandError when it does not come. */
export async function waitUntil(
  context: Context,
  connection: Connection,
  waitable: Waitable,
  { id, wanted, timeoutSeconds }: Wanted,
): Promise<number> {
  const startedAt = context.now()
  const elapsedMs = () => context.now() - startedAt
  const show = progress(context.stderr, id, elapsedMs)
  let before: string | undefined
  let pauseMs = firstPauseMs
  try {
    while (true) {
      const state = await stateOf(connection, waitable, id)
      if (state === wanted) break
      if (state === undefined) {
        if (!isEnd(waitable, wanted)) throw new CommandError(absent(waitable, id, before, wanted))
        show.end()
        context.stdout.write(`${id} is not there${before === undefined ? '' : ' any more'}\n`)
        return 0
      }
      if (!canCome(waitable, state, wanted))
        throw new CommandError(`${id} is ${state}: it will not become ${wanted} any more`)
      const leftMs = timeoutSeconds * 1_000 - elapsedMs()
      if (leftMs <= 0) throw new CommandError(`${id} is still ${state} after ${timeoutSeconds} s, not ${wanted}`)
      before = state
      show.state(state)
      await pause(Math.min(pauseMs, leftMs))
      pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)
    }
  } finally {
    show.end()
  }
  context.stdout.write(`${id} is ${wanted}\n`)
  return 0
}

/** undefined: there is none, or not any more. */
async function stateOf(connection: Connection, waitable: Waitable, id: string): Promise<string | undefined> {
  try {
    const [found] = await listAll(connection, waitable.operation, { [waitable.id]: id }, waitable.list)
    return found && textIn(found, waitable.state)
  } catch (error) {
    // Some nouns have an empty list for an id that nobody knows, some this sentence.
    if (error instanceof RefusedError && /Could not find|does not exist/.test(error.message)) return undefined
    throw error
  }
}

function absent({ title }: Waitable, id: string, before: string | undefined, wanted: string): string {
  if (before === undefined) return `there is no ${title} ${id} in this Region and account`
  return `${id} was ${before} and is not there any more: it will not become ${wanted}`
}
