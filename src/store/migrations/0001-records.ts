import type { Database } from '../database.ts'
import { textByBytes } from './text-by-bytes.ts'

export async function up(db: Database): Promise<void> {
  const text = textByBytes(db)
  await db.run(`
    create table records (
      kind ${text} not null, id ${text} not null, facts ${text} not null,
      constraint records_key primary key (kind, id))`)
  await db.run(`
    create table sets (
      kind ${text} not null, name ${text} not null, value ${text} not null, created_at bigint not null,
      id ${text} not null, hidden_from bigint,
      constraint sets_key primary key (kind, name, value, created_at, id))`)
  await db.run('create index sets_of_record on sets (kind, id)')
  await db.run(`
    create table claims (
      scope ${text} not null, key ${text} not null, holder ${text} not null, until bigint,
      constraint claims_key primary key (scope, key))`)
  await db.run('create index claims_of_holder on claims (holder)')
  await db.run(`
    create table audit (
      id ${text} primary key, at bigint not null, account_id ${text} not null, event_name ${text} not null,
      record ${text} not null)`)
  await db.run('create index audit_by_time on audit (at, id)')
  await db.run('create index audit_by_account on audit (account_id, at, id)')
  await db.run(`create table seal (proof ${text} not null)`)
}
