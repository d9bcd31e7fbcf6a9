import { remarks } from '../names.ts'
import type { Setup } from '../setup.ts'

export function commented(lines: readonly string[]): readonly string[] {
  return remarks('#', lines)
}

/** The command line is a shell's: within single quotes it leaves all but these as it is. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

export function portName(index: number): string {
  return `eth${index + 1}`
}

export function carrierPath({ carrier }: Setup): string {
  return carrier.kind === 'lag' ? 'set interfaces bonding bond0' : `set interfaces ethernet ${portName(0)}`
}
