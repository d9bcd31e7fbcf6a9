import type { AddressFamily } from '../../addresses/cidr.ts'
import { bandwidthBps } from '../../inventory/speeds.ts'
import { remarks, sharedName } from '../names.ts'
import type { Setup } from '../setup.ts'

export function commented(lines: readonly string[]): readonly string[] {
  return remarks('#', lines)
}

/** The menus of a family. */
export function ip(family: AddressFamily): '/ip' | '/ipv6' {
  return family === 'ipv4' ? '/ip' : '/ipv6'
}

/** A value in double quotes, within which a dollar sign begins a variable and a question mark asks for help. */
export function quotedValue(text: string): string {
  return `"${text.replaceAll(/["\\$?]/g, (character) => `\\${character}`)}"`
}

/** What all configurations add alike is added by the first one only. */
export function addOnce(menu: string, name: string, rest: string): string {
  return `:if ([:len [${menu} find name=${name}]] = 0) do={ ${menu} add name=${name} ${rest} }`
}

/** A port's name begins with its speed. */
export function portName({ carrier }: Setup, index: number): string {
  const bps = bandwidthBps(carrier.bandwidth)
  if (bps <= 1_000_000_000) return `ether${index + 1}`
  return bps <= 10_000_000_000 ? `sfp-sfpplus${index + 1}` : `qsfp28-${index + 1}-1`
}

export function carrierPort(setup: Setup): string {
  return setup.carrier.kind === 'lag' ? sharedName : portName(setup, 0)
}
