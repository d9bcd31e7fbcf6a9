import { readIssuer } from '../../product/loa/issuer/read-issuer.ts'
import { setIssuer } from '../../product/loa/issuer/set-issuer.ts'
import { listLetters, readLetter } from '../../product/loa/list-letters.ts'
import { printLetter } from '../../product/loa/print-letter.ts'
import { type OperatorOperation, operation } from '../operation.ts'
import { nullable, record } from '../schema.ts'
import * as shapes from '../shapes.ts'

const lines = { type: 'array', items: shapes.printedLine, maxItems: 3, description: 'Line by line' } as const

/** The letters that are out, and who issues them. */
export const letterOperations: readonly OperatorOperation[] = [
  operation({
    name: 'ListLetters',
    method: 'GET',
    path: '/letters',
    summary: 'The letters (LOA-CFA) that were downloaded, newest first, and what each is worth now',
    query: {
      type: 'object',
      properties: { subjectId: { ...shapes.id, description: 'A connection or LAG' }, ...shapes.paging },
    },
    answer: shapes.pageOf('letters', shapes.letter),
    decide: listLetters,
  }),
  operation({
    name: 'GetLetter',
    method: 'GET',
    path: '/letters/:letterNumber',
    summary: 'One letter',
    answer: shapes.letter,
    decide: readLetter,
  }),
  operation({
    name: 'PrintLetter',
    method: 'GET',
    path: '/letters/:letterNumber/document',
    summary: 'The letter once more, byte for byte; it issues nothing',
    answer: record({
      contentType: { type: 'string' },
      loaContent: { type: 'string', description: 'In base64' },
    }),
    decide: printLetter,
  }),
  operation({
    name: 'GetIssuer',
    method: 'GET',
    path: '/issuer',
    summary: 'Who issues the letters',
    answer: shapes.issuer,
    decide: readIssuer,
  }),
  operation({
    name: 'SetIssuer',
    method: 'PUT',
    path: '/issuer',
    summary: 'Say who issues letters from now on; letters that are out stay as they are',
    body: {
      type: 'object',
      properties: {
        name: shapes.printedLine,
        address: lines,
        contact: { ...lines, description: 'How to reach whoever answers for the letters, line by line' },
        logo: nullable({
          type: 'string',
          maxLength: 90_000,
          pattern: '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
          description: 'A JPEG, or a PNG without transparency, of at most 64 KiB, in base64',
        }),
      },
      required: ['name'],
    },
    answer: shapes.issuer,
    decide: setIssuer,
  }),
]
