import type { History, Interval } from '../../product/history.ts'
import { earlier, type Instant, reached } from '../../product/lifecycle.ts'

/**
 * When something was up: intervals in order that neither overlap nor touch. The simulated fabric has no state of its
 * own; all that it reports is worked out from such intervals, so two replicas always agree.
 */
export type Intervals = readonly Interval[]

export const always: Intervals = [{ from: Number.NEGATIVE_INFINITY, until: null }]
export const never: Intervals = []

/** From an instant on; null: never. */
export function since(instant: Instant): Intervals {
  return instant === null ? never : [{ from: instant, until: null }]
}

/** Until before an instant; null: always. */
export function before(instant: Instant): Intervals {
  return instant === null ? always : [{ from: Number.NEGATIVE_INFINITY, until: instant }]
}

/** While at least `needed` of them hold. */
export function atLeast(needed: number, all: readonly Intervals[]): Intervals {
  // Most connections have no faults, so that there is mostly nothing to look at.
  const some = all.filter((intervals) => intervals.length > 0)
  if (some.length < needed) return never
  if (some.length === needed && some.every(({ length }) => length === 1)) return overlap(some)
  const steps = some
    .flatMap((intervals) =>
      intervals.flatMap(({ from, until }) => [
        { at: from, by: 1 },
        { at: until ?? Number.POSITIVE_INFINITY, by: -1 },
      ]),
    )
    .toSorted((a, b) => a.at - b.at || b.by - a.by)
  const result: { from: number; until: Instant }[] = []
  let count = 0
  for (const { at, by } of steps) {
    const held = count >= needed
    count += by
    if (count >= needed === held) continue
    const last = result.at(-1)
    if (!held) {
      // An interval that begins where the last one ended continues it.
      if (last !== undefined && last.until === at) last.until = null
      else result.push({ from: at, until: null })
    } else if (last !== undefined && at !== Number.POSITIVE_INFINITY) last.until = at
  }
  return result.filter(({ from, until }) => until === null || until > from)
}

/** While each of some single intervals lasts, which is what most of all that is asked comes to. */
function overlap(all: readonly Intervals[]): Intervals {
  let from = Number.NEGATIVE_INFINITY
  let until: Instant = null
  for (const [each] of all) {
    if (each === undefined) return never
    from = Math.max(from, each.from)
    until = earlier(until, each.until)
  }
  return until === null || until > from ? [{ from, until }] : never
}

/** While all of them hold. */
export function both(...all: readonly Intervals[]): Intervals {
  const bounding = all.filter((intervals) => intervals !== always)
  return bounding.length === 0 ? always : atLeast(bounding.length, bounding)
}

/** While any of them holds. */
export function either(all: readonly Intervals[]): Intervals {
  return atLeast(1, all)
}

/** While it does not hold. */
export function not(intervals: Intervals): Intervals {
  if (intervals.length === 0) return always
  const result: Interval[] = []
  let from: Instant = Number.NEGATIVE_INFINITY
  for (const interval of intervals) {
    if (from !== null && interval.from > from) result.push({ from, until: interval.from })
    from = interval.until
  }
  if (from !== null) result.push({ from, until: null })
  return result
}

/** As it was until its facts changed, and from then on as they say. */
export function after(history: History | undefined, up: Intervals): Intervals {
  return history === undefined ? up : either([history.up, both(up, since(history.until))])
}

/** What an observer at `now` can say of it. */
export function seenAt(intervals: Intervals, now: number) {
  const past = intervals.filter(({ from }) => from <= now)
  const last = past.at(-1)
  const up = last !== undefined && !reached(last.until, now)
  return {
    up,
    firstUpAt: past[0]?.from ?? null,
    since: up ? (last?.from ?? null) : (last?.until ?? null),
  }
}
