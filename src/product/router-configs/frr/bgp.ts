import { filterName, remarks } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import { routerIdAdvice } from '../prose.ts'
import { bfd, holdSeconds, keepaliveSeconds, mostAnnounced } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'

const profile = 'direct-connect'

export function bgpLines(setup: Setup): readonly string[] {
  const { asn, routerId, sessions } = setup
  return [
    '! BFD is on at our side and waits for yours.',
    'bfd',
    ` profile ${profile}`,
    `  detect-multiplier ${bfd.multiplier}`,
    `  receive-interval ${bfd.intervalMs}`,
    `  transmit-interval ${bfd.intervalMs}`,
    ' exit',
    'exit',
    '!',
    ...remarks('!', routerIdAdvice),
    `router bgp ${asn}`,
    ` bgp router-id ${routerId}`,
    ' no bgp default ipv4-unicast',
    ' ! Paths over several virtual interfaces share the load, whatever gateway they lead to.',
    ' bgp bestpath as-path multipath-relax',
    ...sessions.flatMap((session) => neighborLines(setup, session)),
    ...sessions.flatMap((session) => familyLines(setup, session)),
    'exit',
  ]
}

function neighborLines({ asn, description }: Setup, session: Session): readonly string[] {
  const neighbor = ` neighbor ${session.amazonAddress}`
  return [
    ' !',
    `${neighbor} remote-as ${session.amazonAsn}`,
    ...(session.asn === asn ? [] : [`${neighbor} local-as ${session.asn} no-prepend replace-as`]),
    `${neighbor} description ${description}`,
    `${neighbor} password ${session.authKey}`,
    `${neighbor} timers ${keepaliveSeconds} ${holdSeconds}`,
    `${neighbor} timers connect 10`,
    `${neighbor} bfd`,
    `${neighbor} bfd profile ${profile}`,
  ]
}

function familyLines(setup: Setup, session: Session): readonly string[] {
  const { family, amazonAddress } = session
  const neighbor = `  neighbor ${amazonAddress}`
  return [
    ' !',
    ` address-family ${family} unicast`,
    ...ofFamily(setup.prefixes, family).map((prefix) => `  network ${cidrOf(prefix)}`),
    ...(setup.type === 'public'
      ? []
      : ['  ! The networks of your interfaces; the route map lets out what may go.', '  redistribute connected']),
    '  maximum-paths 8',
    `${neighbor} activate`,
    `${neighbor} soft-reconfiguration inbound`,
    `${neighbor} maximum-prefix ${mostAnnounced[setup.type]} restart 30`,
    `${neighbor} route-map ${filterName(setup, session, 'in')} in`,
    `${neighbor} route-map ${filterName(setup, session, 'out')} out`,
    ' exit-address-family',
  ]
}
