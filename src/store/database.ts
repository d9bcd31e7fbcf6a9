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
