/**
 * A state is not stored: it is the first row of a table that holds for the facts, for what is observed and for now.
 * The same table answers requests, finds the next instant at which something changes, and drives the tests.
 */
export type Lifecycle<State extends string, Facts, Seen = undefined> = {
  readonly rows: readonly Row<State, Facts, Seen>[]
  /** The state at `now`, epoch milliseconds of product time. */
  readonly at: (facts: Facts, seen: Seen, now: number) => State
}

type Row<State, Facts, Seen> = readonly [state: State, holds: (facts: Facts, seen: Seen, now: number) => boolean]

/** The last row has to hold always. */
export function lifecycle<State extends string, Facts, Seen = undefined>(
  rows: readonly Row<State, Facts, Seen>[],
): Lifecycle<State, Facts, Seen> {
  return {
    rows,
    at: (facts, seen, now) => {
      for (const [state, holds] of rows) if (holds(facts, seen, now)) return state
      throw new Error('a lifecycle whose last row does not hold')
    },
  }
}

/** An instant in product time, epoch milliseconds; null: it has not happened and nothing says when it will. */
export type Instant = number | null

/** Whether an instant lies at or before `now`. A fact may lie in the future: what is scheduled has not happened yet. */
export function reached(instant: Instant, now: number): boolean {
  return instant !== null && instant <= now
}

/** The earlier of two instants, where null is never. */
export function earlier(a: Instant, b: Instant): Instant {
  return a === null ? b : b === null ? a : Math.min(a, b)
}

/** Whether something has ended: deleted, or declined by the account that it was made for. */
export function hasEnded(record: { readonly deletedAt: Instant; readonly rejectedAt?: Instant }, now: number): boolean {
  return reached(earlier(record.rejectedAt ?? null, record.deletedAt), now)
}
