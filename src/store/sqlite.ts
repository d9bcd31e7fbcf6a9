import { closeSync, fdatasync, mkdirSync, openSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { attemptsWith } from './attempts.ts'
import { createLogEmptier } from './log-emptier.ts'
import { createMemory } from './memory.ts'
import { migrations } from './migrations/migrations.ts'
import { nodeSqlite } from './node-sqlite.ts'
import { proveKey, writingOn } from './records.ts'
import { sqlitePath } from './sqlite-file.ts'
import { sqliteReaders } from './sqlite-readers.ts'
import { NotDurable, type Store } from './store.ts'
import type { Vault } from './vault.ts'

/**
 * The embedded store: one SQLite file, one writer, further connections for readers.
 *
 * Writers commit in groups. Each request runs alone, in a savepoint of its own; when a turn of the event loop has brought no
 * more of them, or they have run for long enough, one COMMIT writes all of them to the log. While that is on its way to the
 * disk the next group runs; once it is there, what it changed is seen and its answers leave. A request that awaits something
 * beyond this store is still safe, but everybody waits for it.
 */
export async function openSqlite(directory: string, vault: Vault): Promise<Store> {
  mkdirSync(directory, { recursive: true })
  const path = sqlitePath(directory)
  const writer = new DatabaseSync(path, { timeout: 5_000 })
  try {
    writer.exec(settings)
    await migrate(writer)
    await proveKey(nodeSqlite(writer), vault)
  } catch (error) {
    writer.close()
    throw error
  }
  return storeOn(writer, path, vault)
}

/**
 * The log's way to the disk and from there into the file are ours to begin; SQLite still puts them in the right order.
 * What savepoints may have to restore is kept in memory, since in a file it would be four fifths of all that is written.
 * So are the pages that every write touches.
 */
const settings = `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;
PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000`

/** The log is emptied into the file when it has so many pages, which are 64 MB. Of each page only the last is copied. */
const longestLog = 16_000

const flushToDisk = promisify(fdatasync)

interface Group extends PromiseWithResolvers<void> {
  readonly begunMs: number
  writes: number
}

/** So long requests run before the event loop may do something else, real milliseconds. */
const sliceMs = 1

/**
 * A group of so many, or one that has run for so long, real milliseconds, is closed if the disk is free. While it is on its
 * way there the next one runs, so that of many clients some are answered and ask again while the others' requests run, and
 * nobody waits. Of fewer, each would write more: what all of them touch is written once a group.
 */
const [enough, longEnoughMs] = [24, 10]
const isLarge = ({ writes, begunMs }: Group) => writes >= enough || performance.now() > begunMs + longEnoughMs

function storeOn(writer: DatabaseSync, path: string, vault: Vault): Store {
  const readers = sqliteReaders(path, vault)
  const emptier = createLogEmptier(path)
  const log = openSync(`${path}-wal`, 'r+')
  const lengthOfLog = writer.prepare('PRAGMA wal_checkpoint(NOOP)')

  // A full disk makes SQLite give up the whole transaction. What ran after that would be committed statement by statement.
  const inTransaction = () => {
    if (!writer.isTransaction) throw new NotDurable('the transaction was lost')
  }
  const db = nodeSqlite(writer, inTransaction)

  // Nobody else writes to this file, so that what was read stays known until it is changed here.
  const memory = createMemory('writer')
  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string) => {
    inTransaction()
    let known = prepared.get(sql)
    if (known === undefined) prepared.set(sql, (known = writer.prepare(sql)))
    known.run()
  }
  const attempts = attemptsWith({
    set: (name) => statement(`SAVEPOINT ${name}`),
    release: (name) => statement(`RELEASE ${name}`),
    rollBackTo(name) {
      memory.forget()
      try {
        if (writer.isTransaction) writer.exec(`ROLLBACK TO ${name}`)
      } catch {
        // What should be undone may still be there, so that nothing of the group can be kept.
        rollBack(writer)
      }
    },
    drop(name) {
      if (writer.isTransaction) writer.exec(`RELEASE ${name}`)
    },
  })
  const writing = writingOn(db, vault, memory, attempts)

  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const result = turn.then(work)
    turn = result.catch(() => {})
    return result
  }

  /** The requests that the next COMMIT makes durable. */
  let group: Group | undefined
  /** Settled once the last COMMIT is on the disk, or is known not to be. */
  let flushed: Promise<void> = Promise.resolve()
  let isDiskFree = true
  /** A COMMIT did not reach the disk, as far as we know, and cannot be taken back. */
  let unsure = false
  /** How many writes have been asked for. */
  let joined = 0
  let sliceEndsMs = 0
  /** In turn: once a slice is over, the event loop turns before the next one. */
  const pause = async () => {
    if (performance.now() < sliceEndsMs) return
    if (group !== undefined && isDiskFree && isLarge(group)) await commit(group)
    await eventLoopTurn()
    sliceEndsMs = performance.now() + sliceMs
  }
  const openGroup = (): Group => {
    if (group !== undefined) return group
    try {
      if (unsure) makeSure()
      writer.exec('BEGIN IMMEDIATE')
    } catch (error) {
      throw new NotDurable('no transaction could be begun', { cause: error })
    }
    const opened = { ...Promise.withResolvers<void>(), begunMs: performance.now(), writes: 0 }
    // Everybody in it awaits it, but not before their turn has ended.
    opened.promise.catch(() => {})
    group = opened
    void commitWhenQuiet(opened)
    return opened
  }
  /** A turn of the event loop that brings no more requests says that all who wait are in. */
  const commitWhenQuiet = async (opened: Group) => {
    let before: number
    do {
      before = joined
      await eventLoopTurn()
      if (group !== opened) return
    } while (joined !== before)
    // Until the disk is ready for it, more may join.
    await flushed
    await inTurn(() => commit(opened))
  }
  const commit = async (closing: Group) => {
    if (group !== closing) return
    try {
      if (unsure) throw new NotDurable('what came before may be lost')
      await writing.finish()
      readers.beforeCommit()
      writer.exec('COMMIT')
    } catch (error) {
      return lose(closing, error)
    }
    group = undefined
    flushed = flush(closing)
    if (!isLogLong() || !emptier.hasEmptied()) return
    // What came since is little. Nobody writes meanwhile, so that it can be emptied, and the log begins anew.
    await flushed
    emptyLog('PASSIVE')
  }
  const flush = async (closing: Group) => {
    isDiskFree = false
    try {
      await flushToDisk(log)
    } catch (error) {
      unsure = true
      return closing.reject(new NotDurable('the group may not have reached the disk', { cause: error }))
    } finally {
      isDiskFree = true
    }
    closing.resolve()
    readers.afterCommit()
  }
  /** What was committed is, whatever the log says of itself: if it says nothing, the next commit asks again. */
  const isLogLong = (): boolean => {
    try {
      return Number(lengthOfLog.get()?.['log']) >= longestLog
    } catch {
      return false
    }
  }
  /** @returns whether all of it is in the file, and that on the disk */
  const emptyLog = (how: 'PASSIVE' | 'TRUNCATE'): boolean => {
    try {
      return writer.prepare(`PRAGMA wal_checkpoint(${how})`).get()?.['busy'] === 0
    } catch {
      // It stays as it is, and is tried again.
      return false
    }
  }
  /** What a disk has failed to take it may never take, though it says so the next time: so everything goes another way. */
  const makeSure = () => {
    readers.afterCommit()
    unsure = !emptyLog('TRUNCATE')
    if (unsure) throw new NotDurable('what came before may be lost')
  }
  const lose = (losing: Group, cause: unknown) => {
    group = undefined
    writing.forget()
    rollBack(writer)
    losing.reject(new NotDurable('the group could not be committed', { cause }))
  }

  const close = async () => {
    // The last connection to close tidies the log into the database, which a reader's could not.
    await Promise.all([readers.close(allIsOnDisk()), emptier.end()])
    closeSync(log)
    writer.close()
    emptier[Symbol.dispose]()
  }
  const allIsOnDisk = async () => {
    await inTurn(() => {})
    await group?.promise.catch(() => {})
    await flushed
  }
  let closing: Promise<void> | undefined
  return {
    read: readers.read,
    async write(work) {
      if (closing !== undefined) throw new NotDurable('the store is closed')
      joined++
      const { outcome, durable } = await inTurn(async () => {
        await pause()
        const own = openGroup()
        own.writes++
        const outcome = await writing
          .attempt(() => work(writing))
          .then(
            (value) => ({ value }),
            (error: unknown) => ({ error }),
          )
        if (!writer.isTransaction) lose(own, 'error' in outcome ? outcome.error : undefined)
        // In an object, since a bare promise would be awaited here, in the turn that it waits for.
        return { outcome, durable: own }
      })
      await durable.promise
      if ('error' in outcome) throw outcome.error
      return outcome.value
    },
    close: () => (closing ??= close()),
  }
}

function rollBack(writer: DatabaseSync): void {
  try {
    if (writer.isTransaction) writer.exec('ROLLBACK')
  } catch {
    // SQLite has rolled back by itself; the next BEGIN says so if it could not.
  }
}

/** Brings the schema to the present one in one transaction: whole, or not at all. */
async function migrate(database: DatabaseSync): Promise<void> {
  const versionNow = () => Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  if (versionNow() === migrations.length) return
  const db = nodeSqlite(database)
  database.exec('BEGIN IMMEDIATE')
  try {
    const found = versionNow()
    if (found > migrations.length) throw new Error('the database was made by a later version of crossconnect')
    for (const up of migrations.slice(found)) await up(db)
    database.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`)
  } catch (error) {
    rollBack(database)
    throw error
  }
}
