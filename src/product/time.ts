import type { Instant } from './lifecycle.ts'

/** An instant as operators read it: ISO 8601, UTC, with milliseconds. */
export function showTime(at: number): string {
  return new Date(at).toISOString()
}

/** null stays null: it has not happened, and nothing says when it will. */
export function showInstant(instant: Instant): string | null {
  return instant === null ? null : showTime(instant)
}
