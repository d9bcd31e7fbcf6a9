import { familyNames } from './family-facts.ts'
import { remarks } from './names.ts'
import { wrapped } from './prose.ts'
import type { Session } from './setup.ts'

/** Ahead of lines that are commented out for the reader to choose, each marked with the word in quotation marks. */
export const strictAdvice = 'To take only what is announced at the moment, put to use the lines marked "strict".'
export const scopeAdvice = wrapped(
  'Your routes go to all Regions; put to use one line marked "scope" to keep them to the continent or the Region.',
)

/** What is taken of us on a session, and then what is announced to us, each under its title; `mark` begins a comment. */
export function bothDirections(
  mark: string,
  { family }: Session,
  taken: readonly string[],
  announced: readonly string[],
): readonly string[] {
  const name = familyNames[family]
  return [
    mark,
    ...remarks(mark, [`${name}: what is taken of us.`]),
    ...taken,
    mark,
    ...remarks(mark, [`${name}: what is announced to us.`]),
    ...announced,
  ]
}
