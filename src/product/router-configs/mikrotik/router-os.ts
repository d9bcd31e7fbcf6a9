import { macSecElsewhere } from '../macsec-advice.ts'
import { textOf } from '../notation.ts'
import { portsAdvice } from '../ports-advice.ts'
import { heading, passiveAdvice, wrapped } from '../prose.ts'
import type { Setup } from '../setup.ts'
import { bgpLines } from './bgp.ts'
import { filterLines, sharedListLines } from './filters.ts'
import { discardLines, interfaceLines } from './interface.ts'
import { lagLines } from './lag.ts'
import { commented, portName } from './words.ts'

/** MikroTik RouterOS 7.20 and later, which keeps a router's ASN in instances. Its MACsec is of 128 bits. */
export function routerOs(setup: Setup): string {
  const { sessions } = setup
  const neighbors = sessions.map(({ amazonAddress }) => amazonAddress).join(' and ')
  return textOf([
    ...commented(heading(setup)),
    '#',
    '# Paste it into a terminal; it is kept at once. Lines with a number sign are comments.',
    ...commented(portsAdvice(setup, (index) => portName(setup, index))),
    ...commented(
      wrapped(`Where your firewall filters the chain "input", let in TCP 179, UDP 3784 and ICMP from ${neighbors}.`),
    ),
    ...commented(macSecElsewhere(setup, 'RouterOS, which knows GCM-AES-128 alone,')),
    ...lagLines(setup),
    ...interfaceLines(setup),
    ...discardLines(setup),
    '#',
    ...commented(passiveAdvice(setup)),
    '# Rules count in the order in which they are added: choose before you paste.',
    ...sharedListLines(setup),
    ...sessions.flatMap((session) => filterLines(setup, session)),
    ...bgpLines(setup),
  ])
}
