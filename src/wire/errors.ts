import { errors } from '../contract/errors.ts'
import { InvalidInput } from '../contract/parse.ts'
import { AuthenticationError } from '../identity/authentication-error.ts'
import { Fault } from '../product/fault.ts'

/** An answer that says no, in awsJson1.1. */
export interface WireError {
  readonly status: number
  readonly code: string
  readonly message: string
}

export const wireErrors = {
  unknownOperation: (target: string): WireError => ({
    status: 400,
    code: 'UnknownOperationException',
    message: target === '' ? 'The header X-Amz-Target is missing' : `The operation ${target} is not known here`,
  }),
  notJson: { status: 400, code: 'SerializationException', message: 'The body is not JSON' },
  tooLarge: { status: 413, code: 'RequestEntityTooLargeException', message: 'The body is larger than 1 MiB' },
  throttled: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
  internal: { status: 500, code: 'InternalFailure', message: 'Unable to process request' },
} as const

/** What the client is told of something that was thrown; undefined: it was not meant for clients. */
export function wireErrorOf(error: unknown): WireError | undefined {
  if (error instanceof Fault) return { status: errors[error.code].status, code: error.code, message: error.message }
  if (error instanceof InvalidInput) return { status: 400, code: error.code, message: error.message }
  if (error instanceof AuthenticationError) return { status: error.status, code: error.code, message: error.message }
  return undefined
}
