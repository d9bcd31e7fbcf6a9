import { filterName } from '../names.ts'
import { quoted } from '../notation.ts'
import { routerIdAdvice } from '../prose.ts'
import { bfd, holdSeconds, mostAnnounced } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { commented, inet } from './words.ts'

export function bgpLines(setup: Setup): readonly string[] {
  return [
    '#',
    ...commented(routerIdAdvice),
    `set routing-options router-id ${setup.routerId}`,
    `set routing-options autonomous-system ${setup.asn}`,
    ...setup.sessions.flatMap((session) => groupLines(session, setup)),
  ]
}

/** Keepalives come three times within the hold time, as ours do. */
function groupLines(session: Session, setup: Setup): readonly string[] {
  const { family, amazonAddress, amazonAsn, customerAddress } = session
  const group = `set protocols bgp group ${setup.id}-${family}`
  const neighbor = `${group} neighbor ${amazonAddress}`
  const limit = `${group} family ${inet(family)} unicast prefix-limit`
  return [
    '#',
    `${group} type external`,
    `${group} log-updown`,
    `${group} multipath multiple-as`,
    '# A guard against a flood: the session ends, and is tried again after 30 minutes.',
    `${limit} maximum ${mostAnnounced[setup.type]}`,
    `${limit} teardown 80 idle-timeout 30`,
    `${neighbor} description ${quoted(setup.description)}`,
    `${neighbor} local-address ${customerAddress}`,
    `${neighbor} peer-as ${amazonAsn}`,
    ...(session.asn === setup.asn ? [] : [`${neighbor} local-as ${session.asn} no-prepend-global-as`]),
    `${neighbor} authentication-key ${quoted(session.authKey)}`,
    `${neighbor} hold-time ${holdSeconds}`,
    `${neighbor} bfd-liveness-detection minimum-interval ${bfd.intervalMs}`,
    `${neighbor} bfd-liveness-detection multiplier ${bfd.multiplier}`,
    `${neighbor} import ${filterName(setup, session, 'in')}`,
    `${neighbor} export ${filterName(setup, session, 'out')}`,
  ]
}
