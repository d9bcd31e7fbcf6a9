import { missing } from '../fault.ts'
import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { showTime } from '../time.ts'
import { readCode } from './code.ts'
import { judged } from './judged.ts'
import type { LetterState } from './lifecycle.ts'

/** What whoever holds a letter may hear of it: no more than is printed on it, and what it is worth. */
export interface Verification {
  readonly letterNumber: string
  readonly state: LetterState
  readonly issuedAt: string
  readonly expiresAt: string
  readonly locationCode: string
  readonly ports: readonly { readonly connectionId: string; readonly portId: string; readonly state: LetterState }[]
}

/** Says whether a letter is genuine and still good; of every code that no letter has it says the same. */
export async function verifyLetter(
  snapshot: Snapshot,
  input: { readonly code: string },
): Promise<Decision<Verification>> {
  const code = readCode(input.code)
  const found = code === undefined ? [] : await snapshot.list('letter', 'code', code, { limit: 1 })
  const [known] = await judged(snapshot, found)
  if (known === undefined) throw missing('letter with this', 'code')
  const { letter, state, ports } = known
  return answer({
    letterNumber: letter.id,
    state,
    issuedAt: showTime(letter.createdAt),
    expiresAt: showTime(letter.expiresAt),
    locationCode: letter.place.code,
    ports: ports.map((each) => ({ connectionId: each.port.connectionId, portId: each.port.portId, state: each.state })),
  })
}
