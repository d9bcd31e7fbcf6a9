import type { Database } from '../database.ts'

/**
 * An order touches as few pages as it can: where a record is follows from its facts, so no index leads from a record to
 * its sets and claims; of claims only those that end are in order of their end; and where rows are short and read by their
 * key alone, SQLite keeps them in the key.
 */
export async function up(db: Database): Promise<void> {
  for (const index of ['sets_of_record', 'claims_of_holder', 'claims_that_end']) await db.run(`drop index ${index}`)
  if (db.dialect === 'sqlite') {
    await db.run(`
      create table sets_in_key (kind text not null, name text not null, value text not null, created_at bigint not null,
        id text not null, hidden_from bigint, primary key (kind, name, value, created_at, id)) without rowid`)
    await db.run(`
      create table claims_in_key (scope text not null, key text not null, holder text not null, until bigint,
        primary key (scope, key)) without rowid`)
    for (const table of ['sets', 'claims']) {
      await db.run(`insert into ${table}_in_key select * from ${table}`)
      await db.run(`drop table ${table}`)
      await db.run(`alter table ${table}_in_key rename to ${table}`)
    }
  }
  await db.run('create index claims_that_end on claims (scope, until, key) where until is not null')
}
