import type { JsonObject, JsonValue } from './connection.ts'

/** A text; '' for what is none. Answers come from whatever is at the endpoint, so that nothing about them is sure. */
export const textIn = (object: JsonObject | undefined, member: string): string => {
  const value = object?.[member]
  return typeof value === 'string' ? value : ''
}

export const numberIn = (object: JsonObject | undefined, member: string): number | undefined => {
  const value = object?.[member]
  return typeof value === 'number' ? value : undefined
}

/** The objects of a list; none for what is no list. */
export const objectsIn = (object: JsonObject | undefined, member: string): readonly JsonObject[] => {
  const value = object?.[member]
  return isList(value) ? value.filter(isObject) : []
}

export const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value)

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value)
