import { createHash } from 'node:crypto'
import type { Database, Value } from './database.ts'

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
  const ask = (sql: string, parameters: readonly Value[] = []) =>
    connection.query({ ...prepared(sql), values: [...parameters] }).catch((error: unknown) => {
      onFailure()
      throw error
    })
  return {
    dialect: 'postgres',
    all: async <Row>(sql: string, parameters?: readonly Value[]) => (await ask(sql, parameters)).rows as Row[],
    run: async (sql, parameters) => (await ask(sql, parameters)).rowCount ?? 0,
  }
}

interface Prepared {
  readonly name: string
  readonly text: string
}

const known = new Map<string, Prepared>()

/** A statement with its parameters counted, `$1, $2` for `?, ?`, and the name under which each connection keeps it. */
function prepared(sql: string): Prepared {
  let found = known.get(sql)
  if (found === undefined) {
    let count = 0
    const text = sql.replaceAll('?', () => `$${++count}`)
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 20)
    known.set(sql, (found = { name, text }))
  }
  return found
}
