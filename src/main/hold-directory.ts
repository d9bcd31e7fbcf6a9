import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UsageError } from './options.ts'

/**
 * Makes sure that one server alone uses a data directory. The lock is SQLite's own, on a file that holds nothing: the
 * kernel gives it back however the process ends.
 */
export function holdDirectory(directory: string): () => void {
  try {
    const lock = new DatabaseSync(join(directory, 'lock'), { timeout: 0 })
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return () => lock.close()
  } catch (error) {
    const locked = error instanceof Error && /locked/.test(error.message)
    const why = locked ? 'another server is using it' : error instanceof Error ? error.message : 'it cannot be used'
    throw new UsageError(`--data ${directory}: ${why}`)
  }
}
