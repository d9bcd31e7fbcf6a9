/** The service said no. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly code: string

  /** The message is what the AWS CLI prints of such an error. */
  constructor(code: string, message: string, operation: string) {
    super(`An error occurred (${code}) when calling the ${operation} operation: ${message}`)
    this.code = code
  }
}
