import { deviceOf } from '../linux/devices.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import type { Setup } from '../setup.ts'
import { sessionName } from './words.ts'

/** BIRD does not give addresses to interfaces. */
export function addressLines(setup: Setup): readonly string[] {
  return setup.sessions.map(
    ({ customerAddress, prefixLength }) =>
      `ip address replace ${customerAddress}/${prefixLength} dev ${deviceOf(setup)}`,
  )
}

/** What stands for the whole of each public prefix, unless the router has a better route for it. */
export function ownPrefixLines(setup: Setup): readonly string[] {
  if (setup.prefixes.length === 0) return []
  return [
    '# Your public prefixes, for what no longer prefix in your network leads to.',
    ...setup.sessions.flatMap((session) => {
      const prefixes = ofFamily(setup.prefixes, session.family)
      if (prefixes.length === 0) return []
      return [
        `protocol static ${sessionName(setup, session)}_own`,
        '{',
        `  ${session.family} { preference 10; };`,
        ...prefixes.map((prefix) => `  route ${cidrOf(prefix)} blackhole;`),
        '}',
      ]
    }),
    '',
  ]
}
