import type { Entries } from '../command.ts'
import type { Context } from '../context.ts'
import { operationEntry, operationNames } from '../operations/entries.ts'
import { printable } from '../printable.ts'
import { candidatesFor } from './candidates.ts'

/** What the scripts of `crossconnect completion` call at each press of the key: a candidate a line, a tab, its meaning. */
export async function complete(words: readonly string[], context: Context, entries: Entries): Promise<void> {
  const operations = Object.fromEntries(
    operationNames.flatMap((name) => {
      const entry = operationEntry(name)
      return entry === undefined ? [] : [[name, entry] as const]
    }),
  )
  const found = await candidatesFor(words, context, { ...operations, ...entries })
  context.stdout.write(found.map(({ text, meaning }) => `${printable(text)}\t${printable(meaning)}\n`).join(''))
}
