import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { nodeSqlite } from './node-sqlite.ts'
import { reading } from './records.ts'
import type { Reading, Store } from './store.ts'
import type { Tables } from './tables.ts'
import type { Vault } from './vault.ts'

interface Reader {
  readonly database: DatabaseSync
  readonly reading: Reading
  /** How many reads share its open transaction, and how many commits there had been when that began. */
  shared: number
  begunAt: number
}

/**
 * Reads of a SQLite file that never see a commit between two of their statements. Those that begin between the same two
 * commits share a transaction, so that nearly always one connection is enough; a read that awaits something slow keeps
 * its own, and others take a fresh one.
 */
export function sqliteReaders(path: string, vault: Vault) {
  const readers: Reader[] = []
  const running = new Set<Promise<void>>()
  let commits = 0
  let closed = false

  const begin = (): Reader => {
    const joined = readers.find((reader) => reader.shared > 0 && reader.begunAt === commits)
    const reader = joined ?? readers.find(({ shared }) => shared === 0) ?? open()
    if (reader.shared === 0) {
      reader.database.exec('BEGIN')
      reader.begunAt = commits
    }
    reader.shared++
    return reader
  }
  const open = (): Reader => {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
    const db = new Kysely<Tables>({ dialect: nodeSqlite(database) })
    const reader = { database, reading: reading(db, vault), shared: 0, begunAt: commits }
    readers.push(reader)
    return reader
  }
  const end = (reader: Reader) => {
    if (--reader.shared === 0) reader.database.exec('COMMIT')
  }
  const reads: Store['read'] = async (work) => {
    if (closed) throw new Error('the store is closed')
    const reader = begin()
    try {
      return await work(reader.reading)
    } finally {
      end(reader)
    }
  }
  const read: Store['read'] = (work) => {
    const result = reads(work)
    const settled = result.then(
      () => void running.delete(settled),
      () => void running.delete(settled),
    )
    running.add(settled)
    return result
  }

  return {
    read,
    /** There is something new to read. */
    committed: () => void commits++,
    /** Once all that is being read has been read. */
    async close() {
      closed = true
      await Promise.all(running)
      for (const { database } of readers) database.close()
    },
  }
}
