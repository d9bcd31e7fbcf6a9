import { type Given, type Option, UsageError } from '../command.ts'
import type { JsonObject, JsonValue } from '../connection/connection.ts'
import { isList, textIn } from '../connection/json.ts'
import { dashed } from '../operations/names.ts'
import { type Member, within } from './calls.ts'

/** The option that says a member. */
export function optionOf({ name, required, schema }: Member): Option {
  const type = typeOf(schema)
  const words = dashed(name).split('-')
  const choices = choicesOf(schema)
  return {
    value:
      type === 'boolean'
        ? null
        : placeholder(type === 'array' ? typeOf(within(schema, 'items')) : type, words.at(-1) ?? ''),
    meaning: textIn(schema, 'description') || words.join(' '),
    ...(choices === undefined ? {} : { choices }),
    ...(type === 'array' ? { many: true } : {}),
    ...(type === 'boolean' ? { negatable: true } : {}),
    ...(required ? { required } : {}),
  }
}

/** What was said of a member; undefined: nothing. Throws UsageError for what its type does not allow. */
export function valueOf(option: string, { schema }: Member, given: Given): JsonValue | undefined {
  const flag = given.flag(option)
  if (flag !== undefined) return flag
  const list = given.list(option)
  const [only = ''] = list ?? []
  if (list?.length === 1 && only === 'null' && isNullable(schema)) return null
  if (list !== undefined)
    return list.length === 1 && only.startsWith('[')
      ? json(`--${option}`, only)
      : list.map((text) => scalar(`--${option}`, text, within(schema, 'items') ?? {}))
  const text = given.text(option)
  return text === undefined ? undefined : scalar(`--${option}`, text, schema)
}

function scalar(label: string, text: string, schema: JsonObject): JsonValue {
  const type = typeOf(schema)
  if (text === 'null' && isNullable(schema)) return null
  if (type === 'integer' || type === 'number') {
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value) || (type === 'integer' && !Number.isInteger(value)))
      throw new UsageError(`${label} ${text || "''"}: it must be a ${type === 'integer' ? 'whole ' : ''}number`)
    return value
  }
  if (type === 'boolean') {
    if (text !== 'true' && text !== 'false') throw new UsageError(`${label} ${text || "''"}: it must be true or false`)
    return text === 'true'
  }
  if (type === 'object' && /^[^={[]+=/.test(text)) return pairs(label, text, schema)
  return type === 'object' || type === 'array' ? json(label, text) : text
}

/** `1Gbps=48,10Gbps=8` */
function pairs(label: string, text: string, schema: JsonObject): JsonObject {
  const entries = text.split(',').map((pair) => {
    const [, name = '', value] = /^([^=]+)=(.*)$/s.exec(pair) ?? []
    if (value === undefined)
      throw new UsageError(`${label} ${text}: '${pair}' is no NAME=VALUE; JSON may stand here too`)
    const type = within(schema, 'properties', name) ?? within(schema, 'additionalProperties') ?? {}
    return [name, scalar(`${label} ${name}`, value, type)] as const
  })
  return Object.fromEntries(entries)
}

function json(label: string, text: string): JsonValue {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(
      `${label} ${text || "''"}: it is no JSON (${error instanceof Error ? error.message : 'unreadable'})`,
    )
  }
}

function typeOf(schema: JsonObject | undefined): string {
  const type = schema?.['type']
  const first = isList(type) ? type.find((each) => each !== 'null') : type
  return typeof first === 'string' ? first : 'string'
}

const isNullable = ({ nullable, type }: JsonObject): boolean =>
  nullable === true || (isList(type) && type.includes('null'))

function choicesOf(schema: JsonObject): readonly string[] | undefined {
  const values = schema['enum']
  return isList(values) ? values.filter((value) => typeof value === 'string') : undefined
}

function placeholder(type: string, word: string): string {
  if (type === 'integer' || type === 'number') return 'NUMBER'
  return type === 'object' ? 'NAME=VALUE,…' : word.toUpperCase()
}
