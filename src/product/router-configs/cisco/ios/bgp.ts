import { filterName } from '../../names.ts'
import { cidrOf, dottedMask, type Network, ofFamily } from '../../notation.ts'
import { routerIdAdvice } from '../../prose.ts'
import { holdSeconds, keepaliveSeconds, mostAnnounced } from '../../session-facts.ts'
import type { Session, Setup } from '../../setup.ts'
import { commented } from '../words.ts'

export function bgpLines(setup: Setup): readonly string[] {
  return [
    '!',
    ...commented(routerIdAdvice),
    `router bgp ${setup.asn}`,
    ` bgp router-id ${setup.routerId}`,
    ' bgp log-neighbor-changes',
    ' no bgp default ipv4-unicast',
    ...setup.sessions.flatMap((session) => neighborLines(session, setup)),
    ...setup.sessions.flatMap((session) => familyLines(session, setup)),
  ]
}

function neighborLines(session: Session, { asn, description }: Setup): readonly string[] {
  const neighbor = ` neighbor ${session.amazonAddress}`
  return [
    ' !',
    `${neighbor} remote-as ${session.amazonAsn}`,
    ...(session.asn === asn ? [] : [`${neighbor} local-as ${session.asn} no-prepend replace-as`]),
    `${neighbor} description ${description}`,
    `${neighbor} password ${session.authKey}`,
    `${neighbor} timers ${keepaliveSeconds} ${holdSeconds}`,
    `${neighbor} fall-over bfd`,
  ]
}

function familyLines(session: Session, setup: Setup): readonly string[] {
  const { family, amazonAddress } = session
  const neighbor = `  neighbor ${amazonAddress}`
  return [
    ' !',
    ` address-family ${family}${family === 'ipv6' ? ' unicast' : ''}`,
    `${neighbor} activate`,
    `${neighbor} send-community`,
    `${neighbor} route-map ${filterName(setup, session, 'in')} in`,
    `${neighbor} route-map ${filterName(setup, session, 'out')} out`,
    '  ! A guard against a flood: the session ends, and is tried again after 30 minutes.',
    `${neighbor} maximum-prefix ${mostAnnounced[setup.type]} 80 restart 30`,
    ...ofFamily(setup.prefixes, family).map(networkLine),
    ...(setup.type === 'public'
      ? []
      : [
          '  ! The networks of your interfaces; the route map lets out what may go. Others of',
          '  ! yours need a network statement each.',
          '  redistribute connected',
        ]),
    '  maximum-paths 4',
    ' exit-address-family',
  ]
}

function networkLine(prefix: Network): string {
  return prefix.family === 'ipv4'
    ? `  network ${prefix.address} mask ${dottedMask(prefix.prefixLength)}`
    : `  network ${cidrOf(prefix)}`
}
