// `npm run bench:fabric`: what the linux fabric takes and loses, with real packets.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkNeeds } from '../../src/lab/need.ts'
import type { Row } from './figure.ts'
import { verdictOf } from './figure.ts'
import { figures } from './figures.ts'
import { loadNow, machine } from './machine.ts'
import { table } from './table.ts'

const usage = `npm run bench:fabric                       every figure, as a table and as JSON
npm run bench:fabric -- --only NAME        this one; it may be said several times

${Object.entries(figures)
  .map(([name, { summary }]) => `  ${name.padEnd(18)} ${summary}`)
  .join('\n')}

It needs root and what a lab needs. It builds labs of its own, and removes them.
The exit code is 1 if a target was missed or a figure could not be taken.
`

/** All figures together take no longer than this, minutes. */
const longestMinutes = 25

process.exitCode = await main()

async function main(): Promise<number> {
  const only = readArguments()
  if (typeof only === 'number') return only
  checkNeeds()
  const interruption = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort())
  const interrupted = AbortSignal.any([interruption.signal, AbortSignal.timeout(longestMinutes * 60_000)])
  const begun = { at: new Date(), load: loadNow() }
  const say = (line: string): void => console.error(`${seconds(begun.at)}  ${line}`)

  const rows: Row[] = []
  const failed: { readonly name: string; readonly why: string }[] = []
  for (const [name, { summary, measure }] of Object.entries(figures)) {
    if (!only.includes(name) || interrupted.aborted) continue
    say(`${name}: ${summary}`)
    try {
      rows.push(...(await measure({ say: (line) => say(`  ${line}`), interrupted })))
    } catch (error) {
      const why = interrupted.aborted ? 'it was interrupted' : error instanceof Error ? error.message : String(error)
      failed.push({ name, why })
      say(`  it could not be taken: ${why}`)
    }
  }

  const about = { ...(await machine()), loadBefore: begun.load, loadAfter: loadNow() }
  for (const line of table(rows, about)) console.log(line)
  for (const { name, why } of failed) console.log(`${name} could not be taken: ${why}`)
  if (interrupted.aborted) return 1
  const file = write(only, { begunAt: begun.at.toISOString(), ...about, rows: rows.map(judged), failed })
  console.log(`written to ${file}`)
  return failed.length === 0 && rows.every((row) => verdictOf(row) !== 'missed') ? 0 : 1
}

/** The names of the figures that are wanted, or an exit code. */
function readArguments(): readonly string[] | number {
  try {
    const options = { only: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } } as const
    const { values } = parseArgs({ options })
    if (values.help === true) {
      console.log(usage)
      return 0
    }
    const unknown = values.only?.find((name) => !Object.hasOwn(figures, name))
    if (unknown !== undefined) throw new Error(`there is no figure '${unknown}'`)
    return values.only ?? Object.keys(figures)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    return 2
  }
}

function judged(row: Row) {
  return { ...row, verdict: verdictOf(row) }
}

/** One file a day, and one for each choice of figures: what was measured last. Returns where. */
function write(
  names: readonly string[],
  result: { readonly begunAt: string; readonly [more: string]: unknown },
): string {
  const folder = join(import.meta.dirname, '../results')
  mkdirSync(folder, { recursive: true })
  const day = result.begunAt.slice(0, 10)
  const chosen = names.length === Object.keys(figures).length ? [] : names
  const file = join(folder, `${['fabric', day, ...chosen].join('-')}.json`)
  writeFileSync(file, `${JSON.stringify(result, undefined, 2)}\n`)
  return `bench/results/${file.slice(folder.length + 1)}`
}

function seconds(since: Date): string {
  return `${((Date.now() - since.getTime()) / 1_000).toFixed(1).padStart(6)} s`
}
