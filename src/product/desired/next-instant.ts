import { flapPeriod } from '../faults/injected-fault.ts'

/**
 * The first instant after `now` among some facts, wherever in them it stands: everything that is named `…At`, `from`,
 * `until` or `endsAt` is one, and a fault that flaps has two a period.
 */
export function nextInstant(facts: unknown, now: number): number | null {
  let next: number | null = null
  const consider = (at: number): void => {
    if (at > now && (next === null || at < next)) next = at
  }
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each)
    else if (typeof value === 'object' && value !== null) {
      if ('faultKind' in value && value.faultKind === 'flap' && 'from' in value && typeof value.from === 'number') {
        const half = flapPeriod / 2
        consider(value.from + (Math.floor((now - value.from) / half) + 1) * half)
      }
      for (const [name, member] of Object.entries(value)) {
        if (typeof member === 'number') {
          if (/At$|^(from|until)$/.test(name)) consider(member)
        } else visit(member)
      }
    }
  }
  visit(facts)
  return next
}
