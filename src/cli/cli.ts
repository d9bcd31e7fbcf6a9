import type { Entries } from './command.ts'
import { CommandError, UsageError } from './command.ts'
import { commands } from './commands.ts'
import { RefusedError } from './connection/refused.ts'
import type { Context } from './context.ts'
import { type Place, runWords } from './dispatch.ts'
import { printable } from './printable.ts'

/**
 * Runs a command line, given without the name of the program. Answers the exit code: 0; 1 where the service said no or
 * did not answer; 2 for a command line that cannot be.
 *
 * @param others commands that are not ours to load, such as `serve`
 */
export async function runCommandLine(words: readonly string[], context: Context, others: Entries): Promise<number> {
  const place: Place = { path: 'crossconnect' }
  const say = (text: string) => context.stderr.write(printable(text, 'lines'))
  const entries = { ...others, ...commands }
  try {
    const [word, ...rest] = words
    if (word === '__complete') {
      const { complete } = await import('./completion/complete.ts')
      await complete(rest, context, entries)
      return 0
    }
    return await runWords(words, context, entries, place)
  } catch (error) {
    if (error instanceof RefusedError) say(`\n${error.message}\n`)
    else if (error instanceof CommandError) say(`crossconnect: ${error.message}\n`)
    else if (error instanceof UsageError) {
      say(`crossconnect: ${error.message}\n'${place.path} --help' says how it is used.\n`)
      return 2
    } else throw error
    return 1
  }
}
