import type { Options } from '../command.ts'

/** How an answer is shown. */
export const outputOptions = {
  output: {
    value: 'FORMAT',
    meaning: 'how it is printed',
    choices: ['json', 'yaml', 'table', 'text'],
    fallback: 'json',
    general: true,
  },
  query: { value: 'EXPRESSION', meaning: 'the part of the answer to print (JMESPath)', general: true },
  'no-paginate': { value: null, meaning: 'only the first page', general: true },
  color: {
    value: 'WHEN',
    meaning: 'colours in tables',
    choices: ['auto', 'on', 'off'],
    fallback: 'auto',
    general: true,
  },
  // Of the AWS CLI; there is no pager to turn off.
  'no-cli-pager': { value: null, meaning: 'nothing: there is no pager', general: true, hidden: true },
} as const satisfies Options
