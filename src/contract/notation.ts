import { type Constraint, type ConstraintName, constraints } from './constraints.ts'
import { type EnumName, enums } from './enums.ts'
import { type StructureName, structures } from './structures.ts'

/** A member's type, read from the notation of `structures`. */
export type MemberType =
  | { readonly kind: 'string' | 'integer'; readonly constraint: Constraint | undefined }
  | { readonly kind: 'long' | 'boolean' | 'timestamp' | 'blob' }
  | { readonly kind: 'enum'; readonly name: EnumName }
  | { readonly kind: 'structure'; readonly name: StructureName }
  | { readonly kind: 'list'; readonly item: MemberType; readonly constraint: Constraint | undefined }

export type Member = { readonly name: string; readonly required: boolean; readonly type: MemberType }

/** A structure's members in the order in which the contract lists them. */
export const membersOf = (structure: StructureName): readonly Member[] => {
  let members = known.get(structure)
  if (members === undefined) {
    members = Object.entries<string>(structures[structure]).map(([name, notation]) => ({
      name: name.replace(/\*$/, ''),
      required: name.endsWith('*'),
      type: memberType(notation),
    }))
    known.set(structure, members)
  }
  return members
}

const known = new Map<StructureName, readonly Member[]>()

const memberType = (notation: string): MemberType => {
  const [, item, listConstraint] = /^\[(.+)\](?: (\w+))?$/.exec(notation) ?? []
  if (item !== undefined) return { kind: 'list', item: memberType(item), constraint: constraintNamed(listConstraint) }

  const [word = '', name] = notation.split(' ')
  switch (word) {
    case 'string':
    case 'integer':
      return { kind: word, constraint: constraintNamed(name) }
    case 'long':
    case 'boolean':
    case 'timestamp':
    case 'blob':
      return { kind: word }
    case 'enum':
      if (name !== undefined && isEnumName(name)) return { kind: 'enum', name }
  }
  if (isStructureName(notation)) return { kind: 'structure', name: notation }
  throw new Error(`the contract has a member of unknown type '${notation}'`)
}

const constraintNamed = (name: string | undefined): Constraint | undefined => {
  if (name === undefined) return undefined
  if (isConstraintName(name)) return constraints[name]
  throw new Error(`the contract has no constraint '${name}'`)
}

const isConstraintName = (name: string): name is ConstraintName => Object.hasOwn(constraints, name)
const isEnumName = (name: string): name is EnumName => Object.hasOwn(enums, name)
const isStructureName = (name: string): name is StructureName => Object.hasOwn(structures, name)
