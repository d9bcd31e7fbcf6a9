import { type MemberType, membersOf } from '../../../contract/notation.ts'
import { UsageError } from '../../command.ts'
import type { JsonValue } from '../../connection/connection.ts'
import { didYouMean } from '../../nearest.ts'
import { wholeNumber } from './scalar.ts'
import type { Shorthand } from './shorthand.ts'

/** Shorthand with the types of the contract: numbers, yes and no, and lists where it has only one item. */
export function typed(type: MemberType, value: Shorthand, place: string): JsonValue {
  switch (type.kind) {
    case 'list': {
      const items = Array.isArray(value) ? (value as readonly Shorthand[]) : [value]
      return items.map((item, index) => typed(type.item, item, `${place}[${index}]`))
    }
    case 'structure': {
      if (typeof value !== 'object' || Array.isArray(value)) return value as JsonValue
      const members = membersOf(type.name)
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => {
          const member = members.find(({ name }) => name === key)
          return [key, member === undefined ? (each as JsonValue) : typed(member.type, each, `${place}.${key}`)]
        }),
      )
    }
    case 'integer':
    case 'long':
      return typeof value === 'string' ? wholeNumber(value, place) : (value as JsonValue)
    case 'boolean':
      if (typeof value !== 'string') return value as JsonValue
      return { true: true, false: false }[value.toLowerCase()] ?? value
    default:
      return value as JsonValue
  }
}

/** Throws UsageError for a member that the contract does not know, or a value of another kind than it says. */
export function checkKinds(type: MemberType, value: JsonValue, place: string): void {
  const mustBe = (what: string) => new UsageError(`${place} must be ${what}, not ${kindOf(value)}`)
  switch (type.kind) {
    case 'structure': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw mustBe('a structure')
      const members = membersOf(type.name)
      for (const [key, each] of Object.entries(value)) {
        const member = members.find(({ name }) => name === key)
        const names = members.map(({ name }) => name)
        if (member === undefined)
          throw new UsageError(
            `${place} has no member '${key}'${didYouMean(key, names) || `, only ${names.join(', ')}`}`,
          )
        checkKinds(member.type, each as JsonValue, `${place}.${key}`)
      }
      return
    }
    case 'list':
      if (!Array.isArray(value)) throw mustBe('a list')
      for (const [index, item] of value.entries()) checkKinds(type.item, item, `${place}[${index}]`)
      return
    case 'integer':
    case 'long':
      if (!Number.isSafeInteger(value)) throw mustBe('a whole number')
      return
    case 'boolean':
      if (typeof value !== 'boolean') throw mustBe('true or false')
      return
    case 'timestamp':
      if (typeof value !== 'number' && typeof value !== 'string') throw mustBe('a time')
      return
    default:
      if (typeof value !== 'string') throw mustBe('a text')
  }
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return { object: 'a structure', string: 'a text', number: 'a number', boolean: 'true or false' }[
    typeof value as 'string'
  ]
}
