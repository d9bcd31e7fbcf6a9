import type { AddressFamily } from '../../addresses/cidr.ts'
import { bandwidthBps } from '../../inventory/speeds.ts'
import { remarks } from '../names.ts'
import type { Setup } from '../setup.ts'

export interface JunosPlatform {
  readonly name: string
  readonly macSec: boolean
  /** A firewall, which lets in only what it is told to. */
  readonly firewall: boolean
}

/** What Junos calls a family. */
export function inet(family: AddressFamily): 'inet' | 'inet6' {
  return family === 'ipv4' ? 'inet' : 'inet6'
}

export function commented(lines: readonly string[]): readonly string[] {
  return remarks('#', lines)
}

/** A port's name begins with its speed. */
export function portName({ carrier }: Setup, index: number): string {
  const bps = bandwidthBps(carrier.bandwidth)
  const kind = bps <= 1_000_000_000 ? 'ge' : bps <= 10_000_000_000 ? 'xe' : 'et'
  return `${kind}-0/0/${index + 1}`
}

export function carrierPort(setup: Setup): string {
  return setup.carrier.kind === 'lag' ? 'ae0' : portName(setup, 0)
}
