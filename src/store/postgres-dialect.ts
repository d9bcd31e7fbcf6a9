import { createHash } from 'node:crypto'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Database } from './once-compiled.ts'
import type { Tables } from './tables.ts'

/** As much of a connection to PostgreSQL as queries need. */
export interface Connection {
  query(query: { readonly name: string; readonly text: string; readonly values: unknown[] }): Promise<{
    readonly rows: unknown[]
    readonly rowCount: number | null
  }>
}

/**
 * One connection, with its statements kept prepared. Transactions are its opener's, who is told when a statement has failed:
 * then nothing more runs in its transaction.
 */
export function overConnection(connection: Connection, onFailure: () => void = () => {}): Database {
  const run = async <R>(query: CompiledQuery<R>): Promise<QueryResult<R>> => {
    const asked = connection.query({ name: nameOf(query.sql), text: query.sql, values: [...query.parameters] })
    const { rows, rowCount } = await asked.catch((error: unknown) => {
      onFailure()
      throw error
    })
    return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) }
  }
  return { kysely: new Kysely<Tables>({ dialect: dialect(run) }), run }
}

function dialect(run: Database['run']): Dialect {
  const only: DatabaseConnection = {
    executeQuery: <R>(query: CompiledQuery) => run<R>(query as CompiledQuery<R>),
    streamQuery: () => {
      throw new Error('queries are not streamed')
    },
  }
  const none = () => Promise.reject(new Error('transactions are begun by whoever has the connection'))
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => only,
      releaseConnection: async () => {},
      beginTransaction: none,
      commitTransaction: none,
      rollbackTransaction: none,
      destroy: async () => {},
    }),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

const names = new Map<string, string>()

function nameOf(sql: string): string {
  let name = names.get(sql)
  if (name === undefined) {
    name = createHash('sha256').update(sql).digest('base64url').slice(0, 20)
    names.set(sql, name)
  }
  return name
}
