import type { AddressFamily } from '../../addresses/cidr.ts'
import { discardLines } from '../cisco/discard.ts'
import { passwordCautions } from '../cisco/password-cautions.ts'
import { prefixListLines } from '../cisco/prefix-lists.ts'
import { routeMapLines, sharedListLines } from '../cisco/route-maps.ts'
import { commented, type Dialect, namedInEachLine } from '../cisco/words.ts'
import { learnedName } from '../names.ts'
import { textOf } from '../notation.ts'
import { portsAdvice } from '../ports-advice.ts'
import { heading, passiveAdvice } from '../prose.ts'
import type { Setup } from '../setup.ts'
import { bgpLines } from './bgp.ts'
import { interfaceLines, portName } from './interface.ts'
import { lagLines } from './lag.ts'
import { macSecLines } from './macsec.ts'

/** EOS speaks of lists and route maps in Cisco's words, but that IPv6 prefix lists are blocks. */
const dialect: Dialect = {
  indent: '   ',
  learned: learnedName,
  asPath: (pattern) => `${pattern} any`,
  removesByNumber: true,
  prefixList: (family: AddressFamily, name: string) =>
    family === 'ipv4'
      ? namedInEachLine(family, name)
      : { opening: [`ipv6 prefix-list ${name}`], indent: '   ', entry: '' },
}

/** Arista EOS 4.24 and later. */
export function aristaEos(setup: Setup): string {
  const { sessions } = setup
  return textOf([
    ...commented(heading(setup)),
    '!',
    '! Paste it after "configure"; keep it with "write memory". Lines with an exclamation',
    '! mark are comments.',
    ...commented(portsAdvice(setup, portName)),
    ...commented(passwordCautions(setup, /["\\]/)),
    '!',
    'ip routing',
    ...(sessions.some(({ family }) => family === 'ipv6') ? ['ipv6 unicast-routing'] : []),
    ...macSecLines(setup),
    ...lagLines(setup),
    ...interfaceLines(setup),
    ...discardLines(setup),
    ...sessions.flatMap((session) => prefixListLines(setup, session, dialect)),
    '!',
    ...commented(passiveAdvice(setup)),
    ...sharedListLines(setup, dialect),
    ...sessions.flatMap((session) => routeMapLines(setup, session, dialect)),
    ...bgpLines(setup),
    '!',
    'end',
  ])
}
