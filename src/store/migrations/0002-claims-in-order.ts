import type { Kysely } from 'kysely'

/** What of a scope is free again, in the order of its keys, without looking at all that is held. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('claims_that_end').on('claims').columns(['scope', 'until', 'key']).execute()
}
