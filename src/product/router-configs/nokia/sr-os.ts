import { cidrOf, textOf } from '../notation.ts'
import { portsAdvice } from '../ports-advice.ts'
import { heading, passiveAdvice } from '../prose.ts'
import type { Setup } from '../setup.ts'
import { bgpLines } from './bgp.ts'
import { interfaceLines, portLines } from './interface.ts'
import { lagLines } from './lag.ts'
import { macSecLines } from './macsec.ts'
import { policyLines, sharedPolicyLines } from './policies.ts'
import { commented, portName, router } from './words.ts'

/** Nokia SR OS 21 and later, in the words of its model-driven command line (MD-CLI). */
export function srOs(setup: Setup): string {
  const { sessions } = setup
  return textOf([
    ...commented(heading(setup)),
    '#',
    '# Paste it into the MD-CLI after "edit-config private", and keep it with "commit". Lines',
    '# with a number sign are comments.',
    ...commented(portsAdvice(setup, portName)),
    ...macSecLines(setup),
    ...portLines(setup),
    ...lagLines(setup),
    ...interfaceLines(setup),
    ...discardLines(setup),
    '#',
    ...commented(passiveAdvice(setup)),
    ...sharedPolicyLines(setup),
    ...sessions.flatMap((session) => policyLines(setup, session)),
    ...bgpLines(setup),
  ])
}

/** What stands for the whole of each public prefix, unless the router has a better route for it. */
function discardLines({ prefixes }: Setup): readonly string[] {
  if (prefixes.length === 0) return []
  return [
    '#',
    '# Your public prefixes, for what no longer prefix in your network leads to.',
    ...prefixes.flatMap((prefix) => {
      const route = `${router} static-routes route ${cidrOf(prefix)} route-type unicast blackhole`
      return [`${route} admin-state enable`, `${route} preference 254`]
    }),
  ]
}
