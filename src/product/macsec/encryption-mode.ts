import type { EncryptionMode } from '../connections/connection.ts'
import { refuse } from '../fault.ts'

const modes: readonly EncryptionMode[] = ['no_encrypt', 'should_encrypt', 'must_encrypt']

/**
 * The mode that a port or LAG is to have. Only what was ordered with MACsec encrypts, and nothing can be required of
 * what has no key.
 * @param subject how the refusal names it, such as `Lag dxlag-ffjhj9lx`
 * @source behaviour catalogue A.1 UpdateConnection, UpdateLag; B.6
 */
export function checkEncryptionMode(
  subject: string,
  present: { readonly requestMacSec: boolean; readonly encryptionMode: EncryptionMode },
  asked: string,
): EncryptionMode {
  if (!present.requestMacSec) throw refuse(`${subject} is not MACsec capable`)
  const mode = modes.find((known) => known === asked)
  if (mode === undefined)
    throw refuse(`Invalid value '${asked.slice(0, 32)}' for encryptionMode: it must be one of ${modes.join(', ')}`)
  if (mode === 'must_encrypt' && present.encryptionMode !== 'must_encrypt')
    throw refuse(`${subject} has no MACsec key, which encryptionMode must_encrypt requires`)
  return mode
}
