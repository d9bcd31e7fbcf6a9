import type { Reading } from '../store/store.ts'

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

/**
 * Product time for who sees what `reading` sees. How far it was moved is a fact like the others: whoever sees what came after
 * a move is past it, whichever server was told of it, and a reset ends the moves before it, whichever answer leaves first.
 */
export async function timeIn(reading: Pick<Reading, 'at'>, clock: Clock): Promise<number> {
  const installation = await reading.at(clock.now()).get('installation', 'installation')
  if (installation !== undefined) clock.follow(installation.clockOffset)
  return clock.now()
}
