import type { Database } from '../database.ts'

/** What was up when follows from all failover tests that ever were, so that they are not hidden; their history is shorter. */
export async function up(db: Database): Promise<void> {
  await db.run(`update sets set hidden_from = null where kind = 'failover-test'`)
}
