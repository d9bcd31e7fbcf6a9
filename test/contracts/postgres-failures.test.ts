// What a store for several servers does when its database hangs up on it, or refuses something at the last moment.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { create } from '../../src/product/operation.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { NotDurable, type Writing } from '../../src/store/store.ts'
import { createVault } from '../../src/store/vault.ts'
import { skipWithout } from '../tools/clients.ts'
import { postgresCluster, postgresPrograms } from '../tools/postgres.ts'
import { gateway, nextTurn } from './stores.ts'

const withPostgres = skipWithout('a store in PostgreSQL', postgresPrograms)
const now = 10_000

const vault = createVault(randomBytes(32))
const urls = new Map<string, string>()

/** A server's store on the database of this name, which is made for the first. */
async function opened(name: string) {
  const cluster = await postgresCluster()
  const url = urls.get(name) ?? cluster.database(name)
  urls.set(name, url)
  const store = await openPostgres(url, vault)
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
