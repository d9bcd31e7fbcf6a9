import { enums } from '../contract/enums.ts'
import { moveClock } from '../product/clock/move-clock.ts'
import { readClock } from '../product/clock/read-clock.ts'
import { answerAboutConnection } from '../product/connections/answer-about-connection.ts'
import { approveConnection } from '../product/connections/approve-connection.ts'
import { askAboutConnection } from '../product/connections/ask-about-connection.ts'
import { cableConnection } from '../product/connections/cable-connection.ts'
import { listConnections, readConnection } from '../product/connections/list-connections.ts'
import { rejectConnection } from '../product/connections/reject-connection.ts'
import { uncableConnection } from '../product/connections/uncable-connection.ts'
import { endFault } from '../product/faults/end-fault.ts'
import { injectFault } from '../product/faults/inject-fault.ts'
import { listFaults } from '../product/faults/list-faults.ts'
import { listVirtualInterfaces, readVirtualInterface } from '../product/virtual-interfaces/list-virtual-interfaces.ts'
import { rejectVirtualInterface } from '../product/virtual-interfaces/reject-virtual-interface.ts'
import { verifyVirtualInterface } from '../product/virtual-interfaces/verify-virtual-interface.ts'
import { type OperatorOperation, operation } from './operation.ts'
import * as shapes from './shapes.ts'

const accountId = { type: 'string', pattern: '^\\d{12}$', description: 'Twelve digits' } as const
const sentence = { type: 'string', minLength: 1, maxLength: 1_000 } as const
const tenYears = 10 * 366 * 24 * 60 * 60

/** Every operation of the operator API, and the function that decides it. What is not a GET writes and is audited. */
export const operatorApi: readonly OperatorOperation[] = [
  // Connections, hosted connections and interconnects
  operation({
    name: 'ListConnections',
    method: 'GET',
    path: '/connections',
    summary: "Every account's connections, hosted connections and interconnects, with all facts",
    query: {
      type: 'object',
      properties: { state: { type: 'string', enum: enums.ConnectionState }, accountId, ...shapes.paging },
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

  // Virtual interfaces and BGP peers
  operation({
    name: 'ListVirtualInterfaces',
    method: 'GET',
    path: '/virtual-interfaces',
    summary: "Every account's virtual interfaces, with all facts",
    query: {
      type: 'object',
      properties: { state: { type: 'string', enum: enums.VirtualInterfaceState }, accountId, ...shapes.paging },
    },
    answer: shapes.pageOf('virtualInterfaces', shapes.virtualInterface),
    decide: listVirtualInterfaces,
  }),
  operation({
    name: 'GetVirtualInterface',
    method: 'GET',
    path: '/virtual-interfaces/:virtualInterfaceId',
    summary: 'One virtual interface, also after its end',
    answer: shapes.virtualInterface,
    decide: readVirtualInterface,
  }),
  operation({
    name: 'VerifyVirtualInterface',
    method: 'POST',
    path: '/virtual-interfaces/:virtualInterfaceId/verify',
    summary: "State that a public virtual interface's addresses and ASN are its customer's",
    answer: shapes.virtualInterface,
    decide: verifyVirtualInterface,
  }),
  operation({
    name: 'RejectVirtualInterface',
    method: 'POST',
    path: '/virtual-interfaces/:virtualInterfaceId/reject',
    summary: 'Decline a virtual interface that is confirming or verifying',
    answer: shapes.virtualInterface,
    decide: rejectVirtualInterface,
  }),

  // Faults
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
          maximum: tenYears,
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

  // The installation
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
      properties: { advanceSeconds: { type: 'number', minimum: 0, maximum: tenYears } },
      required: ['advanceSeconds'],
    },
    answer: shapes.clock,
    decide: moveClock,
  }),
]
