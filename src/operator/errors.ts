import { quote } from '../contract/quote.ts'
import { Fault, type FaultKind } from '../product/fault.ts'
import { InvalidRequest } from './check.ts'

/** An answer of the operator API that says no: `{ error: { code, message } }` with a status. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
  readonly status: number
  readonly code: OperatorErrorCode

  constructor(status: number, code: OperatorErrorCode, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const operatorErrorCodes = [
  'InvalidRequest',
  'NotAdmitted',
  'NotAllowed',
  'NotFound',
  'Conflict',
  'TooLarge',
  'Unavailable',
  'InternalError',
] as const
type OperatorErrorCode = (typeof operatorErrorCodes)[number]

export const operatorErrors = {
  invalid: (message: string) => new OperatorError(400, 'InvalidRequest', message),
  notJson: () => new OperatorError(400, 'InvalidRequest', 'The body is not JSON'),
  notAdmitted: () =>
    new OperatorError(401, 'NotAdmitted', "The header 'Authorization: Bearer' must bring the operator token"),
  notAllowed: (message: string) => new OperatorError(403, 'NotAllowed', message),
  noSuchPath: (method: string, url: string) =>
    new OperatorError(404, 'NotFound', `There is nothing at ${method} ${quote(url.split('?', 1)[0] ?? '/')}`),
  tooLarge: () => new OperatorError(413, 'TooLarge', 'The body is larger than 1 MiB'),
  tooBusy: () => new OperatorError(503, 'Unavailable', 'More is arriving at once than there is room for; try again'),
  internal: () => new OperatorError(500, 'InternalError', 'The request failed by a fault of the server'),
} as const

const faultKinds: Readonly<Record<FaultKind, readonly [status: number, code: OperatorErrorCode]>> = {
  invalid: [400, 'InvalidRequest'],
  missing: [404, 'NotFound'],
  conflict: [409, 'Conflict'],
  unavailable: [503, 'Unavailable'],
}

/** What an operator is told of something that was thrown; undefined: it was not meant for anybody. */
export function operatorErrorOf(error: unknown): OperatorError | undefined {
  if (error instanceof OperatorError) return error
  if (error instanceof InvalidRequest) return new OperatorError(400, 'InvalidRequest', error.message)
  if (error instanceof Fault) {
    const isDefect = error.code === 'DirectConnectServerException' && error.kind !== 'unavailable'
    if (isDefect) return operatorErrors.internal()
    const [status, code] = faultKinds[error.kind]
    return new OperatorError(status, code, error.message)
  }
  if (!(error instanceof Error)) return undefined
  // What is refused before this door sees it: by whatever reads the body, or by Fastify.
  if ('code' in error && error.code === 'RequestEntityTooLargeException') return operatorErrors.tooLarge()
  if ('code' in error && error.code === 'ServiceUnavailable') return operatorErrors.tooBusy()
  if (!('statusCode' in error) || typeof error.statusCode !== 'number' || error.statusCode >= 500) return undefined
  return new OperatorError(error.statusCode, 'InvalidRequest', error.message)
}
