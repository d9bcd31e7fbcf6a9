/**
 * Where identity reads access keys from. The store implements `AccessKeys` for the keys that operators hand out;
 * the development credentials are an implementation of their own, so that no code path knows them apart.
 */

/** Which session token a request made with this key has to bring. */
export type SessionTokenRule =
  /** Whatever comes, or nothing: people have an AWS_SESSION_TOKEN lying around while they develop. */
  | { readonly kind: 'any' }
  /** A long-term key: a token sent with it is refused, as AWS does. */
  | { readonly kind: 'none' }
  /** A temporary key: exactly this token, until an instant of real time, epoch milliseconds. */
  | { readonly kind: 'exactly'; readonly token: string; readonly expiresAt?: number }

export interface AccessKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Twelve digits. */
  readonly accountId: string
  /** The ARN that policies and the audit trail name, such as `arn:aws:iam::123456789012:root`. */
  readonly principalArn: string
  readonly sessionToken: SessionTokenRule
}

export interface AccessKeys {
  /** `undefined`: nobody has this key, or no longer. Rejects only when the keys cannot be read at all. */
  find(accessKeyId: string): Promise<AccessKey | undefined>
}

const DEVELOPMENT_SECRET = 'test'
const NAMED_DEVELOPMENT_ACCOUNTS: ReadonlyMap<string, string> = new Map([
  ['test', '000000000000'],
  ['partner', '111111111111'],
])
const ACCOUNT_ID = /^\d{12}$/

/**
 * The credentials that work without any set-up: `test` is account 000000000000, `partner` is 111111111111, and twelve
 * digits are the account of that number, each with the secret `test`. Whoever joins the parts decides where they are
 * allowed: never beyond loopback.
 */
export function developmentKeys(): AccessKeys {
  return {
    async find(accessKeyId) {
      const accountId = ACCOUNT_ID.test(accessKeyId) ? accessKeyId : NAMED_DEVELOPMENT_ACCOUNTS.get(accessKeyId)
      if (accountId === undefined) return undefined
      return {
        accessKeyId,
        secretAccessKey: DEVELOPMENT_SECRET,
        accountId,
        principalArn: rootArn(accountId),
        sessionToken: { kind: 'any' },
      }
    },
  }
}

/** The ARN of an account's root user, which each audit record names. */
export function rootArn(accountId: string): string {
  return ['arn:aws:iam::', accountId, ':root'].join('')
}

/** Asks each in turn; the first that knows the key answers. */
export function firstOf(...keys: readonly AccessKeys[]): AccessKeys {
  const [first, ...rest] = keys
  if (first === undefined) return { find: async () => undefined }
  const others = firstOf(...rest)
  return { find: async (accessKeyId) => (await first.find(accessKeyId)) ?? others.find(accessKeyId) }
}
