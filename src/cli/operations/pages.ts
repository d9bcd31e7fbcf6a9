import { membersOf } from '../../contract/notation.ts'
import { operations } from '../../contract/operations.ts'
import type { OperationName } from '../../contract/types.ts'
import { CommandError, type Given, UsageError } from '../command.ts'
import type { Connection, JsonObject, JsonValue } from '../connection/connection.ts'
import { shownAnswer } from './answer.ts'
import { wholeNumber } from './values/scalar.ts'

/** How a list is to be read. */
export interface Reading {
  readonly maxItems?: number
  readonly pageSize?: number
  readonly start?: Place
}

/** Where in a list to go on: the token of a page, null for the first, and how many of its items were shown already. */
interface Place {
  readonly token: string | null
  readonly skip: number
}

/** The options with which people ask for a part of a list. */
const readingOptions = ['starting-token', 'page-size', 'max-items'] as const

export function readReading(given: Given): Reading {
  const number = (option: string, least: number) => {
    const text = given.text(option)
    if (text === undefined) return undefined
    const value = wholeNumber(text, `--${option}`)
    if (value < least) throw new UsageError(`--${option} ${text}: it must be at least ${least}`)
    return value
  }
  const maxItems = number('max-items', 0)
  const pageSize = number('page-size', 1)
  const token = given.text('starting-token')
  return {
    ...(maxItems === undefined ? {} : { maxItems }),
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(token === undefined ? {} : { start: decoded(token) }),
  }
}

/** Throws UsageError where pages are followed by hand, or not at all, and a part of the whole list is asked for. */
export function refuseReading(given: Given, why: string): void {
  const said = readingOptions.filter((option) => given.text(option) !== undefined)
  if (said.length > 0) throw new UsageError(`${why} does not go with ${said.map((each) => `--${each}`).join(', ')}`)
}

/** The pages of a list, as they are shown; the last one has a NextToken when there is more. */
export async function* pages(
  connection: Connection,
  operation: OperationName,
  input: JsonObject,
  { maxItems = Number.POSITIVE_INFINITY, pageSize, start = { token: null, skip: 0 } }: Reading,
): AsyncGenerator<JsonObject> {
  const key = listOf(operation)
  let { token, skip } = start
  let seen = 0
  while (true) {
    const asked = {
      ...input,
      ...(pageSize && { maxResults: pageSize }),
      ...(token === null ? {} : { nextToken: token }),
    }
    const answer = await connection.call(operation, asked)
    const { nextToken, ...page } = shownAnswer(operation, answer)
    const list = page[key]
    const items = Array.isArray(list) ? list.slice(skip) : []
    const kept = items.slice(0, maxItems - seen)
    seen += kept.length
    const next = typeof nextToken === 'string' && nextToken !== '' ? nextToken : null
    const end = kept.length < items.length ? { token, skip: skip + kept.length } : { token: next, skip: 0 }
    const isLast = kept.length < items.length || next === null || seen === maxItems
    const resume = isLast && (end.token !== null || end.skip > 0 || kept.length < items.length)
    yield { ...page, ...(list === undefined ? {} : { [key]: kept }), ...(resume ? { NextToken: encoded(end) } : {}) }
    if (isLast) return
    if (next === token)
      throw new CommandError('the server answers the same page over and over: its nextToken leads to itself')
    token = next
    skip = 0
  }
}

/** All pages as one. */
export async function wholeList(operation: OperationName, parts: AsyncIterable<JsonObject>): Promise<JsonObject> {
  const key = listOf(operation)
  const items: JsonValue[] = []
  let whole: JsonObject | undefined
  for await (const page of parts) {
    const list = page[key]
    if (Array.isArray(list)) items.push(...list)
    whole = { ...(whole ?? page), ...(list === undefined ? {} : { [key]: items }), ...nextOf(page) }
  }
  return whole ?? {}
}

const nextOf = ({ NextToken }: JsonObject): JsonObject => (NextToken === undefined ? {} : { NextToken })

/** The one member of the output that is a list. */
function listOf(operation: OperationName): string {
  return membersOf(operations[operation].output).find(({ type }) => type.kind === 'list')?.name ?? ''
}

// The token of the AWS CLI, so that either may go on where the other stopped.
const encoded = ({ token, skip }: Place): string =>
  Buffer.from(
    `{"nextToken": ${JSON.stringify(token)}${skip > 0 || token === null ? `, "boto_truncate_amount": ${skip}` : ''}}`,
  ).toString('base64')

function decoded(text: string): Place {
  const wrong = new UsageError(`--starting-token ${text || "''"}: it is no NextToken that a command printed`)
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(text, 'base64').toString('utf8'))
  } catch {
    throw wrong
  }
  const { nextToken: token = null, boto_truncate_amount: skip = 0 } = (value ?? {}) as {
    readonly [name: string]: JsonValue | undefined
  }
  if ((token !== null && typeof token !== 'string') || typeof skip !== 'number' || !(skip >= 0)) throw wrong
  return { token, skip }
}
