// What a store for several servers does when its database hangs up on it, or refuses something at the last moment.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { create } from '../../src/product/operation.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import type { Lease } from '../../src/store/postgres-lease.ts'
import { NotDurable, type Writing } from '../../src/store/store.ts'
import { createVault } from '../../src/store/vault.ts'
import { skipWithout } from '../tools/clients.ts'
import { postgresCluster, postgresPrograms } from '../tools/postgres.ts'
import { until } from '../tools/until.ts'
import { gateway, nextTurn } from './stores.ts'

const withPostgres = skipWithout('a store in PostgreSQL', postgresPrograms)
const now = 10_000

const vault = createVault(randomBytes(32))
const urls = new Map<string, string>()

/** A server's store on the database of this name, which is made for the first. */
async function opened(name: string, { by = (url: string) => url, answerMs = 30_000 } = {}) {
  const cluster = await postgresCluster()
  const url = urls.get(name) ?? cluster.database(name)
  urls.set(name, url)
  const store = await openPostgres(by(url), vault, answerMs)
  return {
    store,
    database: (sql: string) => cluster.psql(name, sql),
    gateways: async () =>
      (await store.read((reading) => reading.at(now).list('gateway', 'all', '*'))).map(({ id }) => id),
    [Symbol.asyncDispose]: () => store.close(),
  }
}

test(
  'postgres: a connection that is lost between two questions of a reader ends that reader alone',
  withPostgres,
  async () => {
    await using world = await opened('lost_connection')
    const { store, database } = world
    const keep = (id: string) => store.write((writing) => writing.save([create('gateway', gateway(id))], now))
    await keep('before')
    const reader = store.read(async (reading) => {
      assert.equal((await reading.at(now).list('gateway', 'all', '*')).length, 1)
      const others = "datname = 'lost_connection' AND pid <> pg_backend_pid()"
      database(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`)
      // What the database said last arrives while the reader does something else.
      for (let turn = 0; turn < 100; turn++) await nextTurn()
      // What it has asked before it would remember.
      return reading.at(now).get('gateway', 'before')
    })
    await assert.rejects(reader)
    await keep('after').catch(() => keep('after'))
    assert.equal((await world.gateways()).length, 2)
  },
)

test(
  'postgres: what is refused when a group ends is not told as done, and nothing of the group is kept',
  withPostgres,
  async () => {
    await using world = await opened('refused_at_the_end')
    const { store, database } = world
    const keep = (id: string) =>
      store.write(async (writing) => {
        await writing.save([create('gateway', gateway(id))], now)
        await writing.audit({ id, at: now, accountId: '111122223333', eventName: 'CreateGateway', record: {} })
      })
    database(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$`)
    database('CREATE TRIGGER refusing BEFORE INSERT ON audit EXECUTE FUNCTION refuse()')
    for (const result of await Promise.allSettled([keep('a'), keep('b')]))
      assert.ok(result.status === 'rejected' && result.reason instanceof NotDurable)
    database('DROP TRIGGER refusing ON audit')
    await keep('c')
    assert.deepEqual(await world.gateways(), ['c'])
  },
)

test(
  'postgres: a server that stops with the right to write loses it, and what it had begun is not kept',
  withPostgres,
  async () => {
    await using world = await opened('stopped_server')
    await using others = await opened('stopped_server')
    const save = (id: string) => (writing: Writing) => writing.save([create('gateway', gateway(id))], now)
    const stopped = Promise.withResolvers<void>()
    const goesOn = Promise.withResolvers<void>()
    const writing = world.store.write(async (each) => {
      await save('stopped')(each)
      stopped.resolve()
      // To the database it says as little as a process that is stopped, or a machine that has no network.
      await goesOn.promise
    })
    await stopped.promise
    await others.store.write(save('other'))
    goesOn.resolve()
    await assert.rejects(writing, NotDurable)
    await world.store.write(save('again'))
    assert.deepEqual((await world.gateways()).toSorted(), ['again', 'other'])
  },
)

/** A way to the database on which what is connected can fall silent, as behind a firewall that has forgotten it. */
async function wayThatFallsSilent() {
  const { port } = await postgresCluster()
  const ends: Socket[] = []
  const way = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const end of [near, far]) end.on('error', () => {})
    near.pipe(far).pipe(near)
    ends.push(near, far)
  })
  way.listen(0, '127.0.0.1')
  await once(way, 'listening')
  const { port: own } = way.address() as AddressInfo
  return {
    by(url: string) {
      const through = new URL(url)
      through.port = String(own)
      return through.href
    },
    fallSilent() {
      for (const end of ends) end.unpipe().pause()
    },
    hangUp() {
      for (const end of ends) end.destroy()
    },
    [Symbol.dispose]: () => void way.close(),
  }
}

test(
  'postgres: who is not answered any more on a connection is told, and others go on with another',
  withPostgres,
  async () => {
    using way = await wayThatFallsSilent()
    await using world = await opened('silent_connections', { by: way.by, answerMs: 1_000 })
    // Before the store is closed, since whoever takes leave of a connection waits for the other end.
    using stack = new DisposableStack()
    stack.defer(way.hangUp)
    const keep = (id: string) => world.store.write((writing) => writing.save([create('gateway', gateway(id))], now))
    await keep('before')
    await world.gateways()
    way.fallSilent()
    await Promise.all([assert.rejects(keep('meanwhile'), NotDurable), assert.rejects(world.gateways())])
    await keep('after')
    assert.deepEqual(await world.gateways(), ['after', 'before'])
  },
)

test('postgres: who is not answered any more does not go on with a lease that another has', withPostgres, async () => {
  using way = await wayThatFallsSilent()
  await using world = await opened('silent_lease', { by: way.by, answerMs: 1_000 })
  await using other = await opened('silent_lease')
  using stack = new DisposableStack()
  stack.defer(way.hangUp)
  const [first, second] = [world, other].map(({ store }) => store.lease('a turn')) as [Lease, Lease]
  assert.deepEqual([await first.held(), await second.held()], [true, false])
  way.fallSilent()
  world.database("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
  assert.equal(await until(() => second.held()), true)
  assert.equal(await first.held(), false)
  await Promise.all([first.end(), second.end()])
})
