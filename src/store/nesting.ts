import type { KindName } from '../product/kinds.ts'
import { reached } from '../product/lifecycle.ts'
import type { Nest } from '../product/snapshot.ts'
import { type Database, lastCharacter, list, perShape, portions } from './database.ts'
import type { Tables } from './tables.ts'

type NestRow = Pick<Tables['sets'], 'id' | 'hidden_from'>

/** What is in a set under a value that begins with one of those wanted, or with which one of them begins; some of it several times. */
export async function nestRows(
  db: Database,
  now: number,
  kind: KindName,
  set: string,
  wanted: readonly Nest[],
): Promise<readonly NestRow[]> {
  // Nothing of its scope nests with any other.
  const within = wanted.filter(({ value, scope }) => value.startsWith(scope))
  const each = within.map((nest) => ({ ...nest, shownAt: Math.min(nest.shownAt ?? now, now) }))
  if (each.length === 0) return []
  if (each.length <= few) return inScope(db, kind, set, each)
  return [...(await around(db, kind, set, each)), ...(await inside(db, kind, set, each))]
}

interface Wanted extends Nest {
  readonly shownAt: number
}

/** To look through the scopes of a few takes less than to look up all with which they may begin. */
function inScope(db: Database, kind: KindName, set: string, wanted: readonly Wanted[]): Promise<readonly NestRow[]> {
  const each = wanted.flatMap(({ id, scope, value, shownAt }) => [id, scope, value, shownAt])
  return db.all<NestRow>(nestingInScope(wanted.length), [...each, kind, set])
}

/** Whose values a value begins with. */
async function around(
  db: Database,
  kind: KindName,
  set: string,
  wanted: readonly Wanted[],
): Promise<readonly NestRow[]> {
  const beginnings = [...new Set(wanted.flatMap(beginningsOf))]
  const earliest = Math.min(...wanted.map(({ shownAt }) => shownAt))
  const rows: (NestRow & Pick<Tables['sets'], 'value'>)[] = []
  for (const some of portions(beginnings))
    rows.push(...(await db.all<(typeof rows)[number]>(nestingAround(some.length), [kind, set, ...some, earliest])))
  const found = Map.groupBy(rows, ({ value }) => value)
  return wanted.flatMap((nest) =>
    beginningsOf(nest)
      .flatMap((value) => found.get(value) ?? [])
      .filter(({ id, hidden_from }) => id !== nest.id && !reached(hidden_from, nest.shownAt)),
  )
}

/** Whose values begin with a value and go on. */
async function inside(
  db: Database,
  kind: KindName,
  set: string,
  wanted: readonly Wanted[],
): Promise<readonly NestRow[]> {
  const rows: NestRow[] = []
  for (const some of portions(wanted)) {
    const each = some.flatMap(({ id, value, shownAt }) => [id, value, shownAt])
    rows.push(...(await db.all<NestRow>(nestingInside(some.length), [...each, kind, set])))
  }
  return rows
}

/** Of more, each scope would be looked through for each that is wanted in it. */
const few = 4

// All are looked up in the index. Of a plain join SQLite would go through all of the set first, for each that is wanted.
const nestingInScope = perShape(
  (wanted: number) => `
  with wanted(id, scope, value, shown_at) as (
    values ${list('(cast(? as text), cast(? as text), cast(? as text), cast(? as bigint))', wanted)})
  select sets.id, sets.hidden_from from wanted cross join sets
  where sets.kind = ? and sets.name = ? and sets.value >= wanted.scope and sets.value < wanted.scope || '${lastCharacter}'
    and sets.id <> wanted.id and (sets.hidden_from is null or sets.hidden_from > wanted.shown_at)
    and (substr(sets.value, 1, length(wanted.value)) = wanted.value
      or substr(wanted.value, 1, length(sets.value)) = sets.value)`,
)

const nestingAround = perShape(
  (beginnings: number) => `
  select id, value, hidden_from from sets
  where kind = ? and name = ? and value in (${list('?', beginnings)}) and (hidden_from is null or hidden_from > ?)`,
)

const nestingInside = perShape(
  (wanted: number) => `
  with wanted(id, value, shown_at) as (values ${list('(cast(? as text), cast(? as text), cast(? as bigint))', wanted)})
  select sets.id, sets.hidden_from from wanted cross join sets
  where sets.kind = ? and sets.name = ? and sets.value > wanted.value and sets.value < wanted.value || '${lastCharacter}'
    and sets.id <> wanted.id and (sets.hidden_from is null or sets.hidden_from > wanted.shown_at)`,
)

/** All with which a value begins, itself too, as far as they may be in the scope. */
function beginningsOf({ value, scope }: Nest): readonly string[] {
  return Array.from({ length: value.length - scope.length + 1 }, (_, more) => value.slice(0, scope.length + more))
}
