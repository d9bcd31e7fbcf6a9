import { remarks } from '../names.ts'
import type { Session, Setup } from '../setup.ts'

export const virtualRouter = 'set network virtual-router default'
export const bgp = `${virtualRouter} protocol bgp`

export function commented(lines: readonly string[]): readonly string[] {
  return remarks('#', lines)
}

/** Of a peer and its group, of at most 31 characters. */
export function peerName({ id }: Setup, { family }: Session): string {
  return `${id}-${family}`
}

export function portName(index: number): string {
  return `ethernet1/${index + 1}`
}

export function unitName(setup: Setup): string {
  return `${setup.carrier.kind === 'lag' ? 'ae1' : portName(0)}.${setup.vlan}`
}
