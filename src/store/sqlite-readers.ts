import { DatabaseSync } from 'node:sqlite'
import { createMemory, type Memory } from './memory.ts'
import { nodeSqlite } from './node-sqlite.ts'
import { reading } from './records.ts'
import type { Reading, Store } from './store.ts'
import type { Vault } from './vault.ts'

interface Reader {
  readonly database: DatabaseSync
  readonly reading: Reading
  readonly memory: Memory
  /** How many reads share its transaction, and how many commits there had been when that began; null: there is none. */
  shared: number
  begunAt: number | null
}

/**
 * Reads of a SQLite file that never see a commit between two of their statements. Those that begin between the same two
 * commits share a transaction, and what has been read in it, so that nearly always one connection is enough; a read that
 * awaits something slow keeps its own, and others take a fresh one.
 */
export function sqliteReaders(path: string, vault: Vault) {
  const readers: Reader[] = []
  const running = new Set<Promise<void>>()
  let commits = 0
  let closed = false

  const begin = (): Reader => {
    const joined = readers.find(({ begunAt }) => begunAt === commits)
    const reader = joined ?? readers.find(({ begunAt }) => begunAt === null) ?? open()
    if (reader.begunAt === null) {
      reader.database.exec('BEGIN')
      reader.begunAt = commits
    }
    reader.shared++
    return reader
  }
  const open = (): Reader => {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
    const memory = createMemory()
    const reader = { database, memory, reading: reading(nodeSqlite(database), vault, memory), shared: 0, begunAt: null }
    readers.push(reader)
    return reader
  }
  const end = (reader: Reader) => {
    if (--reader.shared === 0 && reader.begunAt !== commits) letGo(reader)
  }
  const letGo = (reader: Reader) => {
    // What cannot be read any more has ended its transaction by itself.
    if (reader.database.isTransaction) reader.database.exec('COMMIT')
    reader.begunAt = null
    reader.memory.forget()
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
    /**
     * There will be something new to read. Transactions that nobody uses end before, since while one lasts the log cannot
     * be emptied into the database.
     */
    beforeCommit() {
      commits++
      for (const reader of readers) if (reader.shared === 0 && reader.begunAt !== null) letGo(reader)
    },
    /** Once all that is being read has been read. */
    async close() {
      closed = true
      await Promise.all(running)
      for (const { database } of readers) database.close()
    },
  }
}
