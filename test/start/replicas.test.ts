// Several servers on one PostgreSQL database: whichever of them is asked, it is one installation.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { auditedRequests, brokenIn } from '../invariants/invariants.ts'
import { accounts, type Ledger, prepare, underLoad, untrue } from '../invariants/load.ts'
import { rowsOfPostgres } from '../invariants/rows.ts'
import { disagreements } from '../invariants/seen.ts'
import { skipWithout } from '../tools/clients.ts'
import { type Cluster, postgresCluster, postgresPrograms, start } from '../tools/postgres.ts'
import { type Answer, call } from '../wire/signed.ts'
import { type Running, ran, started, temporary } from './process.ts'

const withPostgres = skipWithout('several servers on PostgreSQL', postgresPrograms)

interface Replicas extends AsyncDisposable {
  readonly servers: readonly Running[]
  /** The database that they share. */
  readonly database: string
  /** The URL of the next server in turn that is alive. */
  readonly next: () => string
  /** A call of the next server in turn that is alive; a load balancer would do the same. */
  ask(target: string, body: object, key?: string): Promise<Answer>
  operator(method: string, path: string, body?: object): Promise<Response>
  kill(server: Running): Promise<void>
}

let databases = 0

async function replicas(count: number, { cluster, args = [] }: Partial<Wish> = {}): Promise<Replicas> {
  await using stack = new AsyncDisposableStack()
  const database = (cluster ?? (await postgresCluster())).database(`replicas_${++databases}`)
  const environment = { CROSSCONNECT_SECRET_KEY: randomBytes(32).toString('base64') }
  const alive = await Promise.all(
    Array.from({ length: count }, async () => {
      const home = stack.use(temporary())
      return stack.use(await started(home.path, { args: ['--database', database, ...args], environment }))
    }),
  )
  const servers = [...alive]
  let turn = 0
  const next = () => {
    const server = alive[turn++ % alive.length]
    assert.ok(server !== undefined)
    return server.url
  }
  const all = stack.move()
  return {
    servers,
    database,
    next,
    ask: (target, body, key = 'test') => call(next(), { target, body: JSON.stringify(body), key }),
    operator: (method, path, body) =>
      fetch(`${next()}/operator/v1${path}`, {
        method,
        headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async kill(server) {
      alive.splice(alive.indexOf(server), 1)
      await server.end('SIGKILL')
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

interface Wish {
  readonly cluster: Cluster
  readonly args: readonly string[]
}

const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).toSorted()

test('the same VLAN ordered from several servers at once is granted once', withPostgres, async () => {
  await using world = await replicas(3, { args: ['--timing', 'instant'] })
  const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'c' }
  const { connectionId } = (await world.ask('CreateConnection', order)).json
  for (const vlan of [101, 102, 103]) {
    const wish = { virtualInterfaceName: 'v', vlan, asn: 65_000, virtualGatewayId: 'vgw-0123456789abcdef0' }
    const orders = Array.from({ length: 6 }, () =>
      world.ask('CreatePrivateVirtualInterface', { connectionId, newPrivateVirtualInterface: wish }),
    )
    assert.deepEqual(statuses(await Promise.all(orders)), [200, 400, 400, 400, 400, 400], `VLAN ${vlan}`)
  }
  const { virtualInterfaces } = (await world.ask('DescribeVirtualInterfaces', {})).json
  assert.equal(virtualInterfaces.length, 3)
})

test('the last port ordered from several servers and accounts at once is granted once', withPostgres, async () => {
  await using world = await replicas(3)
  await world.operator('POST', '/locations', { code: 'SMALL1', name: 'Small', region: 'us-east-1' })
  await world.operator('POST', '/devices', { locationCode: 'SMALL1', ports: { '1Gbps': 4 } })
  const orders = Array.from({ length: 12 }, (_, n) =>
    world.ask(
      'CreateConnection',
      { location: 'SMALL1', bandwidth: '1Gbps', connectionName: `c${n}` },
      `${n % 4}`.repeat(12),
    ),
  )
  const answers = await Promise.all(orders)
  assert.equal(answers.filter(({ status }) => status === 200).length, 4)
  for (const { json, status } of answers) if (status !== 200) assert.match(json.message, /no available ports/)
  const { ports } = JSON.parse(await (await world.operator('GET', '/ports?locationCode=SMALL1')).text())
  const holders = ports.map(({ connectionId }: { connectionId: string }) => connectionId)
  assert.equal(new Set(holders).size, 4)
})

test('a quota holds however many servers count', withPostgres, async () => {
  await using world = await replicas(3)
  const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'c' }
  const answers = await Promise.all(Array.from({ length: 15 }, () => world.ask('CreateConnection', order)))
  assert.equal(answers.filter(({ status }) => status === 200).length, 10)
})

test('the clock that one server is told to move is that of all, from its answer on', withPostgres, async () => {
  await using world = await replicas(3)
  const ask = async (method: string, body?: object) =>
    JSON.parse(await (await world.operator(method, '/clock', body)).text())
  for (let days = 1; days <= 20; days++) {
    const moved = await ask('POST', { advanceSeconds: 86_400 })
    for (const { now, offsetSeconds } of await Promise.all(world.servers.map(() => ask('GET')))) {
      assert.equal(offsetSeconds, days * 86_400)
      assert.ok(now >= moved.now, `${now} after ${moved.now}`)
    }
  }
})

test(
  'servers that start at once with one seed make its world once, and know the same of it',
  withPostgres,
  async () => {
    await using world = await replicas(3, { args: ['--seed', 'terraform'] })
    const worlds = world.servers.map(({ stdout }) => stdout().match(/^export \w*(?:DX_|INTERFACE_)\w+=.+$/gm))
    assert.ok(worlds[0] !== null && worlds[0] !== undefined && worlds[0].length > 5)
    for (const each of worlds) assert.deepEqual(each, worlds[0])
    const { connections } = JSON.parse(await (await world.operator('GET', '/connections')).text())
    assert.equal(connections.length, 3)
  },
)

test('a database of a later version, or sealed with another key, is refused in one line', withPostgres, async () => {
  const cluster = await postgresCluster()
  const database = cluster.database('refused')
  using home = temporary()
  {
    await using server = await started(home.path, { args: ['--database', database] })
    await server.end()
  }
  const start = (environment = {}) => ran(['--port', '0', '--data', home.path, '--database', database], environment)
  const otherKey = await start({ CROSSCONNECT_SECRET_KEY: randomBytes(32).toString('base64') })
  cluster.psql('refused', 'UPDATE schema_version SET version = 99')
  const later = await start()
  assert.match(otherKey.stderr, /^crossconnect: --database [^\n]*refused: the key is not the key that sealed[^\n]*\n$/)
  assert.match(
    later.stderr,
    /^crossconnect: --database [^\n]*refused: the database was made by a later version[^\n]*\n$/,
  )
  assert.deepEqual([otherKey.code, later.code], [2, 2])
})

const rounds = process.env['CROSSCONNECT_LONG'] === '1' ? 10 : 1

test(
  'a server that is killed in the middle of load loses nothing it had answered, and the others go on',
  withPostgres,
  async (t) => {
    for (let round = 0; round < rounds; round++) {
      await using world = await replicas(3, { args: ['--quotas', 'none', '--timing', 'instant'] })
      const ledger = await worked(world, async (answered) => {
        for (const [index, server] of world.servers.slice(0, 2).entries()) {
          await answered(30 * (index + 1) + Math.random() * 20)
          await world.kill(server)
        }
        await answered(100)
      })
      assert.ok(ledger.longestGapMs < 5_000, `${ledger.longestGapMs} ms without an answer`)
      t.diagnostic(`${ledger.acknowledged.length} changes; ${ledger.longestGapMs.toFixed(0)} ms without an answer`)
    }
  },
)

test(
  'when the database is killed nothing that was answered is lost, and the servers go on when it is back',
  withPostgres,
  async (t) => {
    const cluster = await start()
    await using world = await replicas(2, { args: ['--quotas', 'none', '--timing', 'instant'], cluster })
    for (let round = 0; round < rounds; round++) {
      const { acknowledged } = await worked(world, async (answered) => {
        await answered(40 + Math.random() * 40)
        process.kill(cluster.pid, 'SIGKILL')
        await delay(300)
        await cluster.startAgain()
        await answered(120)
      })
      t.diagnostic(`${acknowledged.length} changes were answered around the kill`)
    }
    assert.equal((await world.ask('CreateDirectConnectGateway', { directConnectGatewayName: 'after' })).status, 200)
  },
)

/** Customers work until `meanwhile` is over; then all that they were told is true, and all that is stored is sound. */
async function worked(world: Replicas, meanwhile: Parameters<typeof underLoad>[1]): Promise<Ledger> {
  const site = await prepare(world.next())
  const ledger = await underLoad({ count: 12, url: world.next, ...site }, meanwhile)
  // What could not be made durable is answered with a failure that says that it was not.
  for (const each of ledger.strange) assert.match(each, /DirectConnectServerException/)
  const rows = await rowsOfPostgres(world.database)
  assert.deepEqual(brokenIn(rows), [])
  assert.deepEqual(await disagreements(world.next(), rows, accounts), [])
  assert.deepEqual(await untrue(world.next(), ledger), [])
  const audited = auditedRequests(rows)
  assert.deepEqual(
    ledger.acknowledged.filter((request) => !audited.has(request)),
    [],
  )
  return ledger
}
