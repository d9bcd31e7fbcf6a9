import { spokenMacSec } from '../macsec-advice.ts'
import { cabledPorts } from '../names.ts'
import type { MacSec, Setup } from '../setup.ts'

/** How the devices are called; the configurations say to put other names in their places. */

/** The port, or the bond of the ports. */
export function portOf({ carrier }: Setup): string {
  return carrier.kind === 'lag' ? 'bond0' : 'eth1'
}

/** The interface of the VLAN. */
export function deviceOf(setup: Setup): string {
  return `${portOf(setup)}.${setup.vlan}`
}

/** A physical port, counted from 0. */
export function port(index: number): string {
  return `eth${index + 1}`
}

export function portsOf(setup: Setup): readonly string[] {
  return cabledPorts(setup, port)
}

/** What is used of the physical ports: with MACsec a device upon each, through which all frames go. */
export function usedPorts(setup: Setup): readonly string[] {
  return linuxMacSec(setup) === null ? portsOf(setup) : cabledPorts(setup, (index) => `macsec${index}`)
}

/** MACsec as Linux can speak it: wpa_supplicant agrees on no extended packet numbers. */
export function linuxMacSec(setup: Setup): MacSec | null {
  const macSec = spokenMacSec(setup)
  return macSec?.cipherSuite === 'GCM-AES-256' ? macSec : null
}
