import { type Kysely, PostgresAdapter, sql } from 'kysely'

/**
 * An order makes fewer entries: which connections are on a device is told by what they claim of it, of owners only those who
 * announce public prefixes are asked for, and nobody looks for one record of the audit trail alone, which is in order of time
 * but for those of one millisecond.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
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
}
