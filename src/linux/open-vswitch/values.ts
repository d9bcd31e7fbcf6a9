/** A value as OVSDB spells it (RFC 7047, section 5.1): an atom, or a tagged list. */
export type OvsdbValue = string | number | boolean | readonly [string, unknown]
export type OvsdbRow = Readonly<Record<string, OvsdbValue>>

export function setOf(values: readonly OvsdbValue[]): OvsdbValue {
  return ['set', values]
}

export function mapOf(entries: Readonly<Record<string, string>>): OvsdbValue {
  return ['map', Object.entries(entries)]
}

/** The members of a set; a set of one may be spelt as its member. */
export function membersOf(value: OvsdbValue | undefined): readonly OvsdbValue[] {
  if (value === undefined) return []
  // The database's schema says what is in a set.
  return isTagged(value, 'set') ? (value[1] as readonly OvsdbValue[]) : [value]
}

/** The entries of a map of strings. */
export function entriesOf(value: OvsdbValue | undefined): Readonly<Record<string, string>> {
  // The database's schema says what is in a map.
  return value !== undefined && isTagged(value, 'map')
    ? Object.fromEntries(value[1] as readonly (readonly [string, string])[])
    : {}
}

/** The row that a reference names; null: it is none. */
export function uuidOf(value: OvsdbValue): string | null {
  return isTagged(value, 'uuid') ? String(value[1]) : null
}

function isTagged(value: OvsdbValue, tag: string): value is readonly [string, unknown] {
  return Array.isArray(value) && value[0] === tag
}
