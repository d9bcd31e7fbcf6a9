import { type Kysely, PostgresAdapter, sql } from 'kysely'

/**
 * An order touches as few pages as it can: where a record is follows from its facts, so no index leads from a record to
 * its sets and claims; of claims only those that end are in order of their end; and where rows are short and read by their
 * key alone, SQLite keeps them in the key.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const index of ['sets_of_record', 'claims_of_holder', 'claims_that_end'])
    await db.schema.dropIndex(index).execute()
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) {
    await sql`
      create table sets_in_key (kind text not null, name text not null, value text not null, created_at bigint not null,
        id text not null, hidden_from bigint, primary key (kind, name, value, created_at, id)) without rowid`.execute(
      db,
    )
    await sql`
      create table claims_in_key (scope text not null, key text not null, holder text not null, until bigint,
        primary key (scope, key)) without rowid`.execute(db)
    for (const table of ['sets', 'claims']) {
      await sql`insert into ${sql.table(`${table}_in_key`)} select * from ${sql.table(table)}`.execute(db)
      await db.schema.dropTable(table).execute()
      await db.schema.alterTable(`${table}_in_key`).renameTo(table).execute()
    }
  }
  await db.schema
    .createIndex('claims_that_end')
    .on('claims')
    .columns(['scope', 'until', 'key'])
    .where(sql.ref('until'), 'is not', null)
    .execute()
}
