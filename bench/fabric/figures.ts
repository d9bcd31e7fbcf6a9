import type { Figure } from './figure.ts'
import { firstPing } from './figures/first-ping.ts'

/** Everything that is measured, in the order of the table. A new one is a file in figures/ and a line here. */
export const figures: Readonly<Record<string, Figure>> = {
  'first-ping': firstPing,
}
