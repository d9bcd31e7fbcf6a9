import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Database, Value } from './database.ts'

/**
 * A `node:sqlite` database, with its statements kept compiled. Before each of them `mayRun` is called, which throws if it
 * may not. The database is its opener's to close.
 */
export function nodeSqlite(database: DatabaseSync, mayRun: () => void = () => {}): Database {
  const statements = new Map<string, StatementSync>()
  const compiled = (sql: string): StatementSync => {
    mayRun()
    let known = statements.get(sql)
    if (known === undefined) {
      known = database.prepare(sql)
      // Lists with many values are ever new texts; the usual ones come back at once.
      if (statements.size >= 500) statements.clear()
      statements.set(sql, known)
    }
    return known
  }
  return {
    dialect: 'sqlite',
    all: async <Row>(sql: string, parameters: readonly Value[] = []) => compiled(sql).all(...parameters) as Row[],
    run: async (sql, parameters = []) => Number(compiled(sql).run(...parameters).changes),
  }
}
