/** One error that operations declare. */
type ErrorContract = {
  /** Whose mistake it is. */
  readonly fault: 'client' | 'server'
  /**
   * The HTTP status; this service answers 400 even where the fault is its own, which SDKs do not retry.
   * @source the API reference of Direct Connect, "Errors" of each action: "A server-side error occurred. HTTP Status Code: 400"
   */
  readonly status: 400
}

/** The errors that operations declare; each has one member, `message`. */
export const errors = {
  DirectConnectClientException: { fault: 'client', status: 400 },
  DirectConnectServerException: { fault: 'server', status: 400 },
  DuplicateTagKeysException: { fault: 'client', status: 400 },
  LimitExceededException: { fault: 'client', status: 400 },
  TooManyTagsException: { fault: 'client', status: 400 },
} as const satisfies Record<string, ErrorContract>

export type ErrorName = keyof typeof errors
