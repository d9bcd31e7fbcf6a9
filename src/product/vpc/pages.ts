import type { Stored } from '../kind.ts'
import type { Snapshot } from '../snapshot.ts'
import { invalid, refuse } from './faults.ts'

export interface PageInput {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

/** EC2 takes 5 to 1,000 of its lists; without a number it answers all at once. */
const least = 5
const most = 1_000

/** One page of a list that is in order, of its oldest records first. The token works for the same caller and list only. */
export function pageOf<R extends Stored>(
  snapshot: Snapshot,
  list: string,
  records: readonly R[],
  { MaxResults: maximum, NextToken: token }: PageInput,
): { readonly records: readonly R[]; readonly nextToken: string | undefined } {
  if (maximum !== undefined && (maximum < least || maximum > most))
    throw invalid('maxResults', maximum, `Expecting a value from ${least} to ${most}.`)
  const name = [snapshot.caller.accountId, snapshot.caller.region, 'ec2', list].join(' ')
  const rest =
    token === undefined || token === '' ? records : records.slice(after(records, positionIn(snapshot, name, token)))
  const page = rest.slice(0, maximum ?? (token === undefined ? rest.length : most))
  const last = page.at(-1)
  const more = last !== undefined && rest.length > page.length
  return {
    records: page,
    nextToken: more ? snapshot.tokens.seal(JSON.stringify([name, last.createdAt, last.id])) : undefined,
  }
}

type Position = readonly [createdAt: number, id: string]

function positionIn(snapshot: Snapshot, name: string, token: string): Position {
  const text = snapshot.tokens.open(token)
  // What is signed is ours, but tokens of Direct Connect's lists are too; they begin with other names.
  const [of, createdAt, id] = text === undefined ? [] : (JSON.parse(text) as [string, number, string])
  if (of !== name || createdAt === undefined || id === undefined)
    throw refuse('InvalidPaginationToken', 'The specified pagination token is not valid')
  return [createdAt, id]
}

/** How many of the records lie at or before a position. */
function after(records: readonly Stored[], [createdAt, id]: Position): number {
  const index = records.findIndex((r) => r.createdAt > createdAt || (r.createdAt === createdAt && r.id > id))
  return index === -1 ? records.length : index
}
