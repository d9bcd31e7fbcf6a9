import { kind, type Stored } from '../kind.ts'

/** A long-term access key that an operator handed out. The secret is encrypted at rest. */
export interface AccessKeyRecord extends Stored {
  readonly accountId: string
  readonly secretAccessKey: string
}

export const accessKeyKind = kind<AccessKeyRecord>()({
  sets: (key) => ({ account: key.accountId }),
  claims: () => [],
  hiddenFrom: () => null,
  secret: true,
})
