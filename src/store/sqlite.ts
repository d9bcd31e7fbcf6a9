import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { nodeSqlite } from './node-sqlite.ts'
import { appendAudit, clearTables, reading, saveChanges } from './records.ts'
import { NotDurable, type Store, type Writing } from './store.ts'
import type { Tables } from './tables.ts'
import type { Vault } from './vault.ts'

/**
 * The embedded store: one SQLite file, one writer, a second connection for readers.
 *
 * Writers commit in groups. Each request runs in a savepoint of its own; when the turn of the event loop ends, one
 * COMMIT makes all of them durable, and only then do their answers leave. A request awaits nothing but this store, so
 * that no other turn begins while its savepoint is open; for the same reason a reader, which awaits nothing else
 * either, never sees a commit between two of its reads.
 */
export async function openSqlite(directory: string, vault: Vault): Promise<Store> {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'crossconnect.sqlite')
  const writer = new DatabaseSync(path, { timeout: 5_000 })
  writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA locking_mode = NORMAL')
  const db = new Kysely<Tables>({ dialect: nodeSqlite(writer) })
  await migrate(db)
  const readerDb = new Kysely<Tables>({
    dialect: nodeSqlite(new DatabaseSync(path, { readOnly: true, timeout: 5_000 })),
  })
  const reader = reading(readerDb, vault)

  let depth = 0
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    const savepoint = `level${depth++}`
    writer.exec(`SAVEPOINT ${savepoint}`)
    try {
      const value = await work()
      writer.exec(`RELEASE ${savepoint}`)
      return value
    } catch (error) {
      writer.exec(`ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`)
      throw error
    } finally {
      depth--
    }
  }
  const writing: Writing = {
    ...reading(db, vault),
    save: (changes, now) => saveChanges(db, vault, changes, now),
    attempt,
    audit: (row) => appendAudit(db, row),
    clear: () => clearTables(db),
  }

  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const result = turn.then(work)
    turn = result.catch(() => {})
    return result
  }

  let group: PromiseWithResolvers<void> | undefined
  const commit = (closing: PromiseWithResolvers<void>) => {
    group = undefined
    try {
      writer.exec('COMMIT')
      closing.resolve()
    } catch (error) {
      if (writer.isTransaction) writer.exec('ROLLBACK')
      closing.reject(new NotDurable('the group could not be committed', { cause: error }))
    }
  }
  const openGroup = (): Promise<void> => {
    if (group === undefined) {
      const opened = Promise.withResolvers<void>()
      try {
        writer.exec('BEGIN IMMEDIATE')
      } catch (error) {
        throw new NotDurable('no transaction could be begun', { cause: error })
      }
      group = opened
      // Nobody may be waiting for it: every request in it can have failed by itself.
      opened.promise.catch(() => {})
      setImmediate(() => void inTurn(() => commit(opened)))
    }
    return group.promise
  }

  return {
    read: (work) => work(reader),
    async write(work) {
      const { outcome, durable } = await inTurn(async () => {
        const durable = openGroup()
        const outcome = await attempt(() => work(writing)).then(
          (value) => ({ value }),
          (error: unknown) => ({ error }),
        )
        return { outcome, durable: { promise: durable } }
      })
      await durable.promise
      if ('error' in outcome) throw outcome.error
      return outcome.value
    },
    async close() {
      await inTurn(() => {})
      await group?.promise.catch(() => {})
      await db.destroy()
      await readerDb.destroy()
    },
  }
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => (await import('./migrations/migrations.ts')).migrations },
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw new Error('the database could not be brought to the present schema', { cause: error })
}
