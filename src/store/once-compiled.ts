import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { Tables } from './tables.ts'

/** One connection to a database. */
export interface Database {
  /** Builds queries, and runs those that are seldom asked. */
  readonly kysely: Kysely<Tables>
  /** Runs a query without the way through Kysely, which takes longer than SQLite needs to answer. */
  readonly run: <R>(query: CompiledQuery<R>) => Promise<QueryResult<R>>
}

const compiled = new WeakMap<Database, Map<string, CompiledQuery>>()

/**
 * Runs a query whose text is worked out once for all queries of its shape: that takes several times as long as SQLite
 * needs to answer.
 *
 * @param parameters the query's values, in the order in which its text has them
 */
export async function onceCompiled<R>(...query: Query<R>): Promise<readonly R[]> {
  return (await run(...query)).rows
}

/** As `onceCompiled`, for what changes rows; answers how many. */
export async function onceCompiledChange(...query: Query<unknown>): Promise<number> {
  return Number((await run(...query)).numAffectedRows)
}

type Query<R> = [
  db: Database,
  shape: string,
  parameters: readonly unknown[],
  build: (kysely: Kysely<Tables>) => Compilable<R>,
]

function run<R>(...[db, shape, parameters, build]: Query<R>): Promise<QueryResult<R>> {
  let shapes = compiled.get(db)
  if (shapes === undefined) compiled.set(db, (shapes = new Map()))
  let query = shapes.get(shape)
  if (query === undefined) {
    query = build(db.kysely).compile()
    const inOrder =
      query.parameters.length === parameters.length && query.parameters.every((p, i) => p === parameters[i])
    if (!inOrder) throw new Error(`the parameters of '${shape}' are not in the order of its text: ${query.sql}`)
    shapes.set(shape, query)
  }
  // What a compiled query answers is what its builder said.
  return db.run<R>({ ...query, parameters })
}
