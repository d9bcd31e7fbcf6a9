import { missing } from '../fault.ts'
import { answer, type Decision } from '../operation.ts'
import { listPage } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { judged } from './judged.ts'
import type { Letter } from './letter.ts'
import { type LetterFacts, showLetterToOperator } from './show-to-operator.ts'

export interface LetterFilter {
  /** A connection, an interconnect or a LAG. */
  readonly subjectId?: string | undefined
  readonly limit?: number | undefined
  readonly nextToken?: string | undefined
}

/** The letters that are out, of everything or of one port or LAG, newest first. */
export async function listLetters(
  snapshot: Snapshot,
  { subjectId, limit, nextToken }: LetterFilter,
): Promise<Decision<{ readonly letters: readonly LetterFacts[]; readonly nextToken?: string | undefined }>> {
  const bounds = { maxResults: limit, nextToken, newestFirst: true }
  const page =
    subjectId === undefined
      ? await listPage(snapshot, 'letter', 'all', '*', bounds)
      : await listPage(snapshot, 'letter', 'about', subjectId, bounds)
  const letters = await judged(snapshot, page.records)
  return answer({ letters: letters.map(showLetterToOperator), nextToken: page.nextToken })
}

export async function readLetter(
  snapshot: Snapshot,
  input: { readonly letterNumber: string },
): Promise<Decision<LetterFacts>> {
  const [letter] = await judged(snapshot, [await letterNumbered(snapshot, input.letterNumber)])
  if (letter === undefined) throw missing('letter', input.letterNumber)
  return answer(showLetterToOperator(letter))
}

/** A letter by its number, whatever its case. */
export async function letterNumbered(snapshot: Snapshot, number: string): Promise<Letter> {
  const letter = await snapshot.get('letter', number.toUpperCase())
  if (letter === undefined) throw missing('letter', number)
  return letter
}
