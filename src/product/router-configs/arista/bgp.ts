import { commented } from '../cisco/words.ts'
import { filterName } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import { routerIdAdvice } from '../prose.ts'
import { holdSeconds, keepaliveSeconds, mostAnnounced } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'

export function bgpLines(setup: Setup): readonly string[] {
  return [
    '!',
    ...commented(routerIdAdvice),
    `router bgp ${setup.asn}`,
    `   router-id ${setup.routerId}`,
    '   no bgp default ipv4-unicast',
    '   maximum-paths 8 ecmp 8',
    ...setup.sessions.flatMap((session) => neighborLines(session, setup)),
    ...setup.sessions.flatMap((session) => familyLines(session, setup)),
  ]
}

function neighborLines(session: Session, setup: Setup): readonly string[] {
  const neighbor = `   neighbor ${session.amazonAddress}`
  return [
    '   !',
    `${neighbor} remote-as ${session.amazonAsn}`,
    ...(session.asn === setup.asn ? [] : [`${neighbor} local-as ${session.asn} no-prepend replace-as`]),
    `${neighbor} description ${setup.description}`,
    `${neighbor} password 0 ${session.authKey}`,
    `${neighbor} timers ${keepaliveSeconds} ${holdSeconds}`,
    `${neighbor} bfd`,
    `${neighbor} send-community`,
    '   ! A guard against a flood: with more the session ends.',
    `${neighbor} maximum-routes ${mostAnnounced[setup.type]} warning-limit 80 percent`,
  ]
}

function familyLines(session: Session, setup: Setup): readonly string[] {
  const { family, amazonAddress } = session
  const neighbor = `      neighbor ${amazonAddress}`
  return [
    '   !',
    `   address-family ${family}`,
    `${neighbor} activate`,
    `${neighbor} route-map ${filterName(setup, session, 'in')} in`,
    `${neighbor} route-map ${filterName(setup, session, 'out')} out`,
    ...ofFamily(setup.prefixes, family).map((prefix) => `      network ${cidrOf(prefix)}`),
    ...(setup.type === 'public'
      ? []
      : [
          '      ! The networks of your interfaces; the route map lets out what may go. Others of',
          '      ! yours need a network statement each.',
          '      redistribute connected',
        ]),
  ]
}
