import { filterName, sharedName } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import { routerIdAdvice } from '../prose.ts'
import { bfd, holdSeconds, keepaliveSeconds, mostAnnounced } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { commented, literal } from './words.ts'

const bgp = 'set protocols bgp'

export function bgpLines(setup: Setup): readonly string[] {
  const profile = `set protocols bfd profile ${sharedName}`
  return [
    '#',
    '# BFD is on at our side and waits for yours.',
    `${profile} interval transmit ${bfd.intervalMs}`,
    `${profile} interval receive ${bfd.intervalMs}`,
    `${profile} interval multiplier ${bfd.multiplier}`,
    '#',
    ...commented(routerIdAdvice),
    `${bgp} system-as ${setup.asn}`,
    `${bgp} parameters router-id ${setup.routerId}`,
    '# Paths over several virtual interfaces share the load, whatever gateway they lead to.',
    `${bgp} parameters bestpath as-path multipath-relax`,
    ...setup.sessions.flatMap((session) => familyLines(session, setup)),
    ...setup.sessions.flatMap((session) => neighborLines(session, setup)),
  ]
}

function familyLines({ family }: Session, setup: Setup): readonly string[] {
  const unicast = `${bgp} address-family ${family}-unicast`
  return [
    `${unicast} maximum-paths ebgp 8`,
    ...ofFamily(setup.prefixes, family).map((prefix) => `${unicast} network ${cidrOf(prefix)}`),
    ...(setup.type === 'public'
      ? []
      : [
          '# The networks of your interfaces; the route map lets out what may go.',
          `${unicast} redistribute connected`,
        ]),
  ]
}

function neighborLines(session: Session, setup: Setup): readonly string[] {
  const neighbor = `${bgp} neighbor ${session.amazonAddress}`
  const unicast = `${neighbor} address-family ${session.family}-unicast`
  return [
    '#',
    `${neighbor} remote-as ${session.amazonAsn}`,
    ...(session.asn === setup.asn ? [] : [`${neighbor} local-as ${session.asn} no-prepend replace-as`]),
    `${neighbor} description ${literal(setup.description)}`,
    `${neighbor} password ${literal(session.authKey)}`,
    `${neighbor} timers keepalive ${keepaliveSeconds}`,
    `${neighbor} timers holdtime ${holdSeconds}`,
    `${neighbor} bfd profile ${sharedName}`,
    '# A guard against a flood: with more the session ends.',
    `${unicast} maximum-prefix ${mostAnnounced[setup.type]}`,
    `${unicast} soft-reconfiguration inbound`,
    `${unicast} route-map import ${filterName(setup, session, 'in')}`,
    `${unicast} route-map export ${filterName(setup, session, 'out')}`,
  ]
}
