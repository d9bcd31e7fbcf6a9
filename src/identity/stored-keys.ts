import { type AccessKeys, rootArn } from './access-keys.ts'

/** A long-term key as it is kept. */
export interface StoredKey {
  readonly id: string
  readonly accountId: string
  readonly secretAccessKey: string
}

/** The keys that operators handed out. */
export function storedKeys(get: (accessKeyId: string) => Promise<StoredKey | undefined>): AccessKeys {
  return {
    async find(accessKeyId) {
      const key = accessKeyId.startsWith('AKIA') ? await get(accessKeyId) : undefined
      if (key === undefined) return undefined
      return {
        accessKeyId,
        secretAccessKey: key.secretAccessKey,
        accountId: key.accountId,
        principalArn: rootArn(key.accountId),
        sessionToken: { kind: 'none' },
      }
    },
  }
}
