// `npm run bench`: measures, prints a table and the same as JSON, and keeps it in bench/results. See bench/README.md.
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Bench, Figure } from './figure.ts'
import { byId } from './figures/by-id.ts'
import { createConnection, createVirtualInterface } from './figures/create.ts'
import { describeOne } from './figures/describe-one.ts'
import { describePage } from './figures/describe-page.ts'
import { replicas } from './figures/replicas.ts'
import { startUp } from './figures/start-up.ts'
import { isMet, type Line, ratioOf, table } from './line.ts'

const figures: Readonly<Record<string, Figure>> = {
  'start-up': startUp,
  'describe-one': describeOne,
  'describe-page': describePage,
  'create-connection': createConnection,
  'create-virtual-interface': createVirtualInterface,
  replicas,
  'by-id': byId,
}

const usage = `npm run bench                                 every figure; kept in bench/results
npm run bench -- describe-one by-id           only these; nothing is kept
npm run bench -- --seconds 10 --sizes 1000    longer measurements, other sizes

  figures: ${Object.keys(figures).join(', ')}`

const { bench, names } = readArguments()
const wanted = Object.entries(figures).filter(([name]) => names.length === 0 || names.includes(name))

const begun = Date.now()
const lines: Line[] = []
for (const [name, figure] of wanted) {
  const since = performance.now()
  lines.push(...(await figure(bench)))
  console.error(`${name} (${((performance.now() - since) / 1_000).toFixed(0)} s)`)
}

const results = {
  date: new Date(begun).toISOString(),
  seconds: bench.seconds,
  machine: {
    processors: availableParallelism(),
    model: cpus()[0]?.model ?? '',
    memoryGB: Math.round(totalmem() / 2 ** 30),
    // Of this, the bench itself is about two.
    loadAverage: loadavg()[0],
    node: process.version,
  },
  lines: lines.map((line) => ({ ...line, ratio: ratioOf(line), met: isMet(line) })),
}
console.log(`\n${table(lines)}\n\n${JSON.stringify(results)}`)
if (names.length === 0) {
  mkdirSync(new URL('results', import.meta.url), { recursive: true })
  const file = `results/${results.date.slice(0, 10)}.json`
  writeFileSync(new URL(file, import.meta.url), `${JSON.stringify(results, null, 2)}\n`)
  console.error(`kept in ${fileURLToPath(new URL(file, import.meta.url))}`)
}

/** Ends the process where they ask for help, or for what there is not. */
function readArguments(): { readonly bench: Bench; readonly names: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        seconds: { type: 'string', default: '4' },
        sizes: { type: 'string', default: '1000,100000,1000000' },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) {
      console.log(usage)
      process.exit(0)
    }
    const unknown = positionals.find((name) => !Object.hasOwn(figures, name))
    if (unknown !== undefined) throw new Error(`there is no figure '${unknown}'`)
    const seconds = aboveZero('--seconds', values.seconds)
    const sizes = values.sizes.split(',').map((size) => aboveZero('--sizes', size))
    return { bench: { seconds, sizes, moto: process.env['MOTO_SERVER'] }, names: positionals }
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}\n\n${usage}`)
    process.exit(2)
  }
}

function aboveZero(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${option} ${text}: it must be a whole number above zero`)
  return Number(text)
}
