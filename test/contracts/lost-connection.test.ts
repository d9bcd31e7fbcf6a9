// What a store for several servers does when its database hangs up on it.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { create } from '../../src/product/operation.ts'
import { openPostgres } from '../../src/store/postgres.ts'
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
      const count = async () => (await reading.at(now).list('gateway', 'all', '*')).length
      assert.equal(await count(), 1)
      const others = "datname = 'lost_connection' AND pid <> pg_backend_pid()"
      cluster.psql('lost_connection', `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`)
      // What the database said last arrives while the reader does something else.
      for (let turn = 0; turn < 100; turn++) await nextTurn()
      return count()
    })
    await assert.rejects(reader)
    await keep('after').catch(() => keep('after'))
    assert.equal((await store.read((reading) => reading.at(now).list('gateway', 'all', '*'))).length, 2)
    await store.close()
  },
)
