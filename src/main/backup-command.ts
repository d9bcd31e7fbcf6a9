import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, type Given, UsageError } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import { printable } from '../cli/printable.ts'
import { progress } from '../cli/wait/progress.ts'
import { backUp } from './backup.ts'
import { orSay, placeIn, placeOptions } from './place.ts'

/** `crossconnect backup FILE` */
export const backupCommand: Command = {
  summary: 'copies everything but the key into a file, also while a server runs',
  notes:
    'The file holds what was committed at one instant. What is secret in it is sealed with the key in secret.key of the data directory: keep that too, elsewhere.',
  positionals: [{ name: 'FILE', meaning: 'where to' }],
  options: { ...placeOptions, force: { value: null, meaning: 'replace the file if there is one' } },
  examples: [
    'crossconnect backup monday.sqlite',
    'crossconnect backup /backups/crossconnect.sqlite --data ./data --force',
  ],
  run,
}

async function run(context: Context, given: Given): Promise<number> {
  const place = placeIn(context, given)
  const [file = ''] = given.positionals
  checkFile(file, place.data, given.flag('force') === true)
  const startedAt = context.now()
  const shown = progress(context.stderr, `backup of ${place.data}`, () => context.now() - startedAt)
  try {
    // By tenths, since where there is no terminal each is a line.
    await orSay(backUp(place, file, (done) => shown.state(`${Math.floor(done * 10) * 10} %`)))
  } finally {
    shown.end()
  }
  const key = place.secretKey === undefined ? join(place.data, 'secret.key') : 'CROSSCONNECT_SECRET_KEY'
  const kilobytes = Math.ceil(statSync(file).size / 1_000)
  context.stdout.write(printable(`${file}: ${kilobytes} kB; it is of use only with the key in ${key}`).concat('\n'))
  return 0
}

/** Throws UsageError where something is in the way; the database itself always is. */
function checkFile(file: string, data: string, force: boolean): void {
  if (file === '') throw new UsageError('FILE is empty')
  if (resolve(file, '..') === resolve(data))
    throw new UsageError(`${file}: it lies in the data directory, which it would be lost with`)
  const there = statSync(file, { throwIfNoEntry: false })
  if (there === undefined) return
  if (!there.isFile()) throw new UsageError(`${file}: it is no file that could be replaced`)
  if (!force) throw new UsageError(`${file}: there is such a file already; --force replaces it`)
}
