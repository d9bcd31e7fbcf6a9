/** One connection to a database. A statement has a `?` for each of its parameters, and nowhere else, not even in a literal. */
export interface Database {
  /** For migrations, which keep some things otherwise in one than in the other. */
  readonly dialect: 'sqlite' | 'postgres'
  /** The rows that a statement answers. What is in them its text says, so that it is typed where that stands. */
  all<Row>(sql: string, parameters?: readonly Value[]): Promise<readonly Row[]>
  /** Runs what changes rows or tables; answers how many rows. */
  run(sql: string, parameters?: readonly Value[]): Promise<number>
}

export type Value = string | number | null

/** The texts of statements that differ in their shape, such as how many values they list: each is put together once. */
export function perShape<Shape extends readonly (string | number | boolean)[]>(
  textOf: (...shape: Shape) => string,
): (...shape: Shape) => string {
  const texts = new Map<string, string>()
  return (...shape) => {
    const key = shape.join(' ')
    let text = texts.get(key)
    if (text === undefined) texts.set(key, (text = textOf(...shape)))
    return text
  }
}

/** So many of the same with commas between, as `?` for `in` or `(?, ?)` for `values`. */
export function list(item: string, count: number): string {
  return Array.from({ length: count }, () => item).join(', ')
}

/** After every other, in the order of bytes. */
export const lastCharacter = '\u{10ffff}'

const mostInPortion = 1024

/**
 * What to ask for at once: as many as every database takes, and only in counts that are powers of two (the last one is
 * asked for repeatedly), so that few different statements have to be compiled.
 */
export function portions<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length === 1) return [all]
  return Array.from({ length: Math.ceil(all.length / mostInPortion) }, (_, index) => {
    const some = all.slice(index * mostInPortion, (index + 1) * mostInPortion)
    const size = 2 ** Math.ceil(Math.log2(some.length))
    return [...some, ...Array.from({ length: size - some.length }, () => some.at(-1) as T)]
  })
}
