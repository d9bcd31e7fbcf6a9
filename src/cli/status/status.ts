import type { Command, Given } from '../command.ts'
import { connect } from '../connection/connection.ts'
import { connectionOptions } from '../connection/options.ts'
import type { Context } from '../context.ts'
import { jsonForTerminal } from '../output/json.ts'
import { gather } from './gather.ts'
import { type Item, isUp } from './item.ts'
import { itemsOf } from './items.ts'
import { treeOf } from './tree.ts'

/** `crossconnect status` */
export const status: Command = {
  summary: 'shows what the account has, and why something is not up',
  options: {
    output: { value: 'FORMAT', meaning: 'how it is printed', choices: ['tree', 'json'], fallback: 'tree' },
    ...connectionOptions,
  },
  examples: ['crossconnect status', 'crossconnect status --region eu-west-1 --output json'],
  run,
}

async function run(context: Context, given: Given): Promise<number> {
  const { stdout } = context
  const connection = await connect(context, given)
  const { region, endpoint } = connection
  const items = itemsOf(await gather(connection))
  if (given.text('output') === 'json') {
    const text = `${JSON.stringify({ region, endpoint: endpoint.origin, items }, null, 4)}\n`
    stdout.write(stdout.isTerminal ? jsonForTerminal(text) : text)
    return 0
  }
  stdout.write(`${region} at ${endpoint.origin}: ${summary(items)}\n\n${treeOf(items, stdout)}`.trimEnd().concat('\n'))
  return 0
}

function summary(items: readonly Item[]): string {
  const all = allOf(items)
  const notUp = all.filter(({ state }) => !isUp(state)).length
  if (all.length === 0) return 'the account has nothing here'
  if (notUp === 0) return all.length === 1 ? 'it is up' : `all ${all.length} are up`
  return `${notUp} of ${all.length} ${notUp === 1 ? 'is' : 'are'} not up`
}

const allOf = (items: readonly Item[]): readonly Item[] => items.flatMap((item) => [item, ...allOf(item.children)])
