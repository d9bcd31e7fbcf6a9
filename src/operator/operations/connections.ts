import { enums } from '../../contract/enums.ts'
import { answerAboutConnection } from '../../product/connections/answer-about-connection.ts'
import { approveConnection } from '../../product/connections/approve-connection.ts'
import { askAboutConnection } from '../../product/connections/ask-about-connection.ts'
import { cableConnection } from '../../product/connections/cable-connection.ts'
import { listConnections, readConnection } from '../../product/connections/list-connections.ts'
import { rejectConnection } from '../../product/connections/reject-connection.ts'
import { uncableConnection } from '../../product/connections/uncable-connection.ts'
import { type OperatorOperation, operation } from '../operation.ts'
import * as shapes from '../shapes.ts'

const sentence = { type: 'string', minLength: 1, maxLength: 1_000 } as const

/** Orders, their letters and their cables, of whatever account. */
export const connectionOperations: readonly OperatorOperation[] = [
  operation({
    name: 'ListConnections',
    method: 'GET',
    path: '/connections',
    summary: "Every account's connections, hosted connections and interconnects, with all facts",
    query: {
      type: 'object',
      properties: {
        state: { type: 'string', enum: enums.ConnectionState },
        accountId: shapes.accountId,
        ...shapes.paging,
      },
    },
    answer: shapes.pageOf('connections', shapes.connection),
    decide: listConnections,
  }),
  operation({
    name: 'GetConnection',
    method: 'GET',
    path: '/connections/:connectionId',
    summary: 'One connection, also after its end',
    answer: shapes.connection,
    decide: readConnection,
  }),
  operation({
    name: 'ApproveConnection',
    method: 'POST',
    path: '/connections/:connectionId/approve',
    summary: 'Approve an order, which issues the letter (LOA-CFA)',
    answer: shapes.connection,
    decide: approveConnection,
  }),
  operation({
    name: 'AskAboutConnection',
    method: 'POST',
    path: '/connections/:connectionId/ask',
    summary: 'Ask the customer something before approving; unanswered for 7 days, the order is deleted',
    body: { type: 'object', properties: { question: sentence }, required: ['question'] },
    answer: shapes.connection,
    decide: askAboutConnection,
  }),
  operation({
    name: 'AnswerAboutConnection',
    method: 'POST',
    path: '/connections/:connectionId/answer',
    summary: "Enter the customer's answer to the open question",
    body: { type: 'object', properties: { text: sentence }, required: ['text'] },
    answer: shapes.connection,
    decide: answerAboutConnection,
  }),
  operation({
    name: 'RejectConnection',
    method: 'POST',
    path: '/connections/:connectionId/reject',
    summary: 'Decline an order that is not approved yet; it is deleted',
    answer: shapes.connection,
    decide: rejectConnection,
  }),
  operation({
    name: 'CableConnection',
    method: 'POST',
    path: '/connections/:connectionId/cable',
    summary: 'Plug the cross connect of an approved connection',
    answer: shapes.connection,
    decide: cableConnection,
  }),
  operation({
    name: 'UncableConnection',
    method: 'POST',
    path: '/connections/:connectionId/uncable',
    summary: 'Unplug the cross connect',
    answer: shapes.connection,
    decide: uncableConnection,
  }),
]
