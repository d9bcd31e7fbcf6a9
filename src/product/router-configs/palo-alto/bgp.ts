import { sharedName } from '../names.ts'
import { quoted } from '../notation.ts'
import { routerIdAdvice } from '../prose.ts'
import { bfd, holdSeconds, keepaliveSeconds, mostAnnounced } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { bgp, commented, peerName, unitName, virtualRouter } from './words.ts'

export function bgpLines(setup: Setup): readonly string[] {
  const { asn, routerId, sessions } = setup
  const profile = `set network profiles bfd-profile ${sharedName}`
  return [
    '#',
    '# BFD is on at our side and waits for yours.',
    `${profile} min-tx-interval ${bfd.intervalMs}`,
    `${profile} min-rx-interval ${bfd.intervalMs}`,
    `${profile} detection-multiplier ${bfd.multiplier}`,
    '#',
    ...commented(routerIdAdvice),
    `${bgp} enable yes`,
    `${bgp} router-id ${routerId}`,
    `${bgp} local-as ${asn}`,
    `${bgp} install-route yes`,
    `${bgp} ecmp-multi-as yes`,
    ...(sessions.some((session) => session.asn > 65_535 || session.amazonAsn > 65_535)
      ? [`${bgp} routing-options as-format 4-byte`]
      : []),
    '# Paths over several virtual interfaces share the load with these lines, which restart',
    '# the virtual router:',
    `#   ${virtualRouter} ecmp enable yes`,
    `#   ${virtualRouter} ecmp max-path 4`,
    ...sessions.flatMap((session) => peerLines(session, setup)),
  ]
}

function peerLines(session: Session, setup: Setup): readonly string[] {
  const name = peerName(setup, session)
  const group = `${bgp} peer-group ${name}`
  const peer = `${group} peer ${name}`
  return [
    '#',
    `${bgp} auth-profile ${name} secret ${quoted(session.authKey)}`,
    `${group} enable yes`,
    `${group} type ebgp remove-private-as no`,
    `${peer} enable yes`,
    `${peer} peer-as ${session.amazonAsn}`,
    ...(session.family === 'ipv6'
      ? [
          `${peer} enable-mp-bgp yes`,
          `${peer} address-family-identifier ipv6`,
          `${peer} subsequent-address-family-identifier unicast yes`,
        ]
      : []),
    `${peer} local-address interface ${unitName(setup)}`,
    `${peer} local-address ip ${session.customerAddress}/${session.prefixLength}`,
    `${peer} peer-address ip ${session.amazonAddress}`,
    `${peer} connection-options authentication ${name}`,
    `${peer} connection-options keep-alive-interval ${keepaliveSeconds}`,
    `${peer} connection-options hold-time ${holdSeconds}`,
    `${peer} bfd profile ${sharedName}`,
    '# A guard against a flood: with more the session ends.',
    `${peer} max-prefixes ${mostAnnounced[setup.type]}`,
  ]
}
