import { macSecElsewhere } from '../macsec-advice.ts'
import { textOf } from '../notation.ts'
import { portsAdvice } from '../ports-advice.ts'
import { heading, passiveAdvice } from '../prose.ts'
import type { Setup } from '../setup.ts'
import { bgpLines } from './bgp.ts'
import { discardLines, interfaceLines } from './interface.ts'
import { lagLines } from './lag.ts'
import { prefixListLines } from './prefix-lists.ts'
import { routeMapLines, sharedListLines } from './route-maps.ts'
import { commented, portName } from './words.ts'

/** VyOS 1.4 and later, as commands that set. Its MACsec interfaces carry no VLANs. */
export function vyOs(setup: Setup): string {
  const { sessions } = setup
  return textOf([
    ...commented(heading(setup)),
    '#',
    '# Paste it after "configure", and keep it with "commit" and "save". Lines with a number',
    '# sign are comments.',
    ...commented(portsAdvice(setup, portName)),
    ...(sessions.some(({ authKey }) => /['\\"]/.test(authKey))
      ? ['# VyOS may refuse quotation marks and backslashes in a password: then choose another key.']
      : []),
    ...commented(macSecElsewhere(setup, 'VyOS')),
    ...lagLines(setup),
    ...interfaceLines(setup),
    ...discardLines(setup),
    ...sessions.flatMap((session) => prefixListLines(setup, session)),
    '#',
    ...commented(passiveAdvice(setup)),
    ...sharedListLines(setup),
    ...sessions.flatMap((session) => routeMapLines(setup, session)),
    ...bgpLines(setup),
  ])
}
