import { CommandError, type Given, UsageError as WrongWords } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import { flags, type Options, parseOptions, UsageError } from './options.ts'

const { data, database } = flags

/** The flags of the server that say where everything is, for commands that want nothing else of them. */
export const placeOptions = {
  data: { value: data.value, meaning: data.meaning, fallback: data.fallback },
  // Known, so that it can be said why not; the environment may hold it for the server.
  database: { value: database.value, meaning: database.meaning, hidden: true },
} as const

/** What the command line and the environment say of it, as for the server. Throws the command line's UsageError. */
export function placeIn({ environment }: Context, given: Given): Pick<Options, 'data' | 'database' | 'secretKey'> {
  const args = Object.keys(placeOptions).flatMap((name) => {
    const value = given.text(name)
    return value === undefined ? [] : [`--${name}=${value}`]
  })
  try {
    const options = parseOptions(args, environment)
    if (options !== 'help') return options
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new WrongWords(error.message)
  }
  throw new WrongWords('--help stands alone')
}

/** What is wrong with a place or a file shows only when it is used: that is no mistake in the words. */
export async function orSay<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof UsageError ? new CommandError(error.message) : error
  }
}
