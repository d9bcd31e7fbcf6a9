/** The service said no. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly code: string
  /** The same, when it was asked so many times again. */
  readonly after: (retries: number) => RefusedError

  /** The message is what the AWS CLI prints of such an error. */
  constructor(code: string, message: string, operation: string, retries?: number) {
    const again = retries === undefined ? '' : ` (reached max retries: ${retries})`
    super(`An error occurred (${code}) when calling the ${operation} operation${again}: ${message}`)
    this.code = code
    this.after = (times) => new RefusedError(code, message, operation, times)
  }
}
