import { cidrOf, ofFamily } from '../notation.ts'
import { holdSeconds, mostAnnounced } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'

export function bgpLines(setup: Setup): readonly string[] {
  return setup.sessions.flatMap((session) => [
    ...ofFamily(setup.prefixes, session.family).map((prefix) => `network ${cidrOf(prefix)}`),
    `neighbor ${session.amazonAddress} {`,
    // At most 31 characters.
    `  descr "${setup.id}-${session.family}"`,
    `  remote-as ${session.amazonAsn}`,
    ...(session.asn === setup.asn ? [] : [`  local-as ${session.asn}`]),
    `  local-address ${session.customerAddress}`,
    '  # OpenBGPD has no BFD, which is on at our side and waits in vain: the hold time notices',
    '  # what the link does not. A third of it is the keepalive time.',
    `  holdtime ${holdSeconds}`,
    ...keyLines(session),
    `  announce ${session.family === 'ipv4' ? 'IPv4 unicast' : 'IPv4 none'}`,
    ...(session.family === 'ipv4' ? [] : ['  announce IPv6 unicast']),
    `  max-prefix ${mostAnnounced[setup.type]} restart 30`,
    '}',
  ])
}

/** A key that is more than letters, digits, points and underscores is written in hexadecimal, in which nothing is special. */
function keyLines({ authKey }: Session): readonly string[] {
  if (/^[\w.]+$/.test(authKey)) return [`  tcp md5sig password "${authKey}"`]
  const hexadecimal = Array.from(authKey, (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  return ['  # The key in hexadecimal.', `  tcp md5sig key "${hexadecimal}"`]
}
