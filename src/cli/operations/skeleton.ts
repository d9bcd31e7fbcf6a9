import { enums } from '../../contract/enums.ts'
import { type MemberType, membersOf } from '../../contract/notation.ts'
import { operations } from '../../contract/operations.ts'
import type { StructureName } from '../../contract/structures.ts'
import type { OperationName } from '../../contract/types.ts'
import type { JsonObject, JsonValue } from '../connection/connection.ts'

/** An input to fill in, with each member once. */
export function inputSkeleton(operation: OperationName): JsonObject {
  const { input } = operations[operation]
  return input === null ? {} : structureSkeleton(input, () => '', [])
}

/** What an answer would look like: each text is the name of its member. */
export const outputSkeleton = (operation: OperationName): JsonObject =>
  structureSkeleton(operations[operation].output, (name) => name, [])

type TextOf = (member: string) => string

function structureSkeleton(name: StructureName, textOf: TextOf, within: readonly StructureName[]): JsonObject {
  const inside = [...within, name]
  // A structure in itself ends at the second time.
  if (within.filter((each) => each === name).length > 0) return {}
  return Object.fromEntries(
    membersOf(name).map((member) => [member.name, skeleton(member.type, member.name, textOf, inside)]),
  )
}

function skeleton(type: MemberType, name: string, textOf: TextOf, within: readonly StructureName[]): JsonValue {
  switch (type.kind) {
    case 'structure':
      return structureSkeleton(type.name, textOf, within)
    case 'list':
      return [skeleton(type.item, itemNames[name] ?? name, textOf, within)]
    case 'enum':
      return textOf(name) || (enums[type.name][0] ?? '')
    case 'integer':
    case 'long':
      return 0
    case 'boolean':
      return true
    case 'timestamp':
      return '1970-01-01T00:00:00'
    case 'blob':
      return null
    case 'string':
      return textOf(name)
  }
}

/** What the API's model calls one item, where it is a text; the contract has no names for those. */
const itemNames: Readonly<Record<string, string>> = {
  availablePortSpeeds: 'PortSpeed',
  availableMacSecPortSpeeds: 'PortSpeed',
  availableProviders: 'ProviderName',
  bgpPeers: 'BGPPeerId',
}
