import type { Session, Setup } from './setup.ts'

/** How configurations call what they define. */

/** Of a session, and of no other virtual interface: what it takes of us (`in`) or announces to us (`out`). */
export function filterName({ id }: Setup, { family }: Session, direction: 'in' | 'out'): string {
  return `${id}-${family}-${direction}`
}

/** What all configurations add to, or define alike. */
export const sharedName = 'direct-connect'
export const learnedName = `${sharedName}-learned`
export const peeringName = `${sharedName}-peering`

/** Each port that a cross connect ends in is named by `port`, whose argument counts from 0. */
export function cabledPorts({ carrier }: Setup, port: (index: number) => string): readonly string[] {
  return carrier.kind === 'lag' ? carrier.memberIds.map((_, index) => port(index)) : [port(0)]
}

/** The cross connect of which connection ends in each of `cabledPorts`. */
export function cabledIds({ carrier }: Setup): readonly string[] {
  return carrier.kind === 'lag' ? carrier.memberIds : [carrier.id]
}

/** A text as comments: each line after the mark of the dialect. */
export function remarks(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map((line) => `${mark} ${line}`)
}
