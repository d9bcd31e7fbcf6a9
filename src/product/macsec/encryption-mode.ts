import type { EncryptionMode } from '../connections/connection.ts'
import { refuse } from '../fault.ts'
import type { Encryption, MacSecKey } from './macsec-key.ts'
import { isLive, isUsable } from './rules.ts'

const modes: readonly EncryptionMode[] = ['no_encrypt', 'should_encrypt', 'must_encrypt']

/**
 * The mode that a port or LAG is to have. Only what was ordered with MACsec encrypts, and nothing can be required of
 * what has no key.
 * @param subject how the refusal names it, such as `Lag dxlag-ffjhj9lx`
 * @source behaviour catalogue A.1 UpdateConnection, UpdateLag; B.6
 */
export function checkEncryptionMode(
  subject: string,
  present: Encryption & { readonly requestMacSec: boolean },
  asked: string,
  now: number,
): EncryptionMode {
  if (!present.requestMacSec) throw refuse(`${subject} is not MACsec capable`)
  const mode = modes.find((known) => known === asked)
  if (mode === undefined)
    throw refuse(`Invalid value '${asked.slice(0, 32)}' for encryptionMode: it must be one of ${modes.join(', ')}`)
  if (mode === 'must_encrypt' && !present.macSecKeys.some((key) => isUsable(key, now))) {
    const awaited = present.macSecKeys.some(isLive) ? 'no MACsec key that is associated yet' : 'no MACsec key'
    throw refuse(`${subject} has ${awaited}, which encryptionMode must_encrypt requires`)
  }
  return mode
}

/** Once the last key is gone, nothing must be encrypted any more. @source behaviour catalogue B.6 */
export function withoutLastKey(mode: EncryptionMode, keys: readonly MacSecKey[]): EncryptionMode {
  return mode === 'must_encrypt' && !keys.some(isLive) ? 'should_encrypt' : mode
}
