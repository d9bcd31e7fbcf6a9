import jmespath from 'jmespath'
import type { JsonObject, JsonValue } from '../connection/connection.ts'
import { isList, isStructure } from './text.ts'

// The package's types leave it out.
export const { strictDeepEqual: areEqual } = jmespath as typeof jmespath & {
  readonly strictDeepEqual: (one: JsonValue, other: JsonValue) => boolean
}

type Expression = (item: JsonValue) => JsonValue
export type Argument = JsonValue | Expression

/** Calls one of JMESPath's functions. Throws an Error, whose message is one sentence, where there is no such, or not for these. */
export function callFunction(name: string, given: readonly Argument[]): JsonValue {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (found === undefined) throw new Error(`there is no function ${name}()`)
  const { takes, isVariadic = false, answer } = found
  if (isVariadic ? given.length < takes.length : given.length !== takes.length)
    throw new Error(`${name}() takes ${takes.length}${isVariadic ? ' or more' : ''} arguments, not ${given.length}`)
  for (const [index, argument] of given.entries()) {
    const kinds = takes[Math.min(index, takes.length - 1)] ?? []
    if (!kinds.some((kind) => isOf[kind](argument)))
      throw new Error(`argument ${index + 1} of ${name}() must be ${kinds.join(' or ')}, not ${kindOf(argument)}`)
  }
  return answer(...given)
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => typeof value === 'number'

const isOf = {
  anything: (value: Argument) => typeof value !== 'function',
  'an expression': (value: Argument) => typeof value === 'function',
  'a text': isText,
  'a number': isNumber,
  'a structure': (value: Argument) => typeof value !== 'function' && isStructure(value),
  'a list': (value: Argument) => Array.isArray(value),
  'a list of texts': (value: Argument) => Array.isArray(value) && value.every(isText),
  'a list of numbers': (value: Argument) => Array.isArray(value) && value.every(isNumber),
} as const

function kindOf(value: Argument): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'true or false'
  return (['an expression', 'a text', 'a number', 'a structure'] as const).find((kind) => isOf[kind](value)) ?? 'a list'
}

interface Definition {
  readonly takes: readonly (readonly (keyof typeof isOf)[])[]
  /** Takes more of the last kind. */
  readonly isVariadic?: true
  // biome-ignore lint/suspicious/noExplicitAny: what they are is checked before, by `takes`
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly answer: (...given: any[]) => JsonValue
}

type List = readonly JsonValue[]
type Orderable = string | number

const comparable = ['a list of numbers', 'a list of texts'] as const
const byExpression = [['a list'], ['an expression']] as const

