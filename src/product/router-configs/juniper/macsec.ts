import { macSecAbsence, macSecAdvice, newestKeyName, spokenMacSec } from '../macsec-advice.ts'
import { cabledPorts } from '../names.ts'
import { cakPlaceholder, macSecFacts } from '../session-facts.ts'
import type { Setup } from '../setup.ts'
import { commented, portName } from './words.ts'

/** A connectivity association, and the physical ports that are in it. */
export function macSecLines(setup: Setup): readonly string[] {
  const { carrier } = setup
  const macSec = spokenMacSec(setup)
  if (setup.macSec === null) return []
  if (macSec === null) return ['#', ...commented(macSecAbsence(setup))]
  const association = `set security macsec connectivity-association ${carrier.id}`
  return [
    '#',
    ...commented(macSecAdvice(macSec)),
    `${association} security-mode static-cak`,
    `${association} cipher-suite ${macSec.cipherSuite.toLowerCase()}`,
    `${association} offset ${macSecFacts.confidentialityOffset}`,
    `${association} mka key-server-priority ${macSecFacts.keyServerPriority}`,
    ...(macSec.mode === 'should_encrypt' ? [`${association} mka should-secure`] : []),
    `${association} pre-shared-key ckn ${newestKeyName(macSec)}`,
    `${association} pre-shared-key cak ${cakPlaceholder}`,
    ...cabledPorts(setup, (index) => portName(setup, index)).map(
      (port) => `set security macsec interfaces ${port} connectivity-association ${carrier.id}`,
    ),
  ]
}
