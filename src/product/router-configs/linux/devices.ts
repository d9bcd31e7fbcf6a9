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

/** The physical ports, one for each cross connect. */
export function cabledPorts({ carrier }: Setup): readonly string[] {
  return carrier.kind === 'lag' ? carrier.memberIds.map((_, index) => `eth${index + 1}`) : ['eth1']
}

/** What is used of a physical port: with MACsec a device upon it, through which all frames go. */
export function usedPorts(setup: Setup): readonly string[] {
  const ports = cabledPorts(setup)
  return isEncrypted(setup.macSec) ? ports.map((_, index) => `macsec${index}`) : ports
}

/** Linux can do it and the connection is to. wpa_supplicant agrees on no extended packet numbers. */
export function isEncrypted(macSec: MacSec | null): boolean {
  return (
    macSec !== null &&
    macSec.mode !== 'no_encrypt' &&
    macSec.keyNames.length > 0 &&
    macSec.cipherSuite === 'GCM-AES-256'
  )
}
