// All that a store holds, as of one commit and read beside whatever uses it: what a test holds its invariants against.
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import type { KindName, RecordOf } from '../../src/product/kinds.ts'
import type { Tables } from '../../src/store/tables.ts'

export type Row<T extends keyof Tables> = { readonly [C in keyof Tables[T]]: Tables[T][C] }

/** The tables, and the records of each kind. Secrets in them are sealed. */
export interface Rows {
  readonly records: readonly Row<'records'>[]
  readonly sets: readonly Row<'sets'>[]
  readonly claims: readonly Row<'claims'>[]
  readonly audit: readonly Row<'audit'>[]
  readonly of: <K extends KindName>(kind: K) => ReadonlyMap<string, RecordOf<K>>
}

const tables = ['records', 'sets', 'claims', 'audit'] as const

/** Of the embedded store, by its file. */
export function rowsOfSqlite(file: string): Rows {
  using database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
  database.exec('BEGIN')
  const [check] = database.prepare('PRAGMA integrity_check').all()
  if (check?.['integrity_check'] !== 'ok') throw new Error(`${file} is damaged: ${JSON.stringify(check)}`)
  return rowsFrom(tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all()))
}

/** Of a database in PostgreSQL, by its URL. */
export async function rowsOfPostgres(url: string): Promise<Rows> {
  const client = new Client(url)
  await client.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const found: (readonly unknown[])[] = []
    for (const table of tables) found.push((await client.query(`SELECT * FROM ${table}`)).rows)
    return rowsFrom(found)
  } finally {
    await client.end()
  }
}

function rowsFrom([records, sets, claims, audit]: readonly (readonly unknown[])[]): Rows {
  // The one place where rows come in; big numbers of PostgreSQL are texts until here.
  const typed = <T extends keyof Tables>(rows: readonly unknown[] = [], ...numbers: readonly (keyof Tables[T])[]) =>
    (rows as readonly Row<T>[]).map((row) => {
      const fixed = numbers.map((name) => [name, row[name] === null ? null : Number(row[name])])
      return { ...row, ...Object.fromEntries(fixed) } as Row<T>
    })
  const all = typed<'records'>(records)
  const byKind = Map.groupBy(all, ({ kind }) => kind)
  // oxlint-disable-next-line typescript/no-explicit-any -- what was stored under a kind is of that kind
  const parsed = new Map<string, ReadonlyMap<string, any>>()
  return {
    records: all,
    sets: typed<'sets'>(sets, 'created_at', 'hidden_from'),
    claims: typed<'claims'>(claims, 'until'),
    audit: typed<'audit'>(audit, 'at'),
    of(kind) {
      let known = parsed.get(kind)
      if (known === undefined) known = new Map((byKind.get(kind) ?? []).map(({ id, facts }) => [id, JSON.parse(facts)]))
      parsed.set(kind, known)
      return known
    },
  }
}
