import { type MemberType, membersOf } from './notation.ts'
import type { StructureName } from './structures.ts'

type JsonValue = string | number | boolean | readonly JsonValue[] | JsonObject
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

    const members = membersOf(structure).map(({ name, type }) => {
      const replacement = replace(name, type)
      const encode = replacement === undefined ? valueEncoder(type, `${structure}.${name}`) : () => replacement
      return { name, encode }
    })
    const encode: EncodeStructure = (value) => {
      if (!isObject(value)) throw new TypeError(`not a ${structure}: ${typeof value}`)
      const json: Record<string, JsonValue> = {}
      for (const member of members) {
        const given = value[member.name]
        if (given !== undefined) json[member.name] = member.encode(given)
      }
      return json
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

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

// The value stays out of the message: it may be a secret.
const mismatch = (path: string, expected: string): never => {
  throw new TypeError(`${path} is not a ${expected}`)
}
