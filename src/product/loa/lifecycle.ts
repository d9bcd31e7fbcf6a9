import { type Connection, endOf } from '../connections/connection.ts'
import { lifecycle, reached } from '../lifecycle.ts'
import type { Letter, LetterPort } from './letter.ts'

export const letterStates = ['withdrawn', 'superseded', 'expired', 'valid'] as const
export type LetterState = (typeof letterStates)[number]

/** What a letter assigns on one of its pages. */
export interface Assignment {
  readonly letter: Letter
  readonly port: LetterPort
}

/**
 * What a page of a letter is worth; beside its facts it looks at the connection as it is now. Withdrawn comes first: the
 * port may be somebody else's by now, and nothing brings the letter back. Superseded comes before expired, since it
 * says that there is a newer letter to ask for, and stays true after the day on which this one would have run out.
 */
export const assignmentState = lifecycle<LetterState, Assignment, Connection | undefined>([
  ['withdrawn', ({ letter, port }, connection, now) => !isAssigned(letter, port, connection, now)],
  ['superseded', ({ port }, _connection, now) => reached(port.supersededAt, now)],
  ['expired', ({ letter }, _connection, now) => reached(letter.expiresAt, now)],
  ['valid', () => true],
])

/** Whether the connection still has the port, and is still what the letter was asked for, or in it. */
function isAssigned(letter: Letter, port: LetterPort, connection: Connection | undefined, now: number): boolean {
  if (connection === undefined || reached(endOf(connection), now) || reached(connection.deleteAskedAt, now))
    return false
  const sameEnd = connection.deviceId === port.deviceId && connection.portId === port.portId
  return sameEnd && (letter.subjectId === connection.id || letter.subjectId === connection.lagId)
}

/** A letter is worth what its worst page is worth: whoever looks at nothing else never plugs a cable that is not wanted. */
export function worstOf(states: readonly LetterState[]): LetterState {
  return letterStates.find((state) => states.includes(state)) ?? 'withdrawn'
}
