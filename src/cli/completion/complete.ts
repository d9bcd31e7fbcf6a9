import type { Entries } from '../command.ts'
import type { Context } from '../context.ts'
import { operationEntry, operationNames } from '../operations/entries.ts'
import { commandNames } from '../operations/names.ts'
import { printable } from '../printable.ts'
import { candidatesFor } from './candidates.ts'

/** What the scripts of `crossconnect completion` call at each press of the key: a candidate a line, a tab, its meaning. */
export async function complete(words: readonly string[], context: Context, entries: Entries): Promise<void> {
  const names = [...commandNames.keys()]
  const operations = Object.fromEntries(
    names.flatMap((name) => {
      const entry = operationEntry(name)
      return entry === undefined ? [] : [[name, entry] as const]
    }),
  )
  // Whoever writes a deprecated one gets its options, but nobody is led to it.
  const deprecated = new Set(names).difference(new Set(operationNames))
  const found = await candidatesFor(words, context, { ...operations, ...entries })
  const lines = found
    .filter(({ text }) => !deprecated.has(text))
    .map(({ text, meaning }) => `${printable(text)}\t${printable(meaning)}\n`)
  context.stdout.write(lines.join(''))
}
