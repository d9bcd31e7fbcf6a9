import { reached } from '../lifecycle.ts'
import { flapPeriod, type InjectedFault } from './injected-fault.ts'

/** Whether a fault keeps its target down at `now`: always while it lasts, or in the first half of every flap. */
function breaks({ faultKind, from, until }: InjectedFault, now: number): boolean {
  if (from > now || reached(until, now)) return false
  return faultKind === 'down' || (now - from) % flapPeriod < flapPeriod / 2
}

/** Whether any of some targets is kept down. */
export function isBroken(faults: readonly InjectedFault[], targets: readonly (string | null)[], now: number): boolean {
  return faults.some((fault) => targets.includes(fault.target) && breaks(fault, now))
}
