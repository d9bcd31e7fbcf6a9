import { remarks } from '../names.ts'
import type { Setup } from '../setup.ts'

export const router = '/configure router "Base"'

export function commented(lines: readonly string[]): readonly string[] {
  return remarks('#', lines)
}

export function portName(index: number): string {
  return `1/1/${index + 1}`
}

export function carrierPort({ carrier }: Setup): string {
  return carrier.kind === 'lag' ? 'lag-1' : portName(0)
}
