import { conflict } from '../fault.ts'
import type { Decision } from '../operation.ts'
import { day } from '../settings.ts'
import type { Snapshot } from '../snapshot.ts'
import { changed, connectionNamed } from './of-operator.ts'
import type { ConnectionFacts } from './show-to-operator.ts'

const timeToAnswer = 7 * day

/**
 * The operator asks the customer something before approving. An order whose question stays unanswered for 7 days is
 * deleted; until the answer nothing approves it by itself.
 * @source behaviour catalogue B.1
 */
export async function askAboutConnection(
  snapshot: Snapshot,
  input: { readonly connectionId: string; readonly question: string },
): Promise<Decision<ConnectionFacts>> {
  const { now } = snapshot
  const { connection, state } = await connectionNamed(snapshot, input.connectionId)
  if (state !== 'requested')
    throw conflict(`Connection ${connection.id} is ${state}: questions are asked while an order is requested`)
  if (connection.questions.some((question) => question.answeredAt === null))
    throw conflict(`Connection ${connection.id} has a question that is not answered yet`)
  const asked = { askedAt: now, question: input.question, answeredAt: null, answer: null }
  return changed(
    {
      ...connection,
      approvedAt: null,
      cables: [],
      questions: [...connection.questions, asked],
      deletedAt: now + timeToAnswer,
    },
    {
      notice: `question to account ${connection.ownerAccount} about connection ${connection.id}: ${input.question}`,
    },
  )
}
