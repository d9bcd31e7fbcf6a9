import { macSecElsewhere } from '../../macsec-advice.ts'
import { cidrOf, dottedMask, textOf } from '../../notation.ts'
import { portsAdvice } from '../../ports-advice.ts'
import { heading, passiveAdvice } from '../../prose.ts'
import type { Setup } from '../../setup.ts'
import { passwordCautions } from '../password-cautions.ts'
import { prefixListLines } from '../prefix-lists.ts'
import { routeMapLines, sharedListLines } from '../route-maps.ts'
import { commented, type Dialect, namedInEachLine, section } from '../words.ts'
import { bgpLines } from './bgp.ts'
import { type IosPlatform, interfaceLines } from './interface.ts'
import { lagLines } from './lag.ts'

/** AS path lists of IOS have numbers. */
const dialect: Dialect = {
  indent: ' ',
  learned: '224',
  asPath: (pattern) => pattern,
  removesByNumber: false,
  prefixList: namedInEachLine,
}

/** Cisco IOS 12.4 and later: a subinterface in dot1q, and a BGP neighbour for each session. */
export const ciscoIos =
  (platform: IosPlatform) =>
  (setup: Setup): string =>
    textOf([
      ...commented(heading(setup)),
      '!',
      '! Paste it after "configure terminal"; keep it with "copy running-config',
      '! startup-config". Lines with an exclamation mark are comments.',
      ...commented(portsAdvice(setup, platform.port)),
      ...commented(cautions(setup)),
      ...commented(macSecElsewhere(setup, `the ${platform.name} with IOS`)),
      ...(setup.sessions.some(({ family }) => family === 'ipv6') ? ['!', 'ipv6 unicast-routing'] : []),
      ...lagLines(platform, setup),
      ...interfaceLines(platform, setup),
      ...discardLines(setup),
      ...setup.sessions.flatMap((session) => prefixListLines(setup, session, dialect)),
      '!',
      ...commented(passiveAdvice(setup)),
      ...sharedListLines(setup, dialect),
      ...setup.sessions.flatMap((session) => routeMapLines(setup, session, dialect)),
      ...bgpLines(setup),
      '!',
      'end',
    ])

/** What the age of an IOS decides, and what its command line makes of some keys. */
function cautions(setup: Setup): readonly string[] {
  const { sessions } = setup
  const asns = sessions.flatMap(({ asn, amazonAsn }) => [asn, amazonAsn])
  const keys = sessions.map(({ authKey }) => authKey)
  return [
    'BFD came to IOS during 12.4T, and for IPv6 with 15: where yours refuses the lines',
    'with "bfd", leave them out.',
    ...(asns.some((asn) => asn > 65_535)
      ? ['An ASN above 65535 needs IOS 15; 12.4(24)T takes it as two numbers with a dot.']
      : []),
    ...passwordCautions(setup, null),
    ...(keys.some((key) => key.length > 25)
      ? ['With "service password-encryption" IOS takes passwords of up to 25 characters.']
      : []),
  ]
}

/** What stands for the whole of each public prefix, unless the router has a better route for it. */
function discardLines({ prefixes }: Setup): readonly string[] {
  if (prefixes.length === 0) return []
  return [
    ...section('Your public prefixes, for what no longer prefix in your network leads to.'),
    ...prefixes.map((prefix) =>
      prefix.family === 'ipv4'
        ? `ip route ${prefix.address} ${dottedMask(prefix.prefixLength)} Null0 254`
        : `ipv6 route ${cidrOf(prefix)} Null0 254`,
    ),
  ]
}
