import type { CompanionErrorName } from '../contract/companion-errors.ts'
import type { ErrorName } from '../contract/errors.ts'
import { quote } from '../contract/quote.ts'

/**
 * A refusal. `message` is what the caller may read; `detail` is what only the operator's log may say.
 * Everything else that is thrown is a defect and becomes DirectConnectServerException.
 */
export class Fault extends Error {
  /** Of the service that was asked: Direct Connect's own codes, or those of EC2, STS and tagging. */
  readonly code: ErrorName | CompanionErrorName
  readonly detail: string | undefined
  /** What is wrong with the request. AWS's API does not tell these apart; the operators' does. */
  readonly kind: FaultKind

  constructor(code: Fault['code'], message: string, detail?: string, kind: FaultKind = 'invalid') {
    super(message)
    this.name = 'Fault'
    this.code = code
    this.detail = detail
    this.kind = kind
  }
}

/**
 * `missing`: it names what does not exist; `conflict`: it does not fit what there is; `unavailable`: it may be right, and
 * nothing can be stored now; `invalid`: anything else.
 */
export type FaultKind = 'invalid' | 'missing' | 'conflict' | 'unavailable'

/** DirectConnectClientException: the error for every rule that declares no other. */
export function refuse(message: string, detail?: string): Fault {
  return new Fault('DirectConnectClientException', message, detail)
}

/** An operator named something that does not exist. */
export function missing(what: string, id: string): Fault {
  return new Fault('DirectConnectClientException', `There is no ${what} ${quote(id)}`, undefined, 'missing')
}

/** What an operator asked for does not fit the present state of things. */
export function conflict(message: string): Fault {
  return new Fault('DirectConnectClientException', message, undefined, 'conflict')
}

/**
 * The texts that clients match on, each in the one place that may spell it.
 * @source behaviour catalogue A.2
 */
export const faults = {
  connectionNotFound: (id: string) => refuse(`Could not find Connection with ID ${id}`),
  lagNotFound: (id: string) => refuse(`Could not find Lag with ID ${id}`),
  interconnectNotFound: (id: string) => refuse(`Could not find Interconnect with ID ${id}`),
  virtualInterfaceNotFound: (id: string) => refuse(`VirtualInterface ${id} does not exist.`),
  gatewayNotFound: (id: string) => refuse(`Direct Connect Gateway ${id} does not exist.`),
  virtualGatewayNotFound: (id: string) => refuse(`The VirtualGateway ${quote(id).slice(1, -1)} does not exist.`),
  transitGatewayNotFound: (id: string) => refuse(`The TransitGateway ${quote(id).slice(1, -1)} does not exist.`),
  associationNotFound: (id: string) => refuse(`Direct Connect Gateway Association ${id} does not exist.`),
  malformedAssociationId: (id: string) => refuse(`Association ID ${quote(id).slice(1, -1)} has an invalid format.`),
  noAssociation: (gatewayId: string, virtualGatewayId: string) =>
    refuse(
      `No association exists between Direct Connect Gateway ${quote(gatewayId).slice(1, -1)} and VirtualGateway ${quote(virtualGatewayId).slice(1, -1)}.`,
    ),
  proposalNotFound: (id: string) => refuse(`Proposal ${quote(id).slice(1, -1)} is not found.`),
  /** @source AWS's answer in the Terraform provider's issue 9225 */
  proposalAccepted: () => refuse('Proposal has been accepted!'),
  memberDoesNotExist: () => refuse('Connection does not exist'),
  lagDoesNotExist: () => refuse('Lag does not exist'),
  connectionInTransition: (id: string) => refuse(`Connection ${id} is in a transitioning state.`),
} as const
