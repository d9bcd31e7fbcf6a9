import { open, rename, rm, stat } from 'node:fs/promises'
import { type Command, CommandError, type Given, UsageError } from '../command.ts'
import { connect } from '../connection/connection.ts'
import { textIn } from '../connection/json.ts'
import { connectionOptions } from '../connection/options.ts'
import type { Context } from '../context.ts'
import { printable } from '../printable.ts'
import { issuedAt, validForMs } from './issued.ts'

/** `crossconnect loa dxcon-… -o letter.pdf` */
export const loa: Command = {
  summary: 'downloads a letter (LOA-CFA) as PDF',
  notes:
    'Each download is a new letter, whose 90 days begin then. Give it to the provider of the location, who plugs the cross connect.',
  positionals: [{ name: 'ID', meaning: 'of a connection, an interconnect or a LAG' }],
  options: {
    out: { value: 'FILE', meaning: 'where to; - is standard output', short: 'o', fallback: 'ID.pdf' },
    force: { value: null, meaning: 'replace the file if there is one' },
    'provider-name': { value: 'NAME', meaning: 'who plugs it, if somebody other than yourself: the letter names them' },
    ...connectionOptions,
  },
  examples: [
    'crossconnect loa dxcon-0a1b2c3d -o letter.pdf',
    'crossconnect loa dxcon-0a1b2c3d -o - --provider-name Example > letter.pdf',
  ],
  run,
}

async function run(context: Context, given: Given): Promise<number> {
  const [id = ''] = given.positionals
  const file = given.text('out') ?? `${id}.pdf`
  const toOutput = file === '-'
  // All of this before the letter is asked for, since asking renews it.
  if (toOutput && context.stdout.isTerminal)
    throw new UsageError(
      'a letter is a PDF, which a terminal cannot show; name a file with -o, or send it to a program',
    )
  if (file === '' || (given.text('out') === undefined && /[/\\]/.test(id))) throw new UsageError('-o names no file')
  if (!toOutput) await checkPlace(file, given.flag('force') === true)
  const connection = await connect(context, given)
  const providerName = given.text('provider-name')
  const ask = async (): Promise<Uint8Array> => {
    const answer = await connection.call('DescribeLoa', {
      connectionId: id,
      ...(providerName === undefined ? {} : { providerName }),
    })
    return Buffer.from(textIn(answer, 'loaContent'), 'base64')
  }
  if (toOutput) context.stdout.write(await ask())
  else await written(file, ask)
  const issued = await issuedAt(connection, id)
  const validity =
    issued === undefined ? '' : `, issued ${dayOf(issued)}, valid until ${dayOf(issued + validForMs)} (90 days)`
  context.stderr.write(printable(`letter for ${id}${toOutput ? '' : ` in ${file}`}${validity}`).concat('\n'))
  return 0
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** Throws UsageError where something is in the way. A device or a folder is never replaced, whatever the user may do. */
async function checkPlace(file: string, force: boolean): Promise<void> {
  const there = await stat(file).catch(() => undefined)
  if (there === undefined) return
  if (!there.isFile()) throw new UsageError(`-o ${file}: it is no file that could be replaced`)
  if (!force) throw new UsageError(`-o ${file}: there is such a file already; --force replaces it`)
}

/** A file beside it is opened before the content is made, and takes its place afterwards: never half a letter. */
async function written(file: string, content: () => Promise<Uint8Array>): Promise<void> {
  const draft = `${file}.${process.pid}.part`
  try {
    await using handle = await open(draft, 'wx')
    await handle.writeFile(await content())
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    if (error instanceof Error && 'syscall' in error && 'path' in error)
      throw new CommandError(
        `-o ${file}: it cannot be written (${'code' in error ? String(error.code) : error.message})`,
      )
    throw error
  }
}
