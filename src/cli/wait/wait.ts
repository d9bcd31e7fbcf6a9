import { type Command, type Entries, type Family, type Given, UsageError } from '../command.ts'
import { connect } from '../connection/connection.ts'
import { connectionOptions } from '../connection/options.ts'
import type { Context } from '../context.ts'
import { waitUntil } from './until.ts'
import { type Waitable, waitables } from './waitables.ts'

/** `crossconnect wait connection available --id dxcon-…` */
export const wait: Family = {
  summary: 'waits until something is in a state',
  options: {},
  examples: [
    'crossconnect wait connection available --id dxcon-0a1b2c3d',
    'crossconnect wait virtual-interface down --id dxvif-0a1b2c3d --timeout 60',
  ],
  entries: async () => entries,
}

const entries: Entries = Object.fromEntries(
  Object.entries(waitables).map(([name, waitable]) => [
    name,
    { summary: summaryOf(waitable), load: async () => waitFor(name, waitable) },
  ]),
)

function summaryOf({ title }: Waitable): string {
  return `waits until ${/^[aeiou]/.test(title) ? 'an' : 'a'} ${title} is in a state`
}

/** What most people wait for. */
const usual = new Set(['available', 'associated'])

function waitFor(name: string, waitable: Waitable): Command {
  const { title, states, example } = waitable
  return {
    summary: summaryOf(waitable),
    notes:
      'Ends with 0 when the state is there, with 1 when the time is over or when the state cannot come any more, as after a deletion. The state in between goes to standard error.',
    positionals: [{ name: 'STATE', meaning: 'the state to wait for', choices: states }],
    options: {
      id: { value: 'ID', meaning: `of the ${title}`, required: true },
      timeout: { value: 'SECONDS', meaning: 'how long to wait at most; 0 looks once', fallback: '600' },
      ...connectionOptions,
    },
    examples: [`crossconnect wait ${name} ${states.find((state) => usual.has(state))} --id ${example}`],
    run: (context, given) => run(context, given, waitable),
  }
}

async function run(context: Context, given: Given, waitable: Waitable): Promise<number> {
  const timeoutSeconds = secondsIn(given.text('timeout') ?? '600')
  const [wanted = ''] = given.positionals
  const connection = await connect(context, given)
  return waitUntil(context, connection, waitable, { id: given.text('id') ?? '', wanted, timeoutSeconds })
}

function secondsIn(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new UsageError(`--timeout ${text || "''"}: it must be a whole number of seconds`)
  return Number(text)
}
