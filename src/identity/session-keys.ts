import type { AccessKeys } from './access-keys.ts'

/** A temporary key as it is kept. */
export interface SessionKey {
  readonly accountId: string
  readonly principalArn: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** Real time, epoch milliseconds. */
  readonly expiresAt: number
}

/** The keys that AssumeRole handed out. Each works only together with its token, and only for a time. */
export function sessionKeys(get: (accessKeyId: string) => Promise<SessionKey | undefined>): AccessKeys {
  return {
    async find(accessKeyId) {
      const session = accessKeyId.startsWith('ASIA') ? await get(accessKeyId) : undefined
      if (session === undefined) return undefined
      return {
        accessKeyId,
        secretAccessKey: session.secretAccessKey,
        accountId: session.accountId,
        principalArn: session.principalArn,
        sessionToken: { kind: 'exactly', token: session.sessionToken, expiresAt: session.expiresAt },
      }
    },
  }
}
