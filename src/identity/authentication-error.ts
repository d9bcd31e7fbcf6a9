/** Why a request is not believed. Statuses as in AWS's list of common errors. */
const STATUS = {
  /** No credentials at all. */
  MissingAuthenticationTokenException: 403,
  /** Credentials that cannot be read, or that leave something out. */
  IncompleteSignatureException: 400,
  /** A key that nobody has, or a session token that is not that key's. */
  UnrecognizedClientException: 403,
  /** A temporary key whose time is over. */
  ExpiredTokenException: 403,
  /** Readable, but wrong: the signature, its time, or its scope. */
  InvalidSignatureException: 403,
} as const

export type AuthenticationErrorCode = keyof typeof STATUS

/** Its message may be shown to the caller: it never holds a secret, nor anything that the caller did not send. */
export class AuthenticationError extends Error {
  override readonly name = 'AuthenticationError'
  readonly code: AuthenticationErrorCode
  /** The HTTP status of the answer. */
  readonly status: number

  constructor(code: AuthenticationErrorCode, message: string) {
    super(message)
    this.code = code
    this.status = STATUS[code]
  }
}
