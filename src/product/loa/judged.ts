import type { Snapshot } from '../snapshot.ts'
import type { Letter, LetterPort } from './letter.ts'
import { assignmentState, type LetterState, worstOf } from './lifecycle.ts'

/** A letter with what it is worth now, as a whole and port by port. */
export interface JudgedLetter {
  readonly letter: Letter
  readonly state: LetterState
  readonly ports: readonly { readonly port: LetterPort; readonly state: LetterState }[]
}

/** One read, however many letters. */
export async function judged(snapshot: Snapshot, letters: readonly Letter[]): Promise<readonly JudgedLetter[]> {
  const ids = letters.flatMap((letter) => letter.ports.map((port) => port.connectionId))
  const connections = new Map((await snapshot.getAll('connection', ids)).map((each) => [each.id, each]))
  return letters.map((letter) => {
    const ports = letter.ports.map((port) => {
      const connection = connections.get(port.connectionId)
      return { port, state: assignmentState.at({ letter, port }, connection, snapshot.now) }
    })
    return { letter, state: worstOf(ports.map(({ state }) => state)), ports }
  })
}
