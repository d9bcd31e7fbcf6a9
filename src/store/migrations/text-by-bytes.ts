import { type Kysely, PostgresAdapter, sql } from 'kysely'

/**
 * The type of text that is compared by its bytes, in every database: lists are in that order, and pages go on in it.
 * SQLite compares so anyway, PostgreSQL by the rules of some language unless it is told.
 */
export function textByBytes(db: Kysely<unknown>) {
  return db.getExecutor().adapter instanceof PostgresAdapter ? sql`text collate "C"` : 'text'
}
