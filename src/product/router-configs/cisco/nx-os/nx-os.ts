import { macSecElsewhere } from '../../macsec-advice.ts'
import { learnedName } from '../../names.ts'
import { textOf } from '../../notation.ts'
import { portsAdvice } from '../../ports-advice.ts'
import { heading, passiveAdvice } from '../../prose.ts'
import type { Setup } from '../../setup.ts'
import { discardLines } from '../discard.ts'
import { passwordCautions } from '../password-cautions.ts'
import { prefixListLines } from '../prefix-lists.ts'
import { routeMapLines, sharedListLines } from '../route-maps.ts'
import { commented, type Dialect, namedInEachLine } from '../words.ts'
import { bgpLines } from './bgp.ts'
import { interfaceLines, portName } from './interface.ts'
import { lagLines } from './lag.ts'
import { macSecLines, speaksMacSec } from './macsec.ts'
import type { NexusPlatform } from './platform.ts'

const dialect: Dialect = {
  indent: '  ',
  learned: learnedName,
  asPath: (pattern) => `"${pattern}"`,
  removesByNumber: false,
  prefixList: namedInEachLine,
}

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
      ...commented(portsAdvice(setup, portName)),
      ...commented(passwordCautions(setup, /["$\\]/)),
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
      ...sessions.flatMap((session) => prefixListLines(setup, session, dialect)),
      '!',
      ...commented(passiveAdvice(setup)),
      ...sharedListLines(setup, dialect),
      ...sessions.flatMap((session) => routeMapLines(setup, session, dialect)),
      ...bgpLines(platform, setup),
      '!',
      'end',
    ])
  }
