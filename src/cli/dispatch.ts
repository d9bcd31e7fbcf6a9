import { parseArguments, requireAll } from './arguments.ts'
import { type Command, type Entries, type Entry, type Family, UsageError } from './command.ts'
import type { Context } from './context.ts'
import { generalOptions } from './general-options.ts'
import { didYouMean } from './nearest.ts'

/** How far the words were understood; the way to the help that fits. */
export interface Place {
  path: string
}

/** Finds the command that the words name and runs it, or prints the help that they ask for. */
export async function runWords(
  words: readonly string[],
  context: Context,
  entries: Entries,
  place: Place,
): Promise<number> {
  const leading = countLeadingOptions(words)
  if (leading === words.length && leading > 0) throw new UsageError('a command is missing')
  const [name, ...rest] = [...words.slice(leading), ...words.slice(0, leading)]
  const isHelp = name === undefined || name === 'help' || isHelpOption(name)
  if (isHelp && rest.length === 0) {
    const { topHelp } = await import('./top-help.ts')
    context.stdout.write(topHelp(entries, context.stdout.columns))
    return 0
  }
  if (isHelp) return runWords([...rest, '--help'], context, entries, place)
  if (name === '--version') {
    context.stdout.write(`crossconnect/${(await import('./version.ts')).version}\n`)
    return 0
  }
  return runEntry(name, rest, context, place, async () => {
    if (Object.hasOwn(entries, name)) return entries[name]
    const { operationEntry, operationNames } = await import('./operations/entries.ts')
    const entry = operationEntry(name)
    if (entry !== undefined) return entry
    if (name.startsWith('-')) throw new UsageError(`unknown option ${name}`)
    throw new UsageError(`unknown command '${name}'${didYouMean(name, [...Object.keys(entries), ...operationNames])}`)
  })
}

async function runEntry(
  name: string,
  rest: readonly string[],
  context: Context,
  place: Place,
  find: () => Promise<Entry | undefined>,
): Promise<number> {
  const entry = await find()
  if (entry === undefined) throw new UsageError(`unknown command '${name}'`)
  place.path += ` ${name}`
  const found = await entry.load()
  return 'run' in found ? runCommand(found, rest, context, place) : runFamily(found, rest, context, place)
}

async function runCommand(command: Command, words: readonly string[], context: Context, place: Place) {
  const { options, positionals, excused, run } = command
  if (asksForHelp(words)) {
    const { commandHelp } = await import('./help.ts')
    context.stdout.write(commandHelp(place.path, command, context.stdout.columns))
    return 0
  }
  const given = parseArguments(words, options, positionals)
  if (!excused?.(given)) requireAll(given, options, positionals)
  return run(context, given)
}

async function runFamily(family: Family, words: readonly string[], context: Context, place: Place): Promise<number> {
  const entries = await family.entries(context, words)
  const at = words.findIndex((word) => !word.startsWith('-') && Object.hasOwn(entries, word))
  const name = words[at]
  if (name !== undefined) {
    const rest = words.filter((_, index) => index !== at)
    return runEntry(name, rest, context, place, async () => entries[name])
  }
  const [first] = words
  if (first === undefined || asksForHelp(words)) {
    const { familyHelp } = await import('./help.ts')
    context.stdout.write(familyHelp(place.path, family, entries, context.stdout.columns))
    return 0
  }
  throw new UsageError(`unknown command '${first}'${didYouMean(first, Object.keys(entries))}`)
}

const isHelpOption = (word: string) => word === '--help' || word === '-h'

/** `--help` anywhere before `--`, or `help` alone, as the AWS CLI has it. */
function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--')
  return (end === -1 ? words : words.slice(0, end)).some(isHelpOption) || (words.length === 1 && words[0] === 'help')
}

/** How many words are general options before the command, as in `--region x describe-connections`. */
function countLeadingOptions(words: readonly string[]): number {
  let count = 0
  while (count < words.length) {
    const [label = '', joined] = (words[count] ?? '').split('=', 2)
    const option = Object.entries(generalOptions).find(([name]) => label === `--${name}`)?.[1]
    if (option === undefined) break
    count += option.value === null || joined !== undefined ? 1 : 2
  }
  return Math.min(count, words.length)
}
