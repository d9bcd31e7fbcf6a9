import { conflict } from '../fault.ts'
import type { Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { changed, connectionNamed } from './of-operator.ts'
import { planned } from './order.ts'
import type { ConnectionFacts } from './show-to-operator.ts'

/** The operator enters what the customer answered; the order goes on as if it had been made now. */
export async function answerAboutConnection(
  snapshot: Snapshot,
  input: { readonly connectionId: string; readonly text: string },
): Promise<Decision<ConnectionFacts>> {
  const { connection, state } = await connectionNamed(snapshot, input.connectionId)
  const open = connection.questions.find((question) => question.answeredAt === null)
  if (state !== 'requested' || open === undefined)
    throw conflict(`Connection ${connection.id} is ${state} and has no question that waits for an answer`)
  const answered = { ...open, answeredAt: snapshot.now, answer: input.text }
  return changed({
    ...connection,
    ...planned(snapshot),
    questions: connection.questions.map((question) => (question === open ? answered : question)),
  })
}
