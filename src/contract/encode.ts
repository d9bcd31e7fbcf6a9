import { type MemberType, membersOf } from './notation.ts'
import type { StructureName } from './structures.ts'

export type JsonValue = string | number | boolean | readonly JsonValue[] | JsonObject
export type JsonObject = { readonly [member: string]: JsonValue }

type EncodeStructure = (value: unknown) => JsonObject
type EncodeValue = (value: unknown) => JsonValue

/**
 * A way to write structures as JSON: declared members only, undefined ones left out, times as epoch seconds, blobs as
 * base64. Each structure is compiled once, when it is first written.
 *
 * @param replace what stands in the place of a member's value, if anything does
 */
export const encoder = (
  replace: (member: string, type: MemberType) => JsonValue | undefined,
): ((structure: StructureName) => EncodeStructure) => {
  const encoders = new Map<StructureName, EncodeStructure>()

  const structureEncoder = (structure: StructureName): EncodeStructure => {
    const known = encoders.get(structure)
    if (known !== undefined) return known

    const members = membersOf(structure)
    const copy = membersCopier(
      members.map(({ name }) => name),
      members.map(({ name, type }) => {
        const replacement = replace(name, type)
        return replacement === undefined ? valueEncoder(type, `${structure}.${name}`) : () => replacement
      }),
    )
    const encode: EncodeStructure = (value) => {
      if (!isObject(value)) throw new TypeError(`not a ${structure}: ${typeof value}`)
      return copy(value)
    }
    encoders.set(structure, encode)
    return encode
  }

  const valueEncoder = (type: MemberType, path: string): EncodeValue => {
    switch (type.kind) {
      case 'structure':
        return structureEncoder(type.name)
      case 'list': {
        const encode = valueEncoder(type.item, path)
        return (value) => (Array.isArray(value) ? value.map(encode) : mismatch(path, 'list'))
      }
      case 'timestamp':
        return (value) => (Number.isFinite(value) ? Math.round(Number(value)) / 1000 : mismatch(path, 'time'))
      case 'blob':
        return (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : mismatch(path, 'blob'))
      case 'integer':
      case 'long':
        return (value) => (typeof value === 'number' && Number.isFinite(value) ? value : mismatch(path, 'number'))
      case 'boolean':
        return (value) => (typeof value === 'boolean' ? value : mismatch(path, 'boolean'))
      case 'string':
      case 'enum':
        return (value) => (typeof value === 'string' ? value : mismatch(path, 'string'))
    }
  }

  return structureEncoder
}

/**
 * A function that copies members, each by its encoder, with a line of code for each of them. Where members go by names that
 * vary, V8 makes a dictionary of whatever has many, and to build and stringify those takes six times as long. Nothing becomes
 * code but names of the contract.
 */
const membersCopier = (
  names: readonly string[],
  encoders: readonly EncodeValue[],
): ((value: Readonly<Record<string, unknown>>) => JsonObject) => {
  const parameters = encoders.map((_, index) => `encode${index}`)
  const lines = names.map((name, index) => {
    const member = `[${JSON.stringify(name)}]`
    return `given = value${member}; if (given !== undefined) json${member} = encode${index}(given)`
  })
  const code = `return (value) => { const json = {}; let given; ${lines.join('; ')}; return json }`
  return new Function(...parameters, code)(...encoders)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

// The value stays out of the message: it may be a secret.
const mismatch = (path: string, expected: string): never => {
  throw new TypeError(`${path} is not a ${expected}`)
}
