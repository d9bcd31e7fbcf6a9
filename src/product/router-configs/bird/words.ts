import type { Session, Setup } from '../setup.ts'

/** A virtual interface's id as a name of BIRD's, in which a hyphen is a minus. */
export function symbolOf({ id }: Setup): string {
  return id.replaceAll('-', '_')
}

export function sessionName(setup: Setup, { family }: Session): string {
  return `${symbolOf(setup)}_${family}`
}
