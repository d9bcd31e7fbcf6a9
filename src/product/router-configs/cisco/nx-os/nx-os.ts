import { macSecElsewhere } from '../../macsec-advice.ts'
import { learnedName } from '../../names.ts'
import { cidrOf, textOf } from '../../notation.ts'
import { heading, passiveAdvice } from '../../prose.ts'
import type { Setup } from '../../setup.ts'
import { prefixListLines } from '../prefix-lists.ts'
import { routeMapLines, sharedListLines } from '../route-maps.ts'
import { commented, type Dialect, ip, section } from '../words.ts'
import { bgpLines } from './bgp.ts'
import { interfaceLines, portsText } from './interface.ts'
import { lagLines } from './lag.ts'
import { macSecLines, speaksMacSec } from './macsec.ts'
import type { NexusPlatform } from './platform.ts'

const dialect: Dialect = { indent: '  ', learned: learnedName, asPath: (pattern) => `"${pattern}"` }

/** Cisco NX-OS 5.1 and later; MACsec by what the platform has. */
export const ciscoNxOs =
  (platform: NexusPlatform) =>
  (setup: Setup): string => {
    const { sessions, carrier } = setup
    return textOf([
      ...commented(heading(setup)),
      '!',
      '! Paste it after "configure terminal"; keep it with "copy running-config',
      '! startup-config". Lines with an exclamation mark are comments.',
      ...commented(portsText(setup)),
      ...commented(cautions(setup)),
      ...(platform.macSec ? [] : commented(macSecElsewhere(setup, `the ${platform.name} with this NX-OS`))),
      '!',
      'feature bgp',
      'feature bfd',
      ...(carrier.kind === 'lag' ? ['feature lacp'] : []),
      ...(speaksMacSec(platform, setup) ? ['feature macsec'] : []),
      ...macSecLines(platform, setup),
      ...lagLines(platform, setup),
      ...interfaceLines(platform, setup),
      ...discardLines(setup),
      ...sessions.flatMap((session) => prefixListLines(setup, session)),
      '!',
      ...commented(passiveAdvice(setup)),
      ...sharedListLines(setup, dialect),
      ...sessions.flatMap((session) => routeMapLines(setup, session, dialect)),
      ...bgpLines(platform, setup),
      '!',
      'end',
    ])
  }

/** What the command line makes of some keys. */
function cautions({ sessions }: Setup): readonly string[] {
  const keys = sessions.map(({ authKey }) => authKey)
  return [
    ...(keys.some((key) => key.includes('?')) ? ['Type Ctrl+V before each question mark of a password.'] : []),
    ...(keys.some((key) => /["$\\]/.test(key))
      ? [
          'The command line may read " $ \\ of a password its own way: see what it kept with',
          '"show running-config bgp".',
        ]
      : []),
  ]
}

/** What stands for the whole of each public prefix, unless the router has a better route for it. */
function discardLines({ prefixes }: Setup): readonly string[] {
  if (prefixes.length === 0) return []
  return [
    ...section('Your public prefixes, for what no longer prefix in your network leads to.'),
    ...prefixes.map((prefix) => `${ip(prefix.family)} route ${cidrOf(prefix)} Null0 254`),
  ]
}
