import { macSecAbsence, macSecAdvice, newestKeyName, spokenMacSec } from '../macsec-advice.ts'
import { quoted } from '../notation.ts'
import { cakPlaceholder, macSecFacts } from '../session-facts.ts'
import type { Setup } from '../setup.ts'
import { commented } from './words.ts'

/** A connectivity association, for the ports to name. */
export function macSecLines(setup: Setup): readonly string[] {
  const macSec = spokenMacSec(setup)
  if (setup.macSec === null) return []
  if (macSec === null) return ['#', ...commented(macSecAbsence(setup))]
  const association = `/configure macsec connectivity-association ${quoted(setup.carrier.id)}`
  const key = `${association} static-cak pre-shared-key 1`
  return [
    '#',
    ...commented(macSecAdvice(macSec)),
    `${association} cipher-suite ${macSec.cipherSuite.toLowerCase()}`,
    `${association} encryption-offset ${macSecFacts.confidentialityOffset}`,
    `${association} static-cak mka-key-server-priority ${macSecFacts.keyServerPriority}`,
    `${key} encryption-type aes-256-cmac`,
    `${key} cak-name ${quoted(newestKeyName(macSec))}`,
    `${key} cak ${quoted(cakPlaceholder)}`,
    `${association} admin-state enable`,
  ]
}

/** On each physical port, for all VLANs. */
export function macSecPortLines(setup: Setup, port: string): readonly string[] {
  const macSec = spokenMacSec(setup)
  if (macSec === null) return []
  const self = `${port} ethernet dot1x macsec`
  return [
    `${self} rx-must-be-encrypted ${macSec.mode === 'must_encrypt'}`,
    `${self} sub-port 1 ca-name ${quoted(setup.carrier.id)}`,
    `${self} sub-port 1 encap-match all-match true`,
    `${self} sub-port 1 admin-state enable`,
  ]
}
