import { parseArguments } from '../arguments.ts'
import type { Command, Entries, Entry, Family } from '../command.ts'
import type { Context } from '../context.ts'
import { callCommand } from './call-command.ts'
import { type Call, callsOf } from './calls.ts'
import { nameOf } from './names.ts'
import { operatorOptions, serverSaid } from './options.ts'

/** `crossconnect operator connections approve dxcon-…`: whatever the server says that its operator API has. */
export const operator: Family = {
  summary: 'makes the calls of the operator API',
  notes: 'The commands come from the server, which has to be running, also for this help.',
  options: operatorOptions,
  examples: [
    'crossconnect operator connections approve dxcon-0a1b2c3d',
    'crossconnect operator clock advance --seconds 86400',
    'crossconnect operator faults inject --target dxcon-0a1b2c3d --kind down',
  ],
  entries: async (context, words) => entriesOf(await callsOf(await endpointIn(context, words))),
}

/** Of the words only those that say which server to ask; the others may be options of a command that is not known yet. */
async function endpointIn(context: Context, words: readonly string[]): Promise<URL> {
  const said = words.flatMap((word, index) => {
    const [label = '', joined] = word.split('=', 2)
    if (label !== '--endpoint-url' && label !== '--profile') return []
    return joined === undefined ? [word, words[index + 1] ?? ''] : [word]
  })
  return (await serverSaid(context, parseArguments(said, operatorOptions))).endpoint
}

function entriesOf(calls: readonly Call[]): Entries {
  const nouns = Map.groupBy(calls, (call) => nameOf(call).noun)
  return Object.fromEntries([...nouns].map(([noun, ofNoun]) => [noun, nounEntry(noun, ofNoun)]))
}

function nounEntry(noun: string, calls: readonly Call[]): Entry {
  const [first] = calls
  if (first !== undefined && nameOf(first).verb === null)
    return { summary: first.summary, load: async (): Promise<Command> => callCommand(first) }
  const entries: Entries = Object.fromEntries(
    calls.map((call) => [nameOf(call).verb, { summary: call.summary, load: async () => callCommand(call) }]),
  )
  const verbs = Object.keys(entries)
  const family: Family = {
    summary: verbs.join(', '),
    options: operatorOptions,
    examples: [`crossconnect operator ${noun} ${verbs[0]} --help`],
    entries: async () => entries,
  }
  return { summary: family.summary, load: async () => family }
}
