import { commented } from '../cisco/words.ts'
import { macSecAbsence, macSecAdvice, newestKeyName, spokenMacSec } from '../macsec-advice.ts'
import { cakPlaceholder, macSecFacts } from '../session-facts.ts'
import type { Setup } from '../setup.ts'

const ciphers = { 'GCM-AES-256': 'aes256-gcm', 'GCM-AES-XPN-256': 'aes256-gcm-xpn' } as const

/** A profile for the ports to name. A key of 64 characters is by itself one for AES-256-CMAC. */
export function macSecLines(setup: Setup): readonly string[] {
  const macSec = spokenMacSec(setup)
  if (setup.macSec === null) return []
  if (macSec === null) return ['!', ...commented(macSecAbsence(setup))]
  return [
    '!',
    ...commented(macSecAdvice(macSec)),
    'mac security',
    `   profile ${setup.carrier.id}`,
    `      cipher ${ciphers[macSec.cipherSuite]}`,
    `      key ${newestKeyName(macSec)} 0 ${cakPlaceholder}`,
    `      mka key-server priority ${macSecFacts.keyServerPriority}`,
    '      sci',
    ...(macSec.mode === 'should_encrypt' ? ['      traffic unprotected allow'] : []),
  ]
}

/** On each physical port. */
export function macSecPortLines(setup: Setup): readonly string[] {
  return spokenMacSec(setup) === null ? [] : [`   mac security profile ${setup.carrier.id}`]
}
