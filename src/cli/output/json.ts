import type { JsonValue } from '../connection/connection.ts'

/** As Python's `json.dump` with an indent of four writes it; nothing for an answer without members. */
export const json = (value: JsonValue): string => (isEmptyAnswer(value) ? '' : `${JSON.stringify(value, null, 4)}\n`)

/** Of the characters that a terminal would obey, JSON escapes only some by itself; this escapes the rest. */
export const jsonForTerminal = (text: string): string =>
  text.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  )

export const isEmptyAnswer = (value: JsonValue): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
