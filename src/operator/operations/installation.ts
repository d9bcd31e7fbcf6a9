import { moveClock } from '../../product/clock/move-clock.ts'
import { readClock } from '../../product/clock/read-clock.ts'
import { readAuditTrail } from '../audit-trail.ts'
import { operatorErrors } from '../errors.ts'
import { doneBy, type OperatorOperation, operation } from '../operation.ts'
import * as shapes from '../shapes.ts'

/** The clock, the audit trail, and the end of everything. */
export const installationOperations: readonly OperatorOperation[] = [
  operation({
    name: 'GetClock',
    method: 'GET',
    path: '/clock',
    summary: "The product's clock",
    answer: shapes.clock,
    decide: readClock,
  }),
  operation({
    name: 'MoveClock',
    method: 'POST',
    path: '/clock',
    summary: "Move the product's clock forwards",
    body: {
      type: 'object',
      properties: { advanceSeconds: { type: 'number', minimum: 0, maximum: shapes.tenYearsInSeconds } },
      required: ['advanceSeconds'],
    },
    answer: shapes.clock,
    decide: moveClock,
  }),
  doneBy(
    {
      name: 'ReadAuditTrail',
      method: 'GET',
      path: '/audit',
      summary: "Who asked for what, newest first, in CloudTrail's shape; what is secret is not in it",
      query: {
        type: 'object',
        properties: {
          accountId: { type: 'string', pattern: '^(\\d{12})?$', description: 'Empty: what operators did' },
          eventName: shapes.id,
          from: { type: 'string', format: 'date-time' },
          until: { type: 'string', format: 'date-time', description: 'Before it' },
          ...shapes.paging,
        },
      },
      answer: shapes.pageOf('events', { type: 'object', properties: {}, additionalProperties: true }),
    },
    readAuditTrail,
  ),
  doneBy(
    {
      name: 'Reset',
      method: 'POST',
      path: '/reset',
      summary: 'Forget everything and begin anew; with development credentials only',
    },
    async ({ development, reset, log }, _input, { requestId }) => {
      if (!development) throw operatorErrors.notAllowed('Only a server with development credentials can be reset')
      await reset()
      log.warn({ requestId }, 'everything was forgotten, as an operator asked')
      return {}
    },
  ),
]
