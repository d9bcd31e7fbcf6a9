import { listPaths } from '../../product/routing/list-paths.ts'
import { type OperatorOperation, operation } from '../operation.ts'
import * as shapes from '../shapes.ts'

/** Gateways of whatever account: which way traffic goes. */
export const gatewayOperations: readonly OperatorOperation[] = [
  operation({
    name: 'ListPaths',
    method: 'GET',
    path: '/gateways/:gatewayId/paths',
    summary: 'Which virtual interfaces traffic to a destination takes and why, also if something failed',
    query: {
      type: 'object',
      properties: {
        destination: { type: 'string', maxLength: 64, description: 'An address or a network, such as 10.1.0.0/16' },
        without: {
          ...shapes.id,
          description: 'The id of a connection, LAG, device, location, virtual interface or BGP peer that is to fail',
        },
      },
      required: ['destination'],
    },
    answer: shapes.paths,
    decide: listPaths,
  }),
]
