import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { createMemory, type Memory } from './memory.ts'
import { nodeSqlite } from './node-sqlite.ts'
import { reading as readingOf } from './records.ts'
import type { Reading, Store } from './store.ts'
import type { Vault } from './vault.ts'

interface Reader {
  readonly database: DatabaseSync
  /** From its first statement on a transaction sees what had been committed when that ran. */
  readonly anything: StatementSync
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
    if (joined !== undefined) return joined
    const reader = readers.find(({ begunAt }) => begunAt === null) ?? open()
    reader.database.exec('BEGIN')
    reader.anything.get()
    reader.begunAt = commits
    return reader
  }
  const open = (): Reader => {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
    const anything = database.prepare('SELECT proof FROM seal')
    const memory = createMemory('sharing readers')
    const reading = readingOf(nodeSqlite(database), vault, memory)
    const reader = { database, anything, memory, reading, shared: 0, begunAt: null }
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
    reader.shared++
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
    /** There will be something new that nobody may see yet. */
    beforeCommit: () => void begin(),
    /**
     * What was committed may be seen. Transactions that nobody uses end, since while one lasts the log cannot be emptied into
     * the database.
     */
    afterCommit() {
      commits++
      for (const reader of readers) if (reader.shared === 0 && reader.begunAt !== null) letGo(reader)
    },
    /** Once all that is being read has been read, and what was begun before has ended. */
    async close(begun: Promise<void>) {
      closed = true
      await Promise.all([...running, begun])
      for (const { database } of readers) database.close()
    },
  }
}
