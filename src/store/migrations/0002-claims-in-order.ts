import type { Database } from '../database.ts'

/** What of a scope is free again, in the order of its keys, without looking at all that is held. */
export async function up(db: Database): Promise<void> {
  await db.run('create index claims_that_end on claims (scope, until, key)')
}
