import { type Kysely, PostgresAdapter, sql } from 'kysely'
import { subnetsOf } from '../../product/routing/overlapping-subnets.ts'
import { type VirtualInterface, virtualInterfaceKind } from '../../product/virtual-interfaces/virtual-interface.ts'
import type { Tables } from '../tables.ts'

const atOnce = 500

/**
 * An order makes fewer entries: which connections are on a device is told by what they claim of it, of owners only those who
 * announce public prefixes are asked for, and nobody looks for one record of the audit trail alone, which is in order of time
 * but for those of one millisecond.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  await sql`delete from sets where kind = 'connection' and name = 'device'`.execute(db)
  await sql`
    insert into sets select kind, 'announcer', replace(value, ' public', ''), created_at, id, hidden_from from sets
      where kind = 'virtual-interface' and name = 'owner' and value like '% public'`.execute(db)
  await sql`delete from sets where kind = 'virtual-interface' and name = 'owner'`.execute(db)
  for (const index of ['audit_by_time', 'audit_by_account']) await db.schema.dropIndex(index).execute()
  if (db.getExecutor().adapter instanceof PostgresAdapter)
    await db.schema.alterTable('audit').dropConstraint('audit_pkey').execute()
  else {
    await sql`
      create table audit_in_order (id text not null, at bigint not null, account_id text not null,
        event_name text not null, record text not null)`.execute(db)
    await sql`insert into audit_in_order select * from audit order by at, id`.execute(db)
    await db.schema.dropTable('audit').execute()
    await db.schema.alterTable('audit_in_order').renameTo('audit').execute()
  }
  await db.schema.createIndex('audit_by_time').on('audit').columns(['at']).execute()
  await db.schema.createIndex('audit_by_account').on('audit').columns(['account_id', 'at']).execute()
  await findBySubnet(db)
}

/** Virtual interfaces are also found by their subnets, so that who looks for those that overlap need not read all at a gateway. */
export async function findBySubnet(db: Kysely<Tables>): Promise<void> {
  const kind = 'virtual-interface'
  for (let after: string | undefined = ''; after !== undefined; ) {
    const some = await db
      .selectFrom('records')
      .select(['id', 'facts'])
      .where('kind', '=', kind)
      .where('id', '>', after)
      .orderBy('id')
      .limit(atOnce)
      .execute()
    const rows = some.flatMap(({ id, facts }) => {
      const vif: VirtualInterface = JSON.parse(facts)
      const common = {
        kind,
        name: 'subnet',
        created_at: vif.createdAt,
        id,
        hidden_from: virtualInterfaceKind.hiddenFrom(vif),
      }
      return [...new Set(subnetsOf(vif))].map((value) => ({ ...common, value }))
    })
    if (rows.length > 0) await db.insertInto('sets').values(rows).execute()
    after = some.at(-1)?.id
  }
}
