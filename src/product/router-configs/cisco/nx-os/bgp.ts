import { filterName, sharedName } from '../../names.ts'
import { cidrOf, ofFamily } from '../../notation.ts'
import { routerIdAdvice } from '../../prose.ts'
import { holdSeconds, keepaliveSeconds, mostAnnounced } from '../../session-facts.ts'
import type { Session, Setup } from '../../setup.ts'
import { commented } from '../words.ts'
import type { NexusPlatform } from './platform.ts'

const connected = `${sharedName}-connected`

export function bgpLines(platform: NexusPlatform, setup: Setup): readonly string[] {
  return [
    ...(setup.type === 'public'
      ? []
      : [
          '!',
          '! Redistribution wants a route map; what may go out, those of the neighbours decide.',
          `route-map ${connected} permit 10`,
        ]),
    '!',
    ...commented(routerIdAdvice),
    `router bgp ${setup.asn}`,
    `  router-id ${setup.routerId}`,
    '  log-neighbor-changes',
    '  ! Paths over several virtual interfaces share the load, whatever gateway they lead to.',
    '  bestpath as-path multipath-relax',
    ...setup.sessions.flatMap((session) => familyLines(session, setup)),
    ...setup.sessions.flatMap((session) => neighborLines(platform, session, setup)),
  ]
}

function familyLines({ family }: Session, setup: Setup): readonly string[] {
  return [
    `  address-family ${family} unicast`,
    ...ofFamily(setup.prefixes, family).map((prefix) => `    network ${cidrOf(prefix)}`),
    ...(setup.type === 'public'
      ? []
      : [
          '    ! The networks of your interfaces. Others of yours need a network statement each.',
          `    redistribute direct route-map ${connected}`,
        ]),
    '    maximum-paths 4',
  ]
}

function neighborLines(platform: NexusPlatform, session: Session, setup: Setup): readonly string[] {
  return [
    `  neighbor ${session.amazonAddress}`,
    `    remote-as ${session.amazonAsn}`,
    ...localAsLines(platform, session, setup),
    `    description ${setup.description}`,
    `    password 0 ${session.authKey}`,
    `    timers ${keepaliveSeconds} ${holdSeconds}`,
    '    bfd',
    `    address-family ${session.family} unicast`,
    '      send-community',
    `      route-map ${filterName(setup, session, 'in')} in`,
    `      route-map ${filterName(setup, session, 'out')} out`,
    '      ! A guard against a flood: the session ends, and is tried again after 30 minutes.',
    `      maximum-prefix ${mostAnnounced[setup.type]} 80 restart 30`,
  ]
}

function localAsLines({ replacesAs }: NexusPlatform, { asn }: Session, setup: Setup): readonly string[] {
  if (asn === setup.asn) return []
  return [`    local-as ${asn}${replacesAs ? ' no-prepend replace-as' : ''}`]
}
