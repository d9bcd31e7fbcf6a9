import { wrapped } from './prose.ts'
import { macSecFacts } from './session-facts.ts'
import type { MacSec, Setup } from './setup.ts'

/** MACsec as a router is to speak it. null: it is not to, which `macSecAbsence` explains where it was asked for. */
export function spokenMacSec({ macSec }: Setup): MacSec | null {
  if (macSec === null || macSec.mode === 'no_encrypt' || macSec.keyNames.length === 0) return null
  return macSec
}

/** Why a connection that can encrypt has nothing to be entered for it. */
export function macSecAbsence({ macSec }: Setup): readonly string[] {
  if (macSec === null) return []
  return wrapped(
    `MACsec: this connection can encrypt and does not: its encryption mode is ${macSec.mode}, and it has ${macSec.keyNames.length} keys in use. Nothing is to be done here.`,
  )
}

/** For a router that has no MACsec; what follows it is of use nevertheless. */
export function macSecElsewhere(setup: Setup, platform: string): readonly string[] {
  const macSec = spokenMacSec(setup)
  if (macSec === null) return macSecAbsence(setup)
  const { mode, keyNames, cipherSuite } = macSec
  return [
    ...wrapped(
      `MACsec: this connection encrypts (${mode}), which ${platform} cannot. End it on a device in front of the router that can, and let that pass VLAN ${setup.vlan} on. It needs ${macSecFacts.keyAlgorithm}, ${cipherSuite} and the key (CAK) of one of these names (CKN):`,
    ),
    ...keyNames.map((name) => `  ${name}`),
  ]
}

/** Ahead of what is to be entered. The newest key goes in; both ends have to have it. */
export function macSecAdvice({ keyNames, mode }: MacSec): readonly string[] {
  return [
    ...wrapped(
      `MACsec (${mode}). Enter the key (CAK) that belongs to the key name (CKN): 64 hexadecimal characters, which we never show.`,
    ),
    ...keyNames.slice(0, -1).map((name) => `Also in use is ${name}.`),
  ]
}

/** The newest of the keys in use. */
export function newestKeyName({ keyNames }: MacSec): string {
  return keyNames.at(-1) ?? ''
}
