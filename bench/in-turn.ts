// `npm run bench:in-turn -- <other checkout>`: whether this checkout is quicker than another one. See bench/README.md.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Program } from '../test/start/process.ts'
import { type Measured, measured } from './measure.ts'
import { layOut, newWorld, portsOfDevice } from './world.ts'
import type { LoadWish } from './wrk.ts'

const usage = `npm run bench:in-turn -- ../before           orders, here and there in turn
npm run bench:in-turn -- ../before --reads   DescribeConnections instead
npm run bench:in-turn -- ../before --rounds 60

The other checkout needs its own \`npm ci\`.`

/** So many orders a second there is room for. */
const mostOrders = 12_000
/** In these V8 compiles all that matters. */
const warmUp = 8

const { other, rounds, reads } = readArguments()
await using stack = new AsyncDisposableStack()
const before = await server(other)
const now = await server()
console.error(`loading both in turn, some ${2 * (warmUp + rounds)} seconds`)
const each: { readonly rate: number; readonly processor: number }[] = []
for (let round = -warmUp; round < rounds; round++) {
  // Each is first as often as second.
  const isFirst = round % 2 === 0
  const first = await (isFirst ? now : before)()
  const second = await (isFirst ? before : now)()
  const [ours, theirs] = isFirst ? [first, second] : [second, first]
  if (round < 0) continue
  each.push({
    rate: ours.requestsPerSecond / theirs.requestsPerSecond,
    processor: ours.cpuMicros / theirs.cpuMicros,
  })
}
const what = reads ? 'DescribeConnections' : 'CreateConnection'
console.log(`${what}, ${rounds} rounds of a second each, this checkout beside ${other}:`)
console.log(`  answers a second       ${spread(each.map(({ rate }) => rate))}`)
console.log(`  processor per answer   ${spread(each.map(({ processor }) => processor))}`)

/** Loads a server of a checkout for a second. */
async function server(directory?: string): Promise<() => Promise<Measured>> {
  const program = directory === undefined ? undefined : programIn(directory)
  const world = stack.use(await newWorld(program))
  const running = stack.use(await world.start())
  const codes = await layOut(running.url, reads ? 1 : Math.ceil(((warmUp + rounds) * mostOrders) / portsOfDevice))
  const wish: LoadWish = reads
    ? { target: 'DescribeConnections', inputs: [{}], clients: 64, seconds: 1 }
    : {
        target: 'CreateConnection',
        inputs: codes.map((location) => ({ location, bandwidth: '10Gbps', connectionName: 'bench' })),
        clients: 64,
        seconds: 1,
      }
  return async () => {
    const result = await measured(running, wish)
    if (result.refused > 0)
      throw new Error(`${directory ?? 'this checkout'} refused ${result.refused} of ${result.requests}`)
    return result
  }
}

/** The mean, and how far from it the true one is likely to be (its standard error). */
function spread(ratios: readonly number[]): string {
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length
  const squares = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0)
  return `x ${mean.toFixed(3)} ± ${Math.sqrt(squares / (ratios.length - 1) / ratios.length).toFixed(3)}`
}

function programIn(directory: string): Program {
  const words = [join(directory, 'src/main.ts'), 'serve']
  return { command: join(directory, 'node_modules/.bin/node'), words, directory, group: false }
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: {
        rounds: { type: 'string', default: '30' },
        reads: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    })
    if (values.help) {
      console.log(usage)
      process.exit(0)
    }
    const [directory] = positionals
    if (directory === undefined) throw new Error('it needs the folder of another checkout')
    const other = resolve(directory)
    if (!existsSync(join(other, 'node_modules/.bin/node')))
      throw new Error(`${other} is no checkout of crossconnect in which \`npm ci\` has run`)
    const rounds = Number(values.rounds)
    if (!Number.isInteger(rounds) || rounds < 2)
      throw new Error(`--rounds ${values.rounds}: it must be a number from 2`)
    return { other, rounds, reads: values.reads }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  }
}
