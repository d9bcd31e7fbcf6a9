import { filterName } from '../names.ts'
import { quoted } from '../notation.ts'
import { routerIdAdvice } from '../prose.ts'
import { holdSeconds, keepaliveSeconds, mostAnnounced } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { commented, router } from './words.ts'

export function bgpLines(setup: Setup): readonly string[] {
  const { asn, routerId, sessions } = setup
  return [
    '#',
    ...commented(routerIdAdvice),
    `${router} autonomous-system ${asn}`,
    `${router} router-id ${routerId}`,
    '# Paths over several virtual interfaces share the load.',
    `${router} ecmp 8`,
    `${router} bgp multipath max-paths 8`,
    `${router} bgp admin-state enable`,
    ...sessions.flatMap((session) => neighborLines(session, setup)),
  ]
}

function neighborLines(session: Session, setup: Setup): readonly string[] {
  const { family, asn, amazonAsn, amazonAddress, customerAddress } = session
  const name = `${setup.id}-${family}`
  const group = `${router} bgp group ${quoted(name)}`
  const neighbor = `${router} bgp neighbor ${quoted(amazonAddress)}`
  return [
    '#',
    `${group} admin-state enable`,
    `${group} family ipv4 ${family === 'ipv4'}`,
    ...(family === 'ipv6' ? [`${group} family ipv6 true`] : []),
    `${neighbor} group ${quoted(name)}`,
    `${neighbor} description ${quoted(setup.description)}`,
    `${neighbor} peer-as ${amazonAsn}`,
    ...(asn === setup.asn
      ? []
      : [`${neighbor} local-as as-number ${asn}`, `${neighbor} local-as prepend-global-as false`]),
    `${neighbor} local-address ${customerAddress}`,
    `${neighbor} authentication-key ${quoted(session.authKey)}`,
    `${neighbor} keepalive ${keepaliveSeconds}`,
    `${neighbor} hold-time seconds ${holdSeconds}`,
    `${neighbor} bfd-liveness true`,
    '# A guard against a flood: the session ends, and is tried again after 30 minutes.',
    `${neighbor} prefix-limit ${family} maximum ${mostAnnounced[setup.type]}`,
    `${neighbor} prefix-limit ${family} idle-timeout 30`,
    `${neighbor} import policy [${quoted(filterName(setup, session, 'in'))}]`,
    `${neighbor} export policy [${quoted(filterName(setup, session, 'out'))}]`,
    `${neighbor} admin-state enable`,
  ]
}
