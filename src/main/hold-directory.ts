import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UsageError } from './options.ts'

/**
 * Makes sure that one server alone uses a data directory. The lock is SQLite's own, on a file that holds nothing: the
 * kernel gives it back however the process ends.
 */
export function holdDirectory(directory: string): () => void {
  const lock = new DatabaseSync(join(directory, 'lock'), { timeout: 0 })
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    const locked = error instanceof Error && /locked/.test(error.message)
    throw locked ? new UsageError(`--data ${directory}: another server is using it`) : error
  }
  return () => lock.close()
}
