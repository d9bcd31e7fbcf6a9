import { macSecElsewhere } from '../macsec-advice.ts'
import { cidrOf, textOf } from '../notation.ts'
import { portsAdvice } from '../ports-advice.ts'
import { heading, passiveAdvice } from '../prose.ts'
import type { Setup } from '../setup.ts'
import { bgpLines } from './bgp.ts'
import { interfaceLines } from './interface.ts'
import { lagLines } from './lag.ts'
import { macSecLines } from './macsec.ts'
import { policyLines, sharedPolicyLines } from './policies.ts'
import { commented, type JunosPlatform, portName } from './words.ts'
import { zoneLines } from './zone.ts'

/** Junos 9.5 and later, as commands that set. */
const junos =
  (platform: JunosPlatform) =>
  (setup: Setup): string => {
    const { sessions } = setup
    return textOf([
      ...commented(heading(setup)),
      '#',
      '# Paste it after "configure" and "load set terminal", end with Ctrl+D, and keep it with',
      '# "commit". Lines with a number sign are comments.',
      ...commented(portsAdvice(setup, (index) => portName(setup, index))),
      ...commented(cautions(setup)),
      ...(platform.macSec ? [] : commented(macSecElsewhere(setup, platform.name))),
      ...(platform.macSec ? macSecLines(setup) : []),
      ...lagLines(setup),
      ...interfaceLines(setup),
      ...(platform.firewall ? zoneLines(setup) : []),
      ...discardLines(setup),
      '#',
      ...commented(passiveAdvice(setup)),
      ...sharedPolicyLines(setup),
      ...sessions.flatMap((session) => policyLines(setup, session)),
      ...bgpLines(setup),
    ])
  }

export const junosMx = junos({ name: 'Junos', macSec: true, firewall: false })
export const junosT = junos({ name: 'the T Series', macSec: false, firewall: false })
export const junosSrx = junos({ name: 'the SRX Series with this Junos', macSec: false, firewall: true })

function cautions({ sessions }: Setup): readonly string[] {
  return sessions.some(({ authKey }) => /^\$[0-9]\$/.test(authKey))
    ? ['A key that begins with $9$ is taken for one that is encrypted already: choose another.']
    : []
}

/** What stands for the whole of each public prefix, unless the router has a better route for it. */
function discardLines({ prefixes }: Setup): readonly string[] {
  if (prefixes.length === 0) return []
  return [
    '#',
    '# Your public prefixes, for what no longer prefix in your network leads to.',
    ...prefixes.flatMap((prefix) => {
      const table = prefix.family === 'ipv4' ? 'static' : 'rib inet6.0 static'
      const route = `set routing-options ${table} route ${cidrOf(prefix)}`
      return [`${route} discard`, `${route} preference 254`]
    }),
  ]
}
