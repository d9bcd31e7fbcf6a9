import { companionErrors } from '../contract/companion-errors.ts'
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

/** Thrown where a request comes to no decision. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError'
  readonly error: WireError

  constructor(error: WireError) {
    super(error.message)
    this.error = error
  }
}

/** @source behaviour catalogue H, its table of common errors */
export const wireErrors = {
  unknownOperation: (target: string): WireError => ({
    status: 400,
    code: 'UnknownOperationException',
    message:
      target === '' ? 'The header X-Amz-Target is missing' : `The operation ${target.slice(0, 128)} is not known here`,
  }),
  nothingHere: (method: string, path: string): WireError => ({
    status: 404,
    code: 'UnknownOperationException',
    message: `There is nothing at ${method} ${path}; operations are sent with POST to /`,
  }),
  foreignOrigin: (message: string): WireError => ({ status: 403, code: 'AccessDeniedException', message }),
  notJson: { status: 400, code: 'SerializationException', message: 'The body is not JSON in UTF-8' },
  tooLarge: { status: 413, code: 'RequestEntityTooLargeException', message: 'The body is larger than 1 MiB' },
  tooBusy: {
    status: 503,
    code: 'ServiceUnavailable',
    message: 'More is arriving at once than there is room for; try again',
  },
  headersTooLarge: {
    status: 431,
    code: 'RequestHeaderFieldsTooLargeException',
    message: 'The headers are larger than 64 KiB',
  },
  tooSlow: { status: 408, code: 'RequestTimeoutException', message: 'The request did not arrive in time' },
  notHttp: { status: 400, code: 'ValidationError', message: 'The request is not HTTP/1.1' },
  throttled: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
  internal: { status: 500, code: 'InternalFailure', message: 'Unable to process request' },
} as const

const statuses = { ...errors, ...companionErrors }

/** What the client is told of something that was thrown; undefined: it was not meant for clients. */
export function wireErrorOf(error: unknown): WireError | undefined {
  if (error instanceof Fault) return { status: statuses[error.code].status, code: error.code, message: error.message }
  if (error instanceof RefusalError) return error.error
  if (error instanceof InvalidInput) return { status: 400, code: error.code, message: error.message }
  if (error instanceof AuthenticationError) return { status: error.status, code: error.code, message: error.message }
  return undefined
}
