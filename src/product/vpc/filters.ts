import type { Tags } from '../tags/rules.ts'
import { refuse } from './faults.ts'

/** As Describe actions take it: what fits any of the values fits the filter. */
export interface Filter {
  readonly Name?: string | undefined
  readonly Value?: readonly string[] | undefined
}

/** What can be filtered by: a filter's name, and the values that a record has for it. */
export type Fields<R> = Readonly<Record<string, (record: R) => string | number | boolean | null | readonly string[]>>

/** Each is compared with each record, so that without a limit one request could keep everybody waiting for seconds. */
const mostValues = 200

/**
 * Those that fit every filter. In a value, `*` stands for any text, `?` for one character, `\` before them for themselves.
 * @source EC2's answer to too many values, in the issue 47 of gjbae1212/gossm
 */
export function selected<R extends { readonly tags?: Tags }>(
  records: readonly R[],
  filters: readonly Filter[] | undefined,
  fields: Fields<R>,
): readonly R[] {
  const values = (filters ?? []).reduce((count, { Value = [] }) => count + Value.length, 0)
  if (values > mostValues)
    throw refuse(
      'FilterLimitExceeded',
      `The maximum number of filter values specified on a single call is ${mostValues}`,
    )
  const conditions = (filters ?? []).map((filter) => condition(filter, fields))
  return records.filter((record) => conditions.every((holds) => holds(record)))
}

function condition<R extends { readonly tags?: Tags }>(
  { Name: name = '', Value: values = [] }: Filter,
  fields: Fields<R>,
): (record: R) => boolean {
  const field = fieldNamed(name, fields)
  const wanted = values.map(pattern)
  return (record) => {
    const found = field(record)
    const present = found === null ? [] : Array.isArray(found) ? found : [String(found)]
    return present.some((value) => wanted.some((fits) => fits(value)))
  }
}

function fieldNamed<R extends { readonly tags?: Tags }>(name: string, fields: Fields<R>): Fields<R>[string] {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field !== undefined) return field
  if (name === 'tag-key') return ({ tags = [] }) => tags.map(({ key }) => key)
  if (name === 'tag-value') return ({ tags = [] }) => tags.map(({ value }) => value ?? '')
  if (name.startsWith('tag:'))
    return ({ tags = [] }) => tags.filter(({ key }) => key === name.slice(4)).map(({ value }) => value ?? '')
  throw refuse('InvalidParameterValue', `The filter '${name.slice(0, 128)}' is invalid`)
}

/**
 * Compared piece by piece, each as early as it can be: a regular expression with many `.*` would take a time that grows
 * with a power of the text's length.
 */
function pattern(text: string): (value: string) => boolean {
  const pieces = piecesOf(text)
  return (value) => {
    const [first = [], ...rest] = pieces
    if (!fitsAt(first, value, 0)) return false
    if (rest.length === 0) return value.length === first.length
    const last = rest.at(-1) ?? []
    const end = value.length - last.length
    let at = first.length
    for (const piece of rest.slice(0, -1)) {
      while (at + piece.length <= end && !fitsAt(piece, value, at)) at++
      at += piece.length
    }
    return at <= end && fitsAt(last, value, end)
  }
}

/** What stands between the stars; null is a question mark. */
type Piece = readonly (string | null)[]

function piecesOf(text: string): readonly Piece[] {
  const pieces: (string | null)[][] = [[]]
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '*') pieces.push([])
    else if (character === '?') pieces.at(-1)?.push(null)
    else pieces.at(-1)?.push(character === '\\' && at + 1 < text.length ? text.charAt(++at) : character)
  }
  return pieces
}

function fitsAt(piece: Piece, value: string, at: number): boolean {
  return at + piece.length <= value.length && piece.every((want, i) => want === null || want === value.charAt(at + i))
}
