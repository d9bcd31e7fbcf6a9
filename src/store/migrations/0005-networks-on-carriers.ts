import { type Kysely, sql } from 'kysely'
import type { Tables } from '../tables.ts'
import { findBySubnet } from './0004-other-entries.ts'

/**
 * Whether addresses are free on a connection or LAG is told by subnets, as at a gateway, so that who orders a virtual
 * interface need not read all that is there. What is on it is found where its owner looks for it.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  await sql`delete from sets where kind = 'virtual-interface' and name in ('connection', 'subnet')`.execute(db)
  await findBySubnet(db)
}
