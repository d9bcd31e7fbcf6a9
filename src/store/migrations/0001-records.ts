import type { Kysely } from 'kysely'
import { textByBytes } from './text-by-bytes.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const text = textByBytes(db)
  await db.schema
    .createTable('records')
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('id', text, (column) => column.notNull())
    .addColumn('facts', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('records_key', ['kind', 'id'])
    .execute()
  await db.schema
    .createTable('sets')
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('value', text, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('id', text, (column) => column.notNull())
    .addColumn('hidden_from', 'bigint')
    .addPrimaryKeyConstraint('sets_key', ['kind', 'name', 'value', 'created_at', 'id'])
    .execute()
  await db.schema.createIndex('sets_of_record').on('sets').columns(['kind', 'id']).execute()
  await db.schema
    .createTable('claims')
    .addColumn('scope', text, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('holder', text, (column) => column.notNull())
    .addColumn('until', 'bigint')
    .addPrimaryKeyConstraint('claims_key', ['scope', 'key'])
    .execute()
  await db.schema.createIndex('claims_of_holder').on('claims').columns(['holder']).execute()
  await db.schema
    .createTable('audit')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('account_id', text, (column) => column.notNull())
    .addColumn('event_name', text, (column) => column.notNull())
    .addColumn('record', text, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('audit_by_time').on('audit').columns(['at', 'id']).execute()
  await db.schema.createIndex('audit_by_account').on('audit').columns(['account_id', 'at', 'id']).execute()
  await db.schema
    .createTable('seal')
    .addColumn('proof', text, (column) => column.notNull())
    .execute()
}
