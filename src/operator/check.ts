import { quote } from '../contract/quote.ts'
import type { ObjectSchema, Schema, ValueOf } from './schema.ts'

/** A request that does not fit its schema. The message names the member by its path, and the value. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest'
}

/**
 * The declared members of `value`, and nothing else, as the schema says. Members that are not declared are refused:
 * whoever misspells one should hear of it.
 *
 * @param text whether every value is text, as in a path or a query
 * @throws {InvalidRequest} for the first member that does not fit
 */
export function checkObject<S extends ObjectSchema>(schema: S, value: unknown, text = false): ValueOf<S> {
  // Each member has just been held to the schema of which ValueOf is computed.
  return object(schema, value, '', text) as ValueOf<S>
}

type Members = Readonly<Record<string, unknown>>

function object(schema: ObjectSchema, value: unknown, path: string, text: boolean): Members {
  if (!isObject(value)) throw wrong(path, value, 'it must be a JSON object')
  if (schema.additionalProperties === true) return value
  const names = Object.keys(value)
  const unknown = names.find((name) => !Object.hasOwn(schema.properties, name))
  if (unknown !== undefined) {
    const known = Object.keys(schema.properties)
    const instead = known.length === 0 ? 'none is expected' : `known are ${known.join(', ')}`
    throw new InvalidRequest(`There is no member ${quote(unknown)}${path === '' ? '' : ` in ${path}`}: ${instead}`)
  }
  const absent = schema.required?.find((name) => !Object.hasOwn(value, name))
  if (absent !== undefined) throw new InvalidRequest(`The member ${within(path, absent)} is required`)
  if (names.length < (schema.minProperties ?? 0))
    throw new InvalidRequest(`${path === '' ? 'The body' : path} must have at least one member`)
  return Object.fromEntries(
    Object.entries(schema.properties)
      .filter(([name]) => Object.hasOwn(value, name))
      .map(([name, member]) => [name, any(member, value[name], within(path, name), text)]),
  )
}

function any(schema: Schema, value: unknown, path: string, text: boolean): unknown {
  if (value === null && schema.nullable === true) return null
  switch (schema.type) {
    case 'object':
      return object(schema, value, path, text)
    case 'string':
      return string(schema, value, path)
    case 'integer':
    case 'number':
      return number(schema, text && typeof value === 'string' && value.trim() !== '' ? Number(value) : value, path)
    case 'boolean': {
      const given = text && (value === 'true' || value === 'false') ? value === 'true' : value
      if (typeof given !== 'boolean') throw wrong(path, value, 'it must be true or false')
      return given
    }
    case 'array': {
      if (!Array.isArray(value)) throw wrong(path, value, 'it must be a list')
      const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items } = schema
      if (value.length < minItems) throw new InvalidRequest(`${path} has ${value.length} items, fewer than ${minItems}`)
      if (value.length > maxItems) throw new InvalidRequest(`${path} has ${value.length} items, more than ${maxItems}`)
      return value.map((item: unknown, index) => any(items, item, `${path}[${index}]`, text))
    }
  }
}

function string(schema: Extract<Schema, { type: 'string' }>, value: unknown, path: string): string {
  if (typeof value !== 'string') throw wrong(path, value, 'it must be a string')
  if (value.includes('\0') || !value.isWellFormed())
    throw wrong(path, value, 'it contains a NUL character or half a surrogate pair')
  const { enum: choices, minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema
  if (choices !== undefined && !choices.includes(value))
    throw wrong(path, value, `it must be one of ${choices.join(', ')}`)
  const length = value.length > 4 * maxLength ? value.length : [...value].length
  if (length < minLength || length > maxLength)
    throw wrong(path, value, `its length ${length} is not within ${minLength} to ${maxLength}`)
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
    throw wrong(path, value, `it must match ${pattern}`)
  if (schema.format === 'date-time' && !isTime(value))
    throw wrong(path, value, 'it must be a time such as 2026-11-20T12:00:00Z')
  return value
}

const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

/** What parses dates takes a day that its month does not have for one of the next month. */
function isTime(value: string): boolean {
  const day = value.slice(0, 10)
  const midnight = Date.parse(`${day}T00:00:00Z`)
  return (
    timeForm.test(value) && !Number.isNaN(Date.parse(value)) && new Date(midnight).toISOString().slice(0, 10) === day
  )
}

function number(schema: Extract<Schema, { type: 'integer' | 'number' }>, value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(path, value, 'it must be a number')
  if (schema.type === 'integer' && !Number.isSafeInteger(value)) throw wrong(path, value, 'it must be a whole number')
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema
  if (value < minimum) throw wrong(path, value, `it must be at least ${minimum}`)
  if (value > maximum) throw wrong(path, value, `it must be at most ${maximum}`)
  return value
}

function wrong(path: string, value: unknown, why: string): InvalidRequest {
  const shown = typeof value === 'object' && value !== null ? (Array.isArray(value) ? 'a list' : 'an object') : value
  const quoted = typeof value === 'string' ? quote(value) : String(shown)
  return new InvalidRequest(
    path === '' ? `Invalid body: ${why}, not ${quoted}` : `Invalid value ${quoted} for ${path}: ${why}`,
  )
}

function within(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
