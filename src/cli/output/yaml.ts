import { stringify } from 'yaml'
import type { JsonValue } from '../connection/connection.ts'
import { isEmptyAnswer } from './json.ts'
import { isScalar } from './text.ts'

/** As the AWS CLI writes it: keys in the order of the alphabet, lists not indented; a lone scalar is JSON. */
export function yaml(value: JsonValue): string {
  if (isEmptyAnswer(value)) return ''
  if (isScalar(value)) return `${JSON.stringify(value)}\n`
  return stringify(value, {
    customTags: ['timestamp'],
    sortMapEntries: true,
    indentSeq: false,
    singleQuote: true,
    lineWidth: 80,
  })
}
