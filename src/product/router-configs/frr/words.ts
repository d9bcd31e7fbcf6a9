import type { AddressFamily } from '../../addresses/cidr.ts'
import type { Session, Setup } from '../setup.ts'

/** How commands begin that are about a family. */
export function ip(family: AddressFamily): 'ip' | 'ipv6' {
  return family === 'ipv4' ? 'ip' : 'ipv6'
}

/** A prefix list, and the route map that uses it. */
export function filterName({ id }: Setup, { family }: Session, direction: 'in' | 'out'): string {
  return `${id}-${family}-${direction}`
}

/** Lists that all configurations add to. */
export const learnedName = 'direct-connect-learned'
export const peeringName = 'direct-connect-peering'

export function commented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `! ${line}`)
}
