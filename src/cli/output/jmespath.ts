// What a JMESPath expression finds. The package `jmespath` reads expressions; what they mean is decided here as Python's
// jmespath has it, on which the AWS CLI is built: the package's own functions sort numbers as texts, for one.
import jmespath from 'jmespath'
import type { JsonValue } from '../connection/connection.ts'
import { type Argument, areEqual, callFunction, inOrder } from './jmespath-functions.ts'
import { isList, isStructure } from './text.ts'

/** What the package makes of an expression. */
export interface Node {
  readonly type: string
  readonly name?: string
  readonly value?: JsonValue
  readonly children?: readonly Node[]
}

// Its types leave `compile` out.
const { compile } = jmespath as typeof jmespath & { readonly compile: (expression: string) => Node }

/** Throws an Error for a text that is no expression. */
export function parse(expression: string): Node {
  // The package takes `a.` and `a..b`, and stumbles over `a[?b=c]`.
  const node = orUndefined(() => compile(expression))
  if (node === undefined) throw new Error('it is no JMESPath expression; what is equal is written ==')
  if (!isWhole(node)) throw new Error('a part of it is missing')
  return node
}

function orUndefined<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** The children of a slice are numbers, and a pair's value is an expression, where a literal's is what it says. */
function isWhole(node: Node | undefined): boolean {
  if (node === undefined) return false
  if (node.type === 'KeyValuePair') return isWhole(nodeIn(node.value))
  return node.type === 'Slice' || (node.children ?? []).every(isWhole)
}

const nodeIn = (value: unknown): Node => value as Node

/** Throws an Error where a function is asked for what it cannot. */
export function evaluate(node: Node, value: JsonValue): JsonValue {
  const meaning = Object.hasOwn(meanings, node.type) ? meanings[node.type] : undefined
  if (meaning === undefined) throw new Error(`an expression of the kind ${node.type} has no value of its own`)
  return meaning(node, value)
}

const child = ({ children = [] }: Node, index: number): Node => children[index] ?? { type: 'Identity' }
const inChild = (node: Node, index: number, value: JsonValue) => evaluate(child(node, index), value)

type Meaning = (node: Node, value: JsonValue) => JsonValue

const literal: Meaning = (node) => node.value ?? null
const itself: Meaning = (_node, value) => value
const oneAfterTheOther: Meaning = (node, value) => inChild(node, 1, inChild(node, 0, value))

const meanings: Readonly<Record<string, Meaning>> = {
  Identity: itself,
  Current: itself,
  Literal: literal,
  // Own members alone: every object has a `toString`.
  Field: ({ name = '' }, value) => (isStructure(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null),
  Subexpression: oneAfterTheOther,
  IndexExpression: oneAfterTheOther,
  Pipe: oneAfterTheOther,
  Index: (node, value) => (isList(value) ? (value.at(Number(node.value)) ?? null) : null),
  Slice: ({ children }, value) => (isList(value) ? slice(value, children as unknown as Bounds) : null),
  Projection: (node, value) => projected(node, inChild(node, 0, value)),
  ValueProjection(node, value) {
    const base = inChild(node, 0, value)
    return projected(node, isStructure(base) ? Object.values(base) : null)
  },
  FilterProjection(node, value) {
    const base = inChild(node, 0, value)
    return projected(node, isList(base) ? base.filter((item) => isTrue(inChild(node, 2, item))) : null)
  },
  Flatten(node, value) {
    const base = inChild(node, 0, value)
    return isList(base) ? base.flatMap((item): readonly JsonValue[] => (isList(item) ? item : [item])) : null
  },
  Comparator: (node, value) => compared(node.name, inChild(node, 0, value), inChild(node, 1, value)),
  MultiSelectList: ({ children = [] }, value) =>
    value === null ? null : children.map((each) => evaluate(each, value)),
  MultiSelectHash: ({ children = [] }, value) =>
    value === null
      ? null
      : Object.fromEntries(children.map(({ name = '', value: each }) => [name, evaluate(nodeIn(each), value)])),
  OrExpression(node, value) {
    const first = inChild(node, 0, value)
    return isTrue(first) ? first : inChild(node, 1, value)
  },
  AndExpression(node, value) {
    const first = inChild(node, 0, value)
    return isTrue(first) ? inChild(node, 1, value) : first
  },
  NotExpression: (node, value) => !isTrue(inChild(node, 0, value)),
  Function: ({ name = '', children = [] }, value) =>
    callFunction(
      name,
      children.map((each): Argument => {
        if (each.type !== 'ExpressionReference') return evaluate(each, value)
        return (item) => inChild(each, 0, item)
      }),
    ),
}

/** What is right of a projection, for each item; what finds nothing is left out. */
function projected(node: Node, items: JsonValue): JsonValue {
  if (!isList(items)) return null
  return items.map((item) => inChild(node, 1, item)).filter((item) => item !== null)
}

/** Nothing, no, and what is empty are false; zero is not. */
function isTrue(value: JsonValue): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return value !== null && value !== false && value !== ''
}

/** Only two numbers or two texts have an order; else the answer is null, and a filter leaves the item out. */
function compared(comparator: string | undefined, one: JsonValue, other: JsonValue): JsonValue {
  if (comparator === 'EQ') return areEqual(one, other)
  if (comparator === 'NE') return !areEqual(one, other)
  if (typeof one !== typeof other || (typeof one !== 'number' && typeof one !== 'string')) return null
  const order = inOrder(one, other)
  return { GT: order > 0, GTE: order >= 0, LT: order < 0, LTE: order <= 0 }[comparator ?? ''] ?? null
}

type Bounds = readonly [start: number | null, stop: number | null, step: number | null]

function slice(items: readonly JsonValue[], [start, stop, step]: Bounds): JsonValue {
  const by = step ?? 1
  if (by === 0) throw new Error('the step of a slice cannot be 0')
  const [least, most] = by > 0 ? [0, items.length] : [-1, items.length - 1]
  const bound = (given: number | null, otherwise: number) =>
    given === null ? otherwise : Math.min(most, Math.max(least, given < 0 ? given + items.length : given))
  const [from, to] = by > 0 ? [bound(start, least), bound(stop, most)] : [bound(start, most), bound(stop, least)]
  const found: JsonValue[] = []
  for (let index = from; by > 0 ? index < to : index > to; index += by) found.push(items[index] ?? null)
  return found
}