/** @source JMESPath specification, "Built-in functions"; where it leaves something open, Python's jmespath, module `functions` */
const functions: Readonly<Record<string, Definition>> = {
  abs: { takes: [['a number']], answer: (number: number) => Math.abs(number) },
  avg: {
    takes: [['a list of numbers']],
    answer: (list: readonly number[]) => (list.length === 0 ? null : sum(list) / list.length),
  },
  ceil: { takes: [['a number']], answer: (number: number) => Math.ceil(number) },
  contains: {
    takes: [['a text', 'a list'], ['anything']],
    answer: (within: string | List, what: JsonValue) =>
      isText(within) ? isText(what) && within.includes(what) : within.some((item) => areEqual(item, what)),
  },
  ends_with: { takes: [['a text'], ['a text']], answer: (text: string, end: string) => text.endsWith(end) },
  floor: { takes: [['a number']], answer: (number: number) => Math.floor(number) },
  join: { takes: [['a text'], ['a list of texts']], answer: (glue: string, texts: List) => texts.join(glue) },
  keys: { takes: [['a structure']], answer: (structure: JsonObject) => Object.keys(structure) },
  length: {
    takes: [['a text', 'a list', 'a structure']],
    answer: (what: string | List | JsonObject) => (isText(what) ? Array.from(what) : Object.keys(what)).length,
  },
  map: { takes: [['an expression'], ['a list']], answer: (of: Expression, list: List) => list.map((item) => of(item)) },
  max: { takes: [comparable], answer: (list: readonly Orderable[]) => last(list, (item) => item, 1) },
  max_by: { takes: byExpression, answer: (list: List, key: Expression) => last(list, keyOf('max_by', key), 1) },
  merge: {
    takes: [['a structure']],
    isVariadic: true,
    answer: (...structures: readonly JsonObject[]) => Object.fromEntries(structures.flatMap(Object.entries)),
  },
  min: { takes: [comparable], answer: (list: readonly Orderable[]) => last(list, (item) => item, -1) },
  min_by: { takes: byExpression, answer: (list: List, key: Expression) => last(list, keyOf('min_by', key), -1) },
  not_null: {
    takes: [['anything']],
    isVariadic: true,
    answer: (...values: List) => values.find((value) => value !== null) ?? null,
  },
  reverse: {
    takes: [['a text', 'a list']],
    answer: (what: string | List) => (isText(what) ? Array.from(what).toReversed().join('') : what.toReversed()),
  },
  sort: { takes: [comparable], answer: (list: readonly Orderable[]) => list.toSorted(inOrder) },
  sort_by: { takes: byExpression, answer: (list: List, key: Expression) => sortedBy(list, keyOf('sort_by', key)) },
  starts_with: { takes: [['a text'], ['a text']], answer: (text: string, start: string) => text.startsWith(start) },
  sum: { takes: [['a list of numbers']], answer: (list: readonly number[]) => sum(list) },
  to_array: { takes: [['anything']], answer: (value: JsonValue) => (isList(value) ? value : [value]) },
  to_number: { takes: [['anything']], answer: (value: JsonValue) => toNumber(value) },
  to_string: { takes: [['anything']], answer: (value: JsonValue) => (isText(value) ? value : asciiJson(value)) },
  type: { takes: [['anything']], answer: (value: JsonValue) => typeName(value) },
  values: { takes: [['a structure']], answer: (structure: JsonObject) => Object.values(structure) },
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

/** Two of a kind: numbers by size, texts by code point, of which UTF-8 keeps the order. */
export const inOrder = (one: JsonValue, other: JsonValue): number =>
  isNumber(one) && isNumber(other) ? one - other : Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)))

type Key = (item: JsonValue) => Orderable

/** What an item is ordered by: for all of them a number, or for all a text. */
function keyOf(name: string, expression: Expression): Key {
  let first: string | undefined
  return (item) => {
    const key = expression(item)
    if (!isText(key) && !isNumber(key))
      throw new Error(`${name}() orders by a number or a text, but for an item it is ${kindOf(key)}`)
    first ??= typeof key
    if (typeof key !== first) throw new Error(`${name}() orders by a number or by a text, but here it is both`)
    return key
  }
}

const sortedBy = (list: List, key: Key): List =>
  list
    .map((item) => ({ item, key: key(item) }))
    .toSorted((one, other) => inOrder(one.key, other.key))
    .map(({ item }) => item)

/** The first of those that are last in this direction. */
function last<Item extends JsonValue>(list: readonly Item[], key: (item: Item) => Orderable, direction: 1 | -1) {
  const [first, ...rest] = list.map((item) => ({ item, key: key(item) }))
  if (first === undefined) return null
  return rest.reduce((best, each) => (direction * inOrder(each.key, best.key) > 0 ? each : best), first).item
}

/** As Python's `int` and `float` read them; what is not finite has no place in JSON. */
function toNumber(value: JsonValue): JsonValue {
  if (isNumber(value)) return value
  if (!isText(value)) return null
  const digits = value.trim().replaceAll(/(?<=\d)_(?=\d)/g, '')
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : null
}

/** As Python's `json.dumps` writes it, without spaces. */
const asciiJson = (value: JsonValue): string =>
  JSON.stringify(value).replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

function typeName(value: JsonValue): string {
  if (value === null) return 'null'
  if (isList(value)) return 'array'
  return typeof value
}
