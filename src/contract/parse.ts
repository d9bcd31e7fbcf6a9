import type { Constraint } from './constraints.ts'
import { enums } from './enums.ts'
import { type MemberType, membersOf } from './notation.ts'
import { operations } from './operations.ts'
import { quote } from './quote.ts'
import type { StructureName } from './structures.ts'
import type { Input, OperationName } from './types.ts'

/** A request's body breaks the contract. The message names the member by its path and never quotes a secret. */
export class InvalidInput extends Error {
  /** `SerializationException`: the JSON has the wrong type; the other: the value is missing or not allowed. */
  readonly code: 'SerializationException' | 'DirectConnectClientException'

  constructor(code: InvalidInput['code'], message: string) {
    super(message)
    this.name = 'InvalidInput'
    this.code = code
  }
}

/**
 * A request's body, checked against the contract: only declared members, none of them null.
 *
 * @param body what `JSON.parse` gave; undefined where the request had no body
 * @throws {InvalidInput} for the first member, in the contract's order, that breaks the contract
 */
export const parseInput = <N extends OperationName>(operation: N, body: unknown): Input<N> => {
  const given = body === undefined ? {} : body
  if (!isObject(given)) throw wrongType('the request body', 'a JSON object')
  const { input } = operations[operation]
  // The members have just been held to the very data of which Input is computed.
  return (input === null ? {} : structureParser(input)(given, undefined)) as Input<N>
}

/** Where a value stands in the body; written out only when there is something to complain about. */
type Place = { readonly inside: Place | undefined; readonly step: string | number }

type ParseStructure = (value: Readonly<Record<string, unknown>>, here: Place | undefined) => Record<string, unknown>
type ParseValue = (value: unknown, inside: Place | undefined, step: string | number) => unknown

const parsers = new Map<StructureName, ParseStructure>()

const structureParser = (name: StructureName): ParseStructure => {
  const known = parsers.get(name)
  if (known !== undefined) return known

  const members = membersOf(name).map((member) => ({ member, parse: valueParser(member.type) }))
  const parser: ParseStructure = (value, here) => {
    const parsed: Record<string, unknown> = {}
    for (const { member, parse } of members) {
      const given = Object.hasOwn(value, member.name) ? value[member.name] : undefined
      if (given !== undefined && given !== null) parsed[member.name] = parse(given, here, member.name)
      else if (member.required) throw notAllowed(`Field ${pathOf(here, member.name)} is required`)
    }
    return parsed
  }
  parsers.set(name, parser)
  return parser
}

const valueParser = (type: MemberType): ParseValue => {
  switch (type.kind) {
    case 'string':
      return stringParser(type.constraint)
    case 'integer':
      return integerParser(-(2 ** 31), 2 ** 31 - 1, type.constraint)
    case 'long':
      // JSON.parse has rounded what lies outside.
      return integerParser(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, undefined)
    case 'boolean':
      return (value, inside, step) => {
        if (typeof value !== 'boolean') throw wrongType(pathOf(inside, step), 'a boolean')
        return value
      }
    case 'enum':
      return enumParser(enums[type.name])
    case 'structure': {
      const parse = structureParser(type.name)
      return (value, inside, step) => {
        if (!isObject(value)) throw wrongType(pathOf(inside, step), 'an object')
        return parse(value, { inside, step })
      }
    }
    case 'list':
      return listParser(valueParser(type.item), type.constraint)
    case 'timestamp':
    case 'blob':
      throw new Error(`the contract has no request with a ${type.kind}`)
  }
}

const stringParser = (constraint: Constraint | undefined): ParseValue => {
  const { min = 0, max = Infinity, pattern } = constraint ?? {}
  const allowed = pattern === undefined ? undefined : new RegExp(pattern, 'u')

  return (value, inside, step) => {
    if (typeof value !== 'string') throw wrongType(pathOf(inside, step), 'a string')
    // Neither UTF-8 nor a database's text can hold these, so that they would come back changed or not at all.
    if (value.includes('\0') || !value.isWellFormed()) {
      throw notAllowed(
        `Invalid value for ${pathOf(inside, step)}: it contains a NUL character or half a surrogate pair`,
      )
    }
    if (constraint === undefined) return value

    if (value.length < min || value.length > max) {
      // The text is well-formed, so that each character of two units has one high half.
      const length = value.length - (value.match(/[\ud800-\udbff]/g)?.length ?? 0)
      if (length < min || length > max) throw wrongLength(pathOf(inside, step), length, min, max)
    }
    if (allowed !== undefined && !allowed.test(value)) {
      throw notAllowed(`Invalid value ${quote(value)} for ${pathOf(inside, step)}: it must match ${pattern}`)
    }
    return value
  }
}

const integerParser = (lowest: number, highest: number, constraint: Constraint | undefined): ParseValue => {
  const { min = lowest, max = highest } = constraint ?? {}

  return (value, inside, step) => {
    if (typeof value !== 'number') throw wrongType(pathOf(inside, step), 'an integer')
    if (!Number.isInteger(value)) throw wrongType(pathOf(inside, step), `an integer, not ${value}`)
    if (value < lowest || value > highest) {
      throw wrongType(pathOf(inside, step), `an integer from ${lowest} to ${highest}, not ${value}`)
    }
    if (value < min) throw notAllowed(`Invalid value ${value} for ${pathOf(inside, step)}: it is less than ${min}`)
    if (value > max) throw notAllowed(`Invalid value ${value} for ${pathOf(inside, step)}: it is more than ${max}`)
    return value
  }
}

const enumParser =
  (allowed: readonly string[]): ParseValue =>
  (value, inside, step) => {
    if (typeof value !== 'string') throw wrongType(pathOf(inside, step), 'a string')
    if (!allowed.includes(value)) {
      const path = pathOf(inside, step)
      throw notAllowed(`Invalid value ${quote(value)} for ${path}: it must be one of ${allowed.join(', ')}`)
    }
    return value
  }

const listParser = (parse: ParseValue, constraint: Constraint | undefined): ParseValue => {
  const { min = 0, max = Infinity } = constraint ?? {}

  return (value, inside, step) => {
    if (!Array.isArray(value)) throw wrongType(pathOf(inside, step), 'a list')
    if (value.length < min || value.length > max) throw wrongLength(pathOf(inside, step), value.length, min, max)
    const here = { inside, step }
    return value.map((item: unknown, index) => parse(item, here, index))
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const pathOf = (inside: Place | undefined, step: string | number): string => {
  const steps = [step]
  for (let place = inside; place !== undefined; place = place.inside) steps.unshift(place.step)
  return steps.map((each, index) => (typeof each === 'number' ? `[${each}]` : index === 0 ? each : `.${each}`)).join('')
}

const wrongType = (path: string, expected: string) =>
  new InvalidInput('SerializationException', `Invalid type, ${path} must be ${expected}`)

const notAllowed = (message: string) => new InvalidInput('DirectConnectClientException', message)

const wrongLength = (path: string, length: number, min: number, max: number) =>
  notAllowed(`Invalid value for ${path}: length ${length} is ${length < min ? `less than ${min}` : `more than ${max}`}`)
