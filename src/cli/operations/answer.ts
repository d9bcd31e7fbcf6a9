import { type MemberType, membersOf } from '../../contract/notation.ts'
import { operations } from '../../contract/operations.ts'
import type { OperationName } from '../../contract/types.ts'
import type { JsonObject, JsonValue } from '../connection/connection.ts'

/**
 * An answer as the AWS CLI shows it: the members that the contract knows, in its order, those without a value left out; times
 * in ISO 8601 with the offset of this place.
 */
export function shownAnswer(operation: OperationName, answer: JsonObject): JsonObject {
  return structure(operations[operation].output, answer)
}

function structure(name: Parameters<typeof membersOf>[0], value: JsonObject): JsonObject {
  return Object.fromEntries(
    membersOf(name).flatMap((member) => {
      const each = value[member.name]
      return each === undefined || each === null ? [] : [[member.name, shown(member.type, each)]]
    }),
  )
}

function shown(type: MemberType, value: JsonValue): JsonValue {
  if (type.kind === 'list') return Array.isArray(value) ? value.map((item) => shown(type.item, item)) : value
  if (type.kind === 'structure')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? structure(type.name, value as JsonObject)
      : value
  return type.kind === 'timestamp' && typeof value === 'number' ? localTime(value) : value
}

/** As Python's `isoformat` writes it: microseconds where there are any, and the offset. */
function localTime(epochSeconds: number): string {
  const time = new Date(Math.round(epochSeconds * 1000))
  const offsetMinutes = -time.getTimezoneOffset()
  const local = new Date(time.getTime() + offsetMinutes * 60_000).toISOString()
  const milliseconds = local.slice(20, 23)
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60]
  const two = (number: number) => String(number).padStart(2, '0')
  const fraction = milliseconds === '000' ? '' : `.${milliseconds}000`
  return `${local.slice(0, 19)}${fraction}${offsetMinutes < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`
}
