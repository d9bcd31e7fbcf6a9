import { refuse } from './fault.ts'
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

/** Whoever asks for more gets as many; so do clients that know no pages. @source behaviour catalogue D and H */
export const pageSize = 100

/**
 * One page of a set. A token says where the last page ended, so that what is created or deleted between two pages
 * neither repeats nor hides anything else; it works for the same caller and the same list only.
 */
export async function listPage<K extends KindName>(
  snapshot: Snapshot,
  kind: K,
  set: SetName<K>,
  value: string,
  input: PageInput,
): Promise<Page<RecordOf<K>>> {
  const list = [snapshot.caller.accountId, snapshot.caller.region, kind, set, value].join(' ')
  const limit = limitOf(input)
  const after = input.nextToken === undefined ? undefined : openToken(snapshot, list, input.nextToken)
  const found = await snapshot.list(kind, set, value, { limit: limit + 1, after })
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
  const text = snapshot.tokens.open(token)
  // What is signed is ours, so it has this form.
  const [of, createdAt, id] = text === undefined ? [] : (JSON.parse(text) as [string, number, string])
  if (of !== list || createdAt === undefined || id === undefined)
    throw refuse('Invalid value for nextToken: it is not a token that this list returned')
  return { createdAt, id }
}
