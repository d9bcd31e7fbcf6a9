import { showInstant, showTime } from '../time.ts'
import type { JudgedLetter } from './judged.ts'
import type { LetterPort, Place } from './letter.ts'
import type { LetterState } from './lifecycle.ts'

export interface LetterFacts {
  readonly letterNumber: string
  readonly state: LetterState
  readonly subjectId: string
  readonly subjectName: string
  readonly accountId: string
  readonly accountName: string
  readonly providerName: string | null
  readonly place: Place
  readonly ports: readonly (Omit<LetterPort, 'supersededAt'> & {
    readonly state: LetterState
    readonly supersededAt: string | null
  })[]
  readonly issuedAt: string
  readonly expiresAt: string
}

/** All of it but the code: that one proves that the letter itself is in somebody's hand. */
export function showLetterToOperator({ letter, state, ports }: JudgedLetter): LetterFacts {
  const { id, subjectId, subjectName, accountId, accountName, providerName, place, createdAt, expiresAt } = letter
  return {
    letterNumber: id,
    state,
    subjectId,
    subjectName,
    accountId,
    accountName,
    providerName,
    place,
    ports: ports.map((each) => ({
      ...each.port,
      state: each.state,
      supersededAt: showInstant(each.port.supersededAt),
    })),
    issuedAt: showTime(createdAt),
    expiresAt: showTime(expiresAt),
  }
}
