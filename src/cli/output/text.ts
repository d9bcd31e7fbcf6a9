import type { JsonObject, JsonValue } from '../connection/connection.ts'

/**
 * Lines of words between tabs: a structure's scalars in the order of their names, after the name under which it was found;
 * then what lies deeper.
 *
 * @source AWS CLI user guide, "Text output format"; awscli's module `text`
 */
export function text(value: JsonValue): string {
  return lines(value, undefined).join('')
}

function lines(value: JsonValue, name: string | undefined, columns?: readonly string[]): readonly string[] {
  if (isList(value)) return listLines(value, name)
  return isStructure(value) ? structureLines(value, name, columns) : [`${scalarText(value)}\n`]
}

function listLines(items: readonly JsonValue[], name: string | undefined): readonly string[] {
  const structures = items.filter(isStructure)
  if (structures.length > 0) {
    const scalars = structures.flatMap((each) => Object.keys(each).filter((key) => isScalar(each[key] ?? null)))
    const columns = [...new Set(scalars)].toSorted(byCode)
    return items.flatMap((item) => lines(item, name, columns))
  }
  const scalars = items.filter(isScalar)
  const deeper = items.filter((item) => !isScalar(item))
  return [...scalarLines(scalars, name), ...deeper.flatMap((item) => lines(item, name))]
}

function scalarLines(scalars: readonly JsonValue[], name: string | undefined): readonly string[] {
  if (scalars.length === 0) return []
  if (name === undefined) return [`${scalars.map(scalarText).join('\t')}\n`]
  return scalars.map((each) => `${name.toUpperCase()}\t${scalarText(each)}\n`)
}

/** `columns` are those of all structures of a list, so that each has the same. */
function structureLines(
  structure: JsonObject,
  name: string | undefined,
  columns: readonly string[] | undefined,
): readonly string[] {
  const keys = Object.keys(structure).toSorted(byCode)
  const shown = columns ?? keys.filter((key) => isScalar(structure[key] ?? null))
  const deeper = keys.filter((key) =>
    columns === undefined ? !isScalar(structure[key] ?? null) : !columns.includes(key),
  )
  const words = shown.map((key) => (Object.hasOwn(structure, key) ? scalarText(structure[key] ?? null) : ''))
  const row =
    words.length === 0 ? [] : [`${[...(name === undefined ? [] : [name.toUpperCase()]), ...words].join('\t')}\n`]
  return [...row, ...deeper.flatMap((key) => lines(structure[key] ?? null, key))]
}

/** As Python prints it. */
export function scalarText(value: JsonValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)
export const isStructure = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isScalar = (value: JsonValue): boolean => typeof value !== 'object' || value === null
export const byCode = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
