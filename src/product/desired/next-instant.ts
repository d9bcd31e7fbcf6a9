import { flapPeriod } from '../faults/injected-fault.ts'

/**
 * The first instant after `now` among some facts, wherever in them it stands: everything that is named `…At`, `from`,
 * `until` or `endsAt` is one, and a fault that flaps has two a period.
 */
export function nextInstant(facts: unknown, now: number): number | null {
  let next: number | null = null
  const isNext = (at: number): boolean => at > now && (next === null || at < next)
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each)
    else if (typeof value === 'object' && value !== null) {
      if ('faultKind' in value && value.faultKind === 'flap' && 'from' in value && typeof value.from === 'number') {
        const half = flapPeriod / 2
        const turn = value.from + (Math.floor((now - value.from) / half) + 1) * half
        if (isNext(turn)) next = turn
      }
      for (const [name, member] of Object.entries(value)) {
        // Most numbers are instants that have passed: their names need not be read.
        if (typeof member === 'number') {
          if (isNext(member) && /At$|^(from|until)$/.test(name)) next = member
        } else visit(member)
      }
    }
  }
  visit(facts)
  return next
}
