import { setTimeout as delay } from 'node:timers/promises'

/**
 * Waits until something holds that real programs or packets bring about, and returns it. Throws when it does not within
 * the deadline, in real milliseconds, with what the condition threw last, if it did.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  deadlineMs = 30_000,
  everyMs = 20,
): Promise<Exclude<T, false | undefined | null>> {
  const end = performance.now() + deadlineMs
  let complaint: unknown
  while (performance.now() < end) {
    try {
      const held = await condition()
      // What was excluded by the check is excluded from the type.
      if (held !== false && held !== undefined && held !== null) return held as Exclude<T, false | undefined | null>
      complaint = undefined
    } catch (error) {
      complaint = error
    }
    await delay(everyMs)
  }
  throw new Error(`it did not become true within ${deadlineMs} ms: ${condition}`, { cause: complaint })
}
