import { refuse } from './fault.ts'
import type { Stored } from './kind.ts'
import type { KindName, RecordOf, SetName } from './kinds.ts'
import type { Position, Snapshot } from './snapshot.ts'

/** What every list operation accepts. */
export interface PageInput {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface Page<R> {
  readonly records: readonly R[]
  /** Present when there is more. */
  readonly nextToken: string | undefined
}

/** A page of a list as an operation wants it. */
export interface ListBounds extends PageInput {
  readonly newestFirst?: boolean | undefined
}

/** Whoever asks for more gets as many; so do clients that know no pages. @source behaviour catalogue D and H */
const pageSize = 100

/**
 * One page of a set. A token says where the last page ended, so that what is created or deleted between two pages
 * neither repeats nor hides anything else; it works for the same caller and the same list only.
 */
export async function listPage<K extends KindName>(
  snapshot: Snapshot,
  kind: K,
  set: SetName<K>,
  value: string,
  input: ListBounds,
): Promise<Page<RecordOf<K>>> {
  const list = listName(snapshot, kind, set, value)
  const limit = limitOf(input)
  const after = input.nextToken === undefined ? undefined : openToken(snapshot, list, input.nextToken)
  const bounds = { limit: limit + 1, after, newestFirst: input.newestFirst }
  return pageOf(snapshot, list, await snapshot.list(kind, set, value, bounds), limit)
}

/**
 * As `listPage`, but only of what `keep` lets through. It reads on until the page is full, so that a page is short only
 * at the end of the list.
 */
export async function listPageWhere<K extends KindName>(
  snapshot: Snapshot,
  kind: K,
  set: SetName<K>,
  value: string,
  input: ListBounds,
  keep: (records: readonly RecordOf<K>[]) => Promise<readonly RecordOf<K>[]>,
): Promise<Page<RecordOf<K>>> {
  const list = listName(snapshot, kind, set, value)
  const limit = limitOf(input)
  const kept: RecordOf<K>[] = []
  let after = input.nextToken === undefined ? undefined : openToken(snapshot, list, input.nextToken)
  while (kept.length <= limit) {
    const { newestFirst } = input
    const batch = await snapshot.list(kind, set, value, { limit: batchSize, after, newestFirst })
    kept.push(...(await keep(batch)))
    after = batch.at(-1)
    if (batch.length < batchSize) break
  }
  return pageOf(snapshot, list, kept, limit)
}

/**
 * One page of what is no set of records but worked out anew each time, such as routes. `keyOf` gives each item a text of
 * its own; the list is in the order of these, and a token says after which of them the last page ended.
 */
export function pageOfKeyed<T>(
  snapshot: Snapshot,
  name: string,
  all: readonly T[],
  keyOf: (item: T) => string,
  input: PageInput,
): { readonly items: readonly T[]; readonly nextToken: string | undefined } {
  const list = [snapshot.caller.accountId, snapshot.caller.region, name].join(' ')
  const limit = limitOf(input)
  const after =
    input.nextToken === undefined ? undefined : openSealed<[string, string]>(snapshot, list, input.nextToken)[1]
  const rest = all
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ item }) => item),
    nextToken:
      last !== undefined && rest.length > limit ? snapshot.tokens.seal(JSON.stringify([list, last.key])) : undefined,
  }
}

const batchSize = 500

/** How a long read lets others have their turn. */
export type Pause = () => Promise<unknown>

/**
 * A whole set in pages so short that nobody notices one of them. Who has looked at a page pauses, and others are answered
 * before the next.
 */
export async function* wholeSet<K extends KindName>(
  snapshot: Snapshot,
  kind: K,
  set: SetName<K>,
  value: string,
  pause: Pause,
): AsyncGenerator<readonly RecordOf<K>[]> {
  let after: Position | undefined
  do {
    const page: readonly RecordOf<K>[] = await snapshot.list(kind, set, value, { limit: shortPage, after })
    yield page
    await pause()
    after = page.length < shortPage ? undefined : page.at(-1)
  } while (after !== undefined)
}

const shortPage = 50

function listName(snapshot: Snapshot, kind: KindName, set: string, value: string): string {
  return [snapshot.caller.accountId, snapshot.caller.region, kind, set, value].join(' ')
}

/** What of `found` is the page, with a token for the rest. */
function pageOf<R extends Stored>(snapshot: Snapshot, list: string, found: readonly R[], limit: number): Page<R> {
  const records = found.slice(0, limit)
  const last = records.at(-1)
  const more = found.length > limit && last !== undefined
  return {
    records,
    nextToken: more ? snapshot.tokens.seal(JSON.stringify([list, last.createdAt, last.id])) : undefined,
  }
}

function limitOf({ maxResults }: PageInput): number {
  if (maxResults === undefined) return pageSize
  if (maxResults < 1) throw refuse(`Invalid value ${maxResults} for maxResults: it must be at least 1`)
  return Math.min(maxResults, pageSize)
}

function openToken(snapshot: Snapshot, list: string, token: string): Position {
  const [, createdAt, id] = openSealed<[string, number, string]>(snapshot, list, token)
  return { createdAt, id }
}

/** What a token of a list says; the first part is the list's name. */
function openSealed<T extends [string, ...unknown[]]>(snapshot: Snapshot, list: string, token: string): T {
  const text = snapshot.tokens.open(token)
  // What is signed is ours, and what is of this list has its form.
  const parts = text === undefined ? undefined : (JSON.parse(text) as T)
  if (parts?.[0] !== list) throw refuse('Invalid value for nextToken: it is not a token that this list returned')
  return parts
}
