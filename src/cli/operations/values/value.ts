import type { Member, MemberType } from '../../../contract/notation.ts'
import { UsageError } from '../../command.ts'
import type { JsonValue } from '../../connection/connection.ts'
import { wholeNumber } from './scalar.ts'
import { parseShorthand, ShorthandError } from './shorthand.ts'
import { checkKinds, typed } from './typed.ts'

/** An option's words as the value of the member that it stands for. Throws UsageError. */
export function valueOf({ type }: Member, label: string, words: readonly (string | Uint8Array)[]): JsonValue {
  const [first] = words
  const texts = words.map((word) => (typeof word === 'string' ? word : Buffer.from(word).toString('base64')))
  const [text = ''] = texts
  if (type.kind !== 'list')
    return first instanceof Uint8Array && type.kind === 'blob' ? text : single(type, label, text)
  if (texts.length === 1 && text.trimStart().startsWith('[')) {
    const value = parsedJson(text, label)
    checkKinds(type, value, label)
    return value
  }
  return texts.map((each) => single(type.item, label, each))
}

function single(type: MemberType, label: string, text: string): JsonValue {
  if (type.kind === 'integer' || type.kind === 'long') return wholeNumber(text, label)
  if (type.kind !== 'structure' && type.kind !== 'list') return text
  const value = /^\s*[[{]/.test(text) ? parsedJson(text, label) : typed(type, readShorthand(text, label), label)
  checkKinds(type, value, label)
  return value
}

function readShorthand(text: string, label: string) {
  try {
    return parseShorthand(text)
  } catch (error) {
    if (error instanceof ShorthandError) throw new UsageError(`${label}: in the shorthand ${error.message}`)
    throw error
  }
}

/** The text is not quoted where it is no JSON: it may hold a secret. */
export function parsedJson(text: string, label: string): JsonValue {
  try {
    return JSON.parse(text)
  } catch (error) {
    const place = /position (\d+)/.exec(String(error))?.[1]
    throw new UsageError(`${label}: it is no JSON${place === undefined ? '' : `, from character ${Number(place) + 1}`}`)
  }
}
