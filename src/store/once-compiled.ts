import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Tables } from './tables.ts'

const compiled = new WeakMap<Kysely<Tables>, Map<string, CompiledQuery>>()

/**
 * Runs a query whose text is worked out once for all queries of its shape: that takes several times as long as SQLite
 * needs to answer.
 *
 * @param parameters the query's values, in the order in which its text has them
 */
export async function onceCompiled<R>(
  db: Kysely<Tables>,
  shape: string,
  parameters: readonly unknown[],
  build: () => Compilable<R>,
): Promise<readonly R[]> {
  let shapes = compiled.get(db)
  if (shapes === undefined) compiled.set(db, (shapes = new Map()))
  let query = shapes.get(shape)
  if (query === undefined) {
    query = build().compile()
    const inOrder =
      query.parameters.length === parameters.length && query.parameters.every((p, i) => p === parameters[i])
    if (!inOrder) throw new Error(`the parameters of '${shape}' are not in the order of its text: ${query.sql}`)
    shapes.set(shape, query)
  }
  const { rows } = await db.executeQuery<R>({ ...query, parameters })
  // What a compiled query answers is what its builder said.
  return rows
}
