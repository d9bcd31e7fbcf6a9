import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Running, started, temporary } from '../../test/start/process.ts'
import { type Cluster, postgresPrograms, start } from '../../test/tools/postgres.ts'
import type { Figure } from '../figure.ts'
import { countStatements } from '../statements.ts'
import { ask, layOut } from '../world.ts'
import { load } from '../wrk.ts'

const servers = 3
const clientsOfEach = 21
const locations = 60
const counted = 20
/** Of what one order asks of the database, so many statements write. */
const writes = 4
/** Those that begin, lock, tell the others and commit. */
const around = 4

/** Several servers on one PostgreSQL, beside what its own benchmark does with as many statements of like kinds. */
export const replicas: Figure = async ({ seconds }) => {
  if (postgresPrograms === undefined) {
    console.error('SKIPPED several servers on PostgreSQL: not installed')
    return []
  }
  await using stack = new AsyncDisposableStack()
  const cluster = await start()
  const database = cluster.database('bench')
  const environment = { CROSSCONNECT_SECRET_KEY: randomBytes(32).toString('base64') }
  const serverOn = async (url: string): Promise<Running> =>
    stack.use(
      await started(stack.use(temporary()).path, {
        args: ['--database', url, '--quotas', 'none', '--timing', 'instant'],
        environment,
      }),
    )
  const counting = stack.use(await countStatements(database))
  const first = await serverOn(counting.url)
  const others: Running[] = []
  for (let n = 0; n < servers; n++) others.push(await serverOn(database))
  const codes = await layOut(first.url, locations)
  const orders = codes.map((location) => ({ location, bandwidth: '10Gbps', connectionName: 'bench' }))

  const before = counting.count()
  for (let n = 0; n < counted; n++) await ask(first.url, 'CreateConnection', orders[n] ?? {})
  const statements = Math.round((counting.count() - before) / counted)

  const all = () =>
    Promise.all(
      others.map(({ url }) =>
        load(url, { target: 'CreateConnection', inputs: orders, clients: clientsOfEach, seconds }),
      ),
    )
  await all()
  const loads = await all()
  const theirs = await pgbench(cluster, statements, seconds)
  return [
    {
      figure: `CreateConnection, PostgreSQL, ${servers} replicas, ${servers * clientsOfEach} clients`,
      measured: loads.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0),
      unit: '/s',
      p99Ms: Math.max(...loads.map(({ p99Ms }) => p99Ms)),
      refused: loads.reduce((sum, { refused }) => sum + refused, 0),
      beside: { what: `pgbench (${statements} statements, one lock)`, measured: theirs },
      targets: [{ of: 'ratio', atLeast: 0.5 }],
    },
  ]
}

/** Transactions a second of as many statements, under a lock as ours are, from as many connections. */
async function pgbench(cluster: Cluster, statements: number, seconds: number): Promise<number> {
  using home = temporary()
  const script = join(home.path, 'transaction.sql')
  const read = "SELECT facts FROM records WHERE kind = 'installation' AND id = 'installation';"
  const write = `INSERT INTO audit VALUES (gen_random_uuid()::text, 1, '000000000000', 'bench', '${'x'.repeat(1_000)}');`
  const each = (statement: string, times: number) => Array.from({ length: Math.max(0, times) }, () => statement)
  writeFileSync(
    script,
    [
      'BEGIN;',
      'SELECT pg_advisory_xact_lock(1);',
      ...each(read, statements - writes - around),
      ...each(write, writes),
      'NOTIFY bench;',
      'COMMIT;',
    ].join('\n'),
  )
  const place = ['-h', '127.0.0.1', '-p', String(cluster.port), '-U', 'crossconnect']
  const how = ['-n', '-M', 'prepared', '-c', String(servers), '-j', '1', '-T', String(seconds), '-f', script]
  const { stdout } = await promisify(execFile)(join(postgresPrograms ?? '', 'pgbench'), [...place, ...how, 'bench'])
  const [, rate] = /^tps = ([\d.]+)/m.exec(stdout) ?? []
  if (rate === undefined) throw new Error(`pgbench said: ${stdout}`)
  return Number(rate)
}
