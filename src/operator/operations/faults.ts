import { endFault } from '../../product/faults/end-fault.ts'
import { injectFault } from '../../product/faults/inject-fault.ts'
import { listFaults } from '../../product/faults/list-faults.ts'
import { type OperatorOperation, operation } from '../operation.ts'
import * as shapes from '../shapes.ts'

/** Failures that an operator causes on purpose. */
export const faultOperations: readonly OperatorOperation[] = [
  operation({
    name: 'InjectFault',
    method: 'POST',
    path: '/faults',
    summary: 'Take something down, or let it flap',
    body: {
      type: 'object',
      properties: {
        target: {
          type: 'string',
          minLength: 1,
          maxLength: 128,
          description: 'The id of a connection, LAG, device, location (its code), virtual interface or BGP peer',
        },
        kind: { type: 'string', enum: ['down', 'flap'] },
        seconds: {
          type: 'number',
          minimum: 1,
          maximum: shapes.tenYearsInSeconds,
          description: 'How long. A down lasts until it is deleted without it, a flap 60; a flap lasts at most 3600',
        },
      },
      required: ['target', 'kind'],
    },
    status: 201,
    answer: shapes.fault,
    decide: injectFault,
  }),
  operation({
    name: 'ListFaults',
    method: 'GET',
    path: '/faults',
    summary: 'Every fault that was ever injected, oldest first',
    query: { type: 'object', properties: { active: { type: 'boolean' }, ...shapes.paging } },
    answer: shapes.pageOf('faults', shapes.fault),
    decide: listFaults,
  }),
  operation({
    name: 'EndFault',
    method: 'DELETE',
    path: '/faults/:faultId',
    summary: 'End a fault now; it stays listed',
    answer: shapes.fault,
    decide: endFault,
  }),
]
