import { day } from '../settings.ts'

/** How long a letter authorises its cross connect. @source behaviour catalogue F.1 */
export const letterValidity = 90 * day
const grace = 10 * day

/**
 * When an order ends whose letter nobody used: the letter is valid for 90 days, and after a warning the order goes 10
 * days later. Approving and every download of the letter begin the time anew, the cable ends it.
 * @source behaviour catalogue B.1; design, section 8
 */
export function unusedLetterDeadline(letterIssuedAt: number): number {
  return letterIssuedAt + letterValidity + grace
}
