/**
 * Product time: real time plus an offset that only grows. It is for facts alone; signatures, tokens and throttling go
 * by real time, so that moving this clock locks nobody out.
 */
export interface Clock {
  /** Epoch milliseconds of product time; never less than the answer before. */
  now(): number
  /** Takes over the offset that the installation has stored. */
  follow(offset: number): void
}

export function createClock(realTime: () => number): Clock {
  let offset = 0
  let latest = Number.NEGATIVE_INFINITY
  return {
    now: () => (latest = Math.max(latest, realTime() + offset)),
    follow(stored) {
      // A reset begins a new history, which may be earlier than the old one.
      if (stored < offset) latest = Number.NEGATIVE_INFINITY
      offset = stored
    },
  }
}
