import type { Database } from '../database.ts'
import { findBySubnet } from './0004-other-entries.ts'

/**
 * Whether addresses are free on a connection or LAG is told by subnets, as at a gateway, so that who orders a virtual
 * interface need not read all that is there. What is on it is found where its owner looks for it.
 */
export async function up(db: Database): Promise<void> {
  await db.run(`delete from sets where kind = 'virtual-interface' and name in ('connection', 'subnet')`)
  await findBySubnet(db)
}
