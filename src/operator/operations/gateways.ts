import { listPaths } from '../../product/routing/list-paths.ts'
import { listPublicPaths } from '../../product/routing/list-public-paths.ts'
import { type OperatorOperation, operation } from '../operation.ts'
import * as shapes from '../shapes.ts'

const question = {
  destination: { type: 'string', maxLength: 64, description: 'An address or a network, such as 10.1.0.0/16' },
  without: {
    ...shapes.id,
    description: 'The id of a connection, LAG, device, location, virtual interface or BGP peer that is to fail',
  },
} as const

/** Gateways of whatever account: which way traffic goes. */
export const gatewayOperations: readonly OperatorOperation[] = [
  operation({
    name: 'ListPaths',
    method: 'GET',
    path: '/gateways/:gatewayId/paths',
    summary: 'Which virtual interfaces traffic to a destination takes and why, also if something failed',
    query: { type: 'object', properties: question, required: ['destination'] },
    answer: shapes.paths,
    decide: listPaths,
  }),
  operation({
    name: 'ListPublicPaths',
    method: 'GET',
    path: '/accounts/:accountId/public-paths',
    summary:
      "Which of an account's public virtual interfaces traffic from a Region takes and why, also if something failed",
    query: {
      type: 'object',
      properties: {
        region: { type: 'string', maxLength: 32, description: 'Where the traffic comes from, such as eu-west-1' },
        ...question,
      },
      required: ['region', 'destination'],
    },
    answer: shapes.publicPaths,
    decide: listPublicPaths,
  }),
]
