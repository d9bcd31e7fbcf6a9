import { kind, type Stored } from '../kind.ts'

/** A temporary access key, made by AssumeRole. Its secret and its token are encrypted at rest. */
export interface Session extends Stored {
  /** The account that it acts for. */
  readonly accountId: string
  /** Of the assumed role, such as `arn:aws:sts::123456789012:assumed-role/deploy/tom`. */
  readonly principalArn: string
  /** The role's unique id and the session's name, with a colon between them. */
  readonly assumedRoleId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** Real time, epoch milliseconds: moving the product's clock locks nobody out. */
  readonly expiresAt: number
}

export const sessionKind = kind<Session>()({
  sets: (session) => ({ account: session.accountId }),
  claims: () => [],
  hiddenFrom: () => null,
  secret: true,
})
