// What a store for several servers does when its database hangs up on it, or refuses something at the last moment.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { create } from '../../src/product/operation.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { NotDurable } from '../../src/store/store.ts'
import { createVault } from '../../src/store/vault.ts'
import { skipWithout } from '../tools/clients.ts'
import { postgresCluster, postgresPrograms } from '../tools/postgres.ts'
import { gateway, nextTurn } from './stores.ts'

const withPostgres = skipWithout('a store in PostgreSQL', postgresPrograms)
const now = 10_000

test(
  'postgres: a connection that is lost between two questions of a reader ends that reader alone',
  withPostgres,
  async () => {
    const cluster = await postgresCluster()
    const store = await openPostgres(cluster.database('lost_connection'), createVault(randomBytes(32)))
    const keep = (id: string) => store.write((writing) => writing.save([create('gateway', gateway(id))], now))
    await keep('before')
    const reader = store.read(async (reading) => {
      assert.equal((await reading.at(now).list('gateway', 'all', '*')).length, 1)
      const others = "datname = 'lost_connection' AND pid <> pg_backend_pid()"
      cluster.psql('lost_connection', `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`)
      // What the database said last arrives while the reader does something else.
      for (let turn = 0; turn < 100; turn++) await nextTurn()
      // What it has asked before it would remember.
      return reading.at(now).get('gateway', 'before')
    })
    await assert.rejects(reader)
    await keep('after').catch(() => keep('after'))
    assert.equal((await store.read((reading) => reading.at(now).list('gateway', 'all', '*'))).length, 2)
    await store.close()
  },
)

test(
  'postgres: what is refused when a group ends is not told as done, and nothing of the group is kept',
  withPostgres,
  async () => {
    const cluster = await postgresCluster()
    const store = await openPostgres(cluster.database('refused_at_the_end'), createVault(randomBytes(32)))
    const keep = (id: string) =>
      store.write(async (writing) => {
        await writing.save([create('gateway', gateway(id))], now)
        await writing.audit({ id, at: now, accountId: '111122223333', eventName: 'CreateGateway', record: {} })
      })
    const database = (sql: string) => cluster.psql('refused_at_the_end', sql)
    database(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$`)
    database('CREATE TRIGGER refusing BEFORE INSERT ON audit EXECUTE FUNCTION refuse()')
    for (const result of await Promise.allSettled([keep('a'), keep('b')]))
      assert.ok(result.status === 'rejected' && result.reason instanceof NotDurable)
    database('DROP TRIGGER refusing ON audit')
    await keep('c')
    const kept = await store.read((reading) => reading.at(now).list('gateway', 'all', '*'))
    assert.deepEqual(
      kept.map(({ id }) => id),
      ['c'],
    )
    await store.close()
  },
)
