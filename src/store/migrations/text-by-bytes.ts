import type { Database } from '../database.ts'

/**
 * The type of text that is compared by its bytes, in every database: lists are in that order, and pages go on in it.
 * SQLite compares so anyway, PostgreSQL by the rules of some language unless it is told.
 */
export function textByBytes(db: Database): string {
  return db.dialect === 'postgres' ? 'text collate "C"' : 'text'
}
