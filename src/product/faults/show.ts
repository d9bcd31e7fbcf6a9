import { reached } from '../lifecycle.ts'
import { showInstant, showTime } from '../time.ts'
import type { InjectedFault } from './injected-fault.ts'

export interface ShownFault {
  readonly faultId: string
  readonly target: string
  readonly kind: 'down' | 'flap'
  readonly from: string
  readonly until: string | null
  readonly active: boolean
}

export function showFault(fault: InjectedFault, now: number): ShownFault {
  return {
    faultId: fault.id,
    target: fault.target,
    kind: fault.faultKind,
    from: showTime(fault.from),
    until: showInstant(fault.until),
    active: isActive(fault, now),
  }
}

export function isActive(fault: InjectedFault, now: number): boolean {
  return !reached(fault.until, now)
}
