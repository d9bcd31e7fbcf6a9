import { existsSync } from 'node:fs'
import { type Command, type Given, UsageError } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import { printable } from '../cli/printable.ts'
import { sqlitePath } from '../store/sqlite-file.ts'
import { restore } from './backup.ts'
import { orSay, placeIn, placeOptions } from './place.ts'

/** `crossconnect restore FILE` */
export const restoreCommand: Command = {
  summary: 'puts a backup in the place of what a data directory holds',
  notes:
    'No server may be using the directory, and secret.key in it has to be the key from when the backup was made. The backup is checked first; what is no whole backup changes nothing.',
  positionals: [{ name: 'FILE', meaning: 'what backup has written' }],
  options: { ...placeOptions, force: { value: null, meaning: 'replace what the directory holds' } },
  examples: ['crossconnect restore monday.sqlite', 'crossconnect restore monday.sqlite --data ./data --force'],
  run,
}

async function run(context: Context, given: Given): Promise<number> {
  const place = placeIn(context, given)
  const [file = ''] = given.positionals
  if (given.flag('force') !== true && existsSync(sqlitePath(place.data)))
    throw new UsageError(`--data ${place.data}: it holds a database already; --force replaces it`)
  await orSay(restore(place, file))
  context.stdout.write(printable(`${place.data} is as it was when ${file} was written`).concat('\n'))
  return 0
}
