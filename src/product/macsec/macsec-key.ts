import type { EncryptionMode } from '../connections/connection.ts'
import { type Instant, lifecycle, reached } from '../lifecycle.ts'

/** A key of a port or LAG: which secret it is in and when it was in use. The key itself is in the secret alone. */
export interface MacSecKey {
  readonly secretArn: string
  /** The name under which both ends know the key, 64 hexadecimal characters as they were given. */
  readonly ckn: string
  readonly askedAt: number
  readonly associatedAt: number
  readonly disassociateAskedAt: Instant
  readonly disassociatedAt: Instant
}

/** What of a port or LAG MACsec is about; in a LAG all members are alike in it. */
export interface Encryption {
  readonly encryptionMode: EncryptionMode
  /** In the order in which they came, the ended ones among them. */
  readonly macSecKeys: readonly MacSecKey[]
}

export type MacSecKeyState = 'associating' | 'associated' | 'disassociating' | 'disassociated'

/** @source behaviour catalogue B.6 */
export const macSecKeyState = lifecycle<MacSecKeyState, MacSecKey>([
  ['disassociated', (key, _seen, now) => reached(key.disassociatedAt, now)],
  ['disassociating', (key, _seen, now) => reached(key.disassociateAskedAt, now)],
  ['associating', (key, _seen, now) => !reached(key.associatedAt, now)],
  ['associated', () => true],
])
