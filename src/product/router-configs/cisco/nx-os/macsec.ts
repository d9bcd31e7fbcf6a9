import { macSecAbsence, macSecAdvice, newestKeyName, spokenMacSec } from '../../macsec-advice.ts'
import { sharedName } from '../../names.ts'
import { cakPlaceholder, macSecFacts } from '../../session-facts.ts'
import type { Setup } from '../../setup.ts'
import { commented } from '../words.ts'
import type { NexusPlatform } from './platform.ts'

export function speaksMacSec({ macSec }: NexusPlatform, setup: Setup): boolean {
  return macSec && spokenMacSec(setup) !== null
}

/** The key and what is agreed on, for the ports to name. */
export function macSecLines(platform: NexusPlatform, setup: Setup): readonly string[] {
  const macSec = spokenMacSec(setup)
  if (!platform.macSec || setup.macSec === null) return []
  if (macSec === null) return ['!', ...commented(macSecAbsence(setup))]
  return [
    '!',
    ...commented(macSecAdvice(macSec)),
    `key chain ${chainName(setup)} macsec`,
    `  key ${newestKeyName(macSec)}`,
    `    key-octet-string 0 ${cakPlaceholder} cryptographic-algorithm ${macSecFacts.keyAlgorithm}`,
    '!',
    `macsec policy ${policyName(setup)}`,
    `  cipher-suite ${macSec.cipherSuite}`,
    `  key-server-priority ${macSecFacts.keyServerPriority}`,
    `  conf-offset CONF-OFFSET-${macSecFacts.confidentialityOffset}`,
    `  security-policy ${macSec.mode === 'must_encrypt' ? 'must-secure' : 'should-secure'}`,
  ]
}

/** On each physical port. */
export function macSecPortLines(platform: NexusPlatform, setup: Setup): readonly string[] {
  if (!speaksMacSec(platform, setup)) return []
  return [`  macsec keychain ${chainName(setup)} policy ${policyName(setup)}`]
}

function chainName({ carrier }: Setup): string {
  return carrier.id
}

function policyName({ carrier }: Setup): string {
  return `${sharedName}-${carrier.id}`
}
