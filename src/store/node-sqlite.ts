import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

/**
 * Lets Kysely speak to a `node:sqlite` database, with its statements kept compiled. Before each of them `mayRun` is
 * called, which throws if it may not. The database is its opener's to close.
 */
export function nodeSqlite(database: DatabaseSync, mayRun: () => void = () => {}): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver(database, mayRun),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

function driver(database: DatabaseSync, mayRun: () => void): Driver {
  const statements = new Map<string, { readonly statement: StatementSync; readonly answers: boolean }>()
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
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
    },
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
