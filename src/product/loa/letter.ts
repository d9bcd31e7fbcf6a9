/** The facts of a letter of authorisation and connecting facility assignment (LOA-CFA). */
export interface Letter {
  readonly accountId: string
  readonly accountName: string
  /** The provider who works for the account, printed beside it as the requester. */
  readonly providerName: string | null
  readonly locationCode: string
  readonly locationName: string
  /** The connection or LAG that the letter was asked for. */
  readonly subjectId: string
  readonly ports: readonly LetterPort[]
  /** Epoch milliseconds. */
  readonly issuedAt: number
  readonly expiresAt: number
}

export interface LetterPort {
  readonly connectionId: string
  readonly connectionName: string
  readonly bandwidth: string
  readonly deviceId: string
  readonly portId: string
  /** The optics on our side, such as `10GBASE-LR`; always single mode. */
  readonly media: string
}
