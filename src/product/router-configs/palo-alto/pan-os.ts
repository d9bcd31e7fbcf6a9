import { cidrOf, ofFamily, quoted, textOf } from '../notation.ts'
import { holdSeconds, keepaliveSeconds } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'

const port = 'ethernet1/1'
const router = 'set network virtual-router default'

/** PAN-OS 8.0.3 and later, in the virtual router `default`. */
export function panOs(setup: Setup): string {
  const { sessions, asn } = setup
  const unit = `set network interface ethernet ${port} layer3 units ${port}.${setup.vlan}`
  const ipv6 = sessions.some(({ family }) => family === 'ipv6')
  return textOf([
    `# Direct Connect virtual interface ${setup.description}`,
    `# Use the interface that the cross connect is plugged into in place of ${port}.`,
    ...(setup.mtu > 1500 ? ['set deviceconfig setting jumbo-frame mtu 9192'] : []),
    `${unit} tag ${setup.vlan}`,
    `${unit} comment ${quoted(setup.description)}`,
    `${unit} mtu ${setup.mtu}`,
    ...(ipv6 ? [`${unit} ipv6 enabled yes`] : []),
    ...sessions.map(({ family, customerAddress, prefixLength }) =>
      family === 'ipv4'
        ? `${unit} ip ${customerAddress}/${prefixLength}`
        : `${unit} ipv6 address ${customerAddress}/${prefixLength} enable-on-interface yes`,
    ),
    `set zone direct-connect network layer3 ${port}.${setup.vlan}`,
    `${router} interface ${port}.${setup.vlan}`,
    `${router} protocol bgp enable yes`,
    ...routerId(sessions),
    `${router} protocol bgp local-as ${asn}`,
    `${router} protocol bgp install-route yes`,
    ...sessions.flatMap((session) => peerLines(session, setup)),
    ...sessions.flatMap((session) => announcementLines(session, setup)),
    ...(setup.type === 'public'
      ? []
      : ['# Add a redistribution profile and rule for the networks of yours that shall be reached.']),
  ])
}

/** Every BGP speaker has an IPv4 address for its name, also one that speaks IPv6 alone. */
function routerId(sessions: readonly Session[]): readonly string[] {
  const session = sessions.find(({ family }) => family === 'ipv4')
  return session === undefined
    ? ['# Give the router a router-id: an IPv4 address of its own.']
    : [`${router} protocol bgp router-id ${session.customerAddress}`]
}

function peerLines(session: Session, setup: Setup): readonly string[] {
  const name = `${setup.id}-${session.family}`
  const group = `${router} protocol bgp peer-group ${name}`
  const peer = `${group} peer ${name}`
  return [
    `${router} protocol bgp auth-profile ${name} secret ${quoted(session.authKey)}`,
    `${group} enable yes`,
    `${group} type ebgp`,
    ...(session.asn === setup.asn
      ? []
      : [`# This session wants the local AS ${session.asn}, which takes a virtual router of its own.`]),
    `${peer} enable yes`,
    `${peer} peer-as ${session.amazonAsn}`,
    ...(session.family === 'ipv6' ? [`${peer} enable-mp-bgp yes`, `${peer} address-family-identifier ipv6`] : []),
    `${peer} local-address interface ${port}.${setup.vlan}`,
    `${peer} local-address ip ${session.customerAddress}/${session.prefixLength}`,
    `${peer} peer-address ip ${session.amazonAddress}`,
    `${peer} connection-options authentication ${name}`,
    `${peer} connection-options keep-alive-interval ${keepaliveSeconds}`,
    `${peer} connection-options hold-time ${holdSeconds}`,
  ]
}

/** What is announced are routes of the router: here such as lead nowhere, which stand for the whole of each prefix. */
function announcementLines({ family }: Session, setup: Setup): readonly string[] {
  const prefixes = ofFamily(setup.prefixes, family)
  if (prefixes.length === 0) return []
  const name = `${setup.id}-${family}`
  const table = family === 'ipv4' ? 'ip' : 'ipv6'
  const profile = `${router} protocol ${family === 'ipv4' ? 'redist-profile' : 'redist-profile-ipv6'} ${name}`
  const rule = `${router} protocol bgp redist-rules ${name}`
  const route = (index: number) => `${router} routing-table ${table} static-route ${name}-${index + 1}`
  return [
    ...prefixes.flatMap((prefix, index) => [
      `${route(index)} destination ${cidrOf(prefix)}`,
      `${route(index)} nexthop discard`,
    ]),
    `${profile} priority 1`,
    `${profile} action redist`,
    `${profile} filter type static`,
    `${profile} filter destination [ ${prefixes.map(cidrOf).join(' ')} ]`,
    `${rule} address-family-identifier ${family}`,
    `${rule} enable yes`,
    `${rule} set-origin incomplete`,
  ]
}
