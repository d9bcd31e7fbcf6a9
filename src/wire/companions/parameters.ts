import type { Fault } from '../../product/fault.ts'
import { canWrite } from './xml.ts'

/**
 * What an action takes, written as its values: a scalar by its name, a list as a list of one, a structure as an object.
 * A name ends in `*` where it is required.
 */
export type Parameter = 'string' | 'integer' | 'boolean' | readonly [Parameter] | Parameters
export interface Parameters {
  readonly [name: string]: Parameter
}

/** What an action is given, computed from what it takes. */
export type InputOf<P> = {
  readonly [N in keyof P as N extends `${infer Name}*` ? Name : never]: ValueOf<P[N]>
} & {
  readonly [N in keyof P as N extends `${string}*` ? never : N]?: ValueOf<P[N]> | undefined
}

type ValueOf<P> = P extends 'string'
  ? string
  : P extends 'integer'
    ? number
    : P extends 'boolean'
      ? boolean
      : P extends readonly [infer Item]
        ? readonly ValueOf<Item>[]
        : InputOf<P>

/** How a service says no to a request that does not fit; one that ignores what it does not know has no `unknown`. */
export interface Refusals {
  readonly missing: (path: string) => Fault
  readonly invalid: (path: string, value: string, why: string) => Fault
  readonly unknown?: ((path: string) => Fault) | undefined
}

/** A form's fields by the parts of their names: `Filter.1.Name` is under Filter, 1, Name. */
export interface FormNode {
  text: string | undefined
  readonly members: Map<string, FormNode>
}

/** Of a name; no parameter is that deep, so that one of which the rest is passed over is as unknown as it was. */
const mostParts = 8

export function formTree(fields: Iterable<readonly [string, string]>): FormNode {
  const root: FormNode = { text: undefined, members: new Map() }
  for (const [name, text] of fields) {
    let node = root
    for (const part of name.split('.', mostParts)) {
      const next = node.members.get(part) ?? { text: undefined, members: new Map() }
      node.members.set(part, next)
      node = next
    }
    node.text = text
  }
  return root
}

/** @throws {Fault} for the first parameter that does not fit */
export function readForm<P extends Parameters>(parameters: P, form: FormNode, refusals: Refusals): InputOf<P> {
  // Each member has just been held to the very parameters of which InputOf is computed.
  return formGroup(parameters, form, '', refusals) as InputOf<P>
}

function formGroup(parameters: Parameters, node: FormNode, path: string, refusals: Refusals): object {
  const read: Record<string, unknown> = {}
  const known = new Set<string>()
  for (const [declared, parameter] of Object.entries(parameters)) {
    const name = declared.replace(/\*$/, '')
    known.add(name)
    const member = node.members.get(name)
    if (member !== undefined) read[name] = formValue(parameter, member, within(path, name), refusals)
    else if (name !== declared) throw refusals.missing(within(path, name))
  }
  for (const name of node.members.keys())
    if (!known.has(name) && refusals.unknown !== undefined) throw refusals.unknown(within(path, name))
  return read
}

function formValue(parameter: Parameter, node: FormNode, path: string, refusals: Refusals): unknown {
  if (typeof parameter === 'string') {
    const [member] = node.members.keys()
    if (member !== undefined && refusals.unknown !== undefined) throw refusals.unknown(within(path, member))
    return scalar(parameter, node.text ?? '', path, refusals)
  }
  // Passed over, `Tag=Name` would be a list of none, which to some actions means all. An empty list some clients send so.
  if (node.text !== undefined && node.text !== '')
    throw refusals.invalid(path, node.text, `It must be ${isList(parameter) ? 'a list' : 'a structure'}.`)
  if (!isList(parameter)) return formGroup(parameter, node, path, refusals)
  // STS puts `member` between a list and its items, EC2 does not.
  const items = [...(node.members.get('member') ?? node).members].map(([name, item]) => {
    if (!/^[1-9]\d{0,5}$/.test(name))
      throw refusals.invalid(`${path}.${name}`, name, 'Items of a list are numbered from 1.')
    return { index: Number(name), item }
  })
  return items
    .toSorted((a, b) => a.index - b.index)
    .map(({ index, item }) => formValue(parameter[0], item, `${path}.${index}`, refusals))
}

function scalar(type: 'string' | 'integer' | 'boolean', text: string, path: string, refusals: Refusals): unknown {
  if (type === 'string') {
    // It would come back as something else, by which nobody could name it again.
    if (!canWrite(text)) throw refusals.invalid(path, text, 'It has a character that XML cannot hold.')
    return text
  }
  if (type === 'boolean') {
    if (!/^(true|false)$/i.test(text)) throw refusals.invalid(path, text, 'It must be true or false.')
    return text.toLowerCase() === 'true'
  }
  if (!/^-?\d{1,15}$/.test(text)) throw refusals.invalid(path, text, 'It must be a whole number.')
  return Number(text)
}

/** @throws {Fault} for the first member that does not fit */
export function readJson<P extends Parameters>(parameters: P, body: unknown, refusals: Refusals): InputOf<P> {
  // As in `readForm`.
  return jsonValue(parameters, body, '', refusals) as InputOf<P>
}

function jsonValue(parameter: Parameter, value: unknown, path: string, refusals: Refusals): unknown {
  const wrong = (what: string) => refusals.invalid(path, JSON.stringify(value).slice(0, 64), `It must be ${what}.`)
  if (parameter === 'integer') {
    if (!Number.isSafeInteger(value)) throw wrong('a whole number')
    return value
  }
  if (parameter === 'string' || parameter === 'boolean') {
    if (typeof value !== parameter) throw wrong(`a ${parameter}`)
    return value
  }
  if (isList(parameter)) {
    if (!Array.isArray(value)) throw wrong('a list')
    return value.map((item: unknown, index) => jsonValue(parameter[0], item, `${path}[${index}]`, refusals))
  }
  if (!isObject(value)) throw wrong('an object')
  const read: Record<string, unknown> = {}
  for (const [declared, member] of Object.entries(parameter)) {
    const name = declared.replace(/\*$/, '')
    const given = Object.hasOwn(value, name) ? value[name] : undefined
    if (given !== undefined && given !== null) read[name] = jsonValue(member, given, within(path, name), refusals)
    else if (name !== declared) throw refusals.missing(within(path, name))
  }
  return read
}

function isList(parameter: readonly [Parameter] | Parameters): parameter is readonly [Parameter] {
  return Array.isArray(parameter)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function within(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
