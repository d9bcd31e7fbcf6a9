import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Database } from './once-compiled.ts'
import type { Tables } from './tables.ts'

/**
 * A `node:sqlite` database, with its statements kept compiled. Before each of them `mayRun` is called, which throws if it
 * may not. The database is its opener's to close.
 */
export function nodeSqlite(database: DatabaseSync, mayRun: () => void = () => {}): Database {
  const run = runner(database, mayRun)
  return { kysely: new Kysely<Tables>({ dialect: dialect(database, run) }), run }
}

function dialect(database: DatabaseSync, run: Database['run']): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver(database, run),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

function runner(database: DatabaseSync, mayRun: () => void): Database['run'] {
  const statements = new Map<string, { readonly statement: StatementSync; readonly answers: boolean }>()
  return async <R>(query: CompiledQuery<R>): Promise<QueryResult<R>> => {
    mayRun()
    let known = statements.get(query.sql)
    if (known === undefined) {
      const statement = database.prepare(query.sql)
      known = { statement, answers: statement.columns().length > 0 }
      // Lists with many values compile to ever new texts; the usual ones come back at once.
      if (statements.size >= 500) statements.clear()
      statements.set(query.sql, known)
    }
    const { statement, answers } = known
    const parameters = query.parameters as readonly SQLInputValue[]
    if (answers) return { rows: statement.all(...parameters) as R[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) }
  }
}

function driver(database: DatabaseSync, run: Database['run']): Driver {
  const connection: DatabaseConnection = {
    executeQuery: <R>(query: CompiledQuery) => run<R>(query as CompiledQuery<R>),
    streamQuery: () => {
      throw new Error('queries are not streamed')
    },
  }
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: async () => database.exec('BEGIN IMMEDIATE'),
    commitTransaction: async () => database.exec('COMMIT'),
    rollbackTransaction: async () => database.exec('ROLLBACK'),
    destroy: async () => {},
  }
}
