import type { Figure } from './figure.ts'
import { allowedPrefixes } from './figures/allowed-prefixes.ts'
import { cutCable } from './figures/cut-cable.ts'
import { firstPing } from './figures/first-ping.ts'
import { lagMember } from './figures/lag-member.ts'
import { limits } from './figures/limits.ts'
import { throughput } from './figures/throughput.ts'
import { twoHundred } from './figures/two-hundred.ts'

/** Everything that is measured, in the order of the table. A new one is a file in figures/ and a line here. */
export const figures: Readonly<Record<string, Figure>> = {
  'first-ping': firstPing,
  'cut-cable': cutCable,
  'lag-member': lagMember,
  'allowed-prefixes': allowedPrefixes,
  'two-hundred': twoHundred,
  throughput,
  limits,
}
