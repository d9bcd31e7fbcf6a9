// Whether what was answered is what the contract says that it is.
import { enums } from '../../src/contract/enums.ts'
import { type MemberType, membersOf } from '../../src/contract/notation.ts'
import { operations } from '../../src/contract/operations.ts'
import type { StructureName } from '../../src/contract/structures.ts'
import type { OperationName } from '../../src/contract/types.ts'

/** What of an operation's answer does not fit the contract: the path of each such member, with what is there. */
export function misfits(operation: OperationName, answer: unknown): readonly string[] {
  return ofStructure(operations[operation].output, answer, operation)
}

function ofStructure(name: StructureName, value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: ${JSON.stringify(value)}`]
  const members = membersOf(name)
  return [
    ...members
      .filter((member) => member.required && !Object.hasOwn(value, member.name))
      .map((member) => `${path}.${member.name}: missing`),
    ...Object.entries(value).flatMap(([member, given]) => {
      const type = members.find((each) => each.name === member)?.type
      const inside = `${path}.${member}`
      return type === undefined ? [`${inside}: not in ${name}`] : ofValue(type, given, inside)
    }),
  ]
}

function ofValue(type: MemberType, value: unknown, path: string): readonly string[] {
  if (type.kind === 'structure') return ofStructure(type.name, value, path)
  if (type.kind === 'list' && Array.isArray(value))
    return value.flatMap((item, index) => ofValue(type.item, item, `${path}[${index}]`))
  return isOf(type, value) ? [] : [`${path}: ${JSON.stringify(value)} is no ${type.kind}`]
}

function isOf(type: MemberType, value: unknown): boolean {
  switch (type.kind) {
    case 'string':
      return typeof value === 'string'
    case 'enum':
      return enums[type.name].some((choice) => choice === value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
    case 'long':
      return Number.isSafeInteger(value)
    case 'timestamp':
      // Seconds; somebody who sent milliseconds would be far from here.
      return typeof value === 'number' && value > 1_000_000_000 && value < 30_000_000_000
    case 'blob':
      return typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
    case 'structure':
    case 'list':
      return false
  }
}
