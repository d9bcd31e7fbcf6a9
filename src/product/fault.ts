import type { ErrorName } from '../contract/errors.ts'

/**
 * A refusal. `message` is what the caller may read; `detail` is what only the operator's log may say.
 * Everything else that is thrown is a defect and becomes DirectConnectServerException.
 */
export class Fault extends Error {
  readonly code: ErrorName
  readonly detail: string | undefined

  constructor(code: ErrorName, message: string, detail?: string) {
    super(message)
    this.name = 'Fault'
    this.code = code
    this.detail = detail
  }
}

/** DirectConnectClientException: the error for every rule that declares no other. */
export function refuse(message: string, detail?: string): Fault {
  return new Fault('DirectConnectClientException', message, detail)
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
} as const
