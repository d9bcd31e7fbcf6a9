import { type AddressFamily, parseCidr } from '../../product/addresses/cidr.ts'
import type { DesiredGateway, DesiredSession, DesiredVirtualInterface } from '../../product/desired/desired.ts'
import { addressOf, sessionsOf } from './frr-config/gateway.ts'
import { interfaceOf } from './names.ts'

/** The table of a gateway. */
export const gatewayTable = 'inet gateway'

/**
 * What a gateway forwards: between a virtual interface and what is behind the gateway, and between virtual interfaces
 * that both have SiteLink; nothing else. A router takes only what is sent to the address that it has on the wire on which
 * it comes, and on public virtual interfaces only what comes from verified prefixes is let in at all.
 * @source behaviour catalogue E.2, E.5, E.6
 *
 * @param inside the interfaces to the VPCs behind it
 * @param own what it answers to from everywhere, without prefix length
 */
export function gatewayRules(gateway: DesiredGateway, inside: readonly string[], own: readonly string[]): string {
  const sessions = sessionsOf(gateway)
  const vifs = gateway.virtualInterfaces.filter(({ withheld }) => withheld === null)
  const ends = families.flatMap(({ family, set, type }) => {
    const here = sessions.filter(({ session }) => session.family === family)
    const element = ({ vif, session }: (typeof here)[number]) =>
      `${quoted(interfaceOf(vif.id))} . ${addressOf(session.amazonAddress)}`
    return namedSet(`ends-${set}`, `ifname . ${type}`, here.map(element))
  })
  const everywhere = families.flatMap(({ family, set, type }) =>
    namedSet(
      `own-${set}`,
      type,
      own.filter((address) => familyOf(address) === family),
    ),
  )
  const publicOnes = vifs.filter(({ type }) => type === 'public')
  return [
    ...namedSet(
      'wires',
      'ifname',
      vifs.map(({ id }) => quoted(interfaceOf(id))),
    ),
    ...namedSet(
      'sites',
      'ifname',
      vifs.filter(({ siteLinkEnabled }) => siteLinkEnabled).map(({ id }) => quoted(interfaceOf(id))),
    ),
    ...namedSet('inside', 'ifname', inside.map(quoted)),
    ...ends,
    ...everywhere,
    ...publicOnes.flatMap(sourceSets),
    ...sessions.map(({ session }) => `counter heard-${session.bgpPeerId} {}`),
    'chain arriving {',
    'type filter hook prerouting priority raw; policy accept;',
    ...sessions.flatMap(({ vif, session }) => hearing(vif, session)),
    ...publicOnes.flatMap(sourceRules),
    '}',
    'chain input {',
    'type filter hook input priority filter; policy drop;',
    'iifname "lo" accept',
    'iifname @inside accept',
    'ip daddr @own-v4 accept',
    'ip6 daddr @own-v6 accept',
    'iifname . ip daddr @ends-v4 accept',
    'iifname . ip6 daddr @ends-v6 accept',
    // Finding neighbors.
    'iifname @wires ip6 daddr { fe80::/10, ff02::/16 } accept',
    '}',
    'chain forward {',
    'type filter hook forward priority filter; policy drop;',
    'iifname @wires oifname @inside accept',
    'iifname @inside oifname @wires accept',
    'iifname @sites oifname @sites accept',
    '}',
    '',
  ].join('\n')
}

const families = [
  { family: 'ipv4', ip: 'ip', set: 'v4', type: 'ipv4_addr' },
  { family: 'ipv6', ip: 'ip6', set: 'v6', type: 'ipv6_addr' },
] as const

function namedSet(name: string, type: string, elements: readonly string[], flags = ''): readonly string[] {
  const content = elements.length === 0 ? '' : `elements = { ${elements.join(', ')} }; `
  return [`set ${name} { type ${type}; ${flags}${content}}`]
}

/** What may come in over a public virtual interface; overlapping prefixes are no error. */
function sourceSets(vif: DesiredVirtualInterface): readonly string[] {
  return families.flatMap(({ family, set, type }) => {
    const verified = vif.routeFilterPrefixes.filter((prefix) => parseCidr(prefix)?.family === family)
    const customers = vif.sessions.filter((session) => session.family === family && session.withheld === null)
    // Neighbors find each other from addresses of the wire alone.
    const link = family === 'ipv6' ? ['fe80::/10', '::'] : []
    const sources = [...verified, ...customers.map((session) => addressOf(session.customerAddress)), ...link]
    return namedSet(`${vif.id}-${set}`, type, sources, 'flags interval; auto-merge; ')
  })
}

function sourceRules(vif: DesiredVirtualInterface): readonly string[] {
  return families.map(({ ip, set }) => `iifname ${quoted(interfaceOf(vif.id))} ${ip} saddr != @${vif.id}-${set} drop`)
}

/** Whether the customer's router speaks BGP at all is seen here, even where its key does not match. */
function hearing(
  vif: DesiredVirtualInterface,
  { family, customerAddress, bgpPeerId }: DesiredSession,
): readonly string[] {
  const ip = family === 'ipv4' ? 'ip' : 'ip6'
  const from = `iifname ${quoted(interfaceOf(vif.id))} ${ip} saddr ${addressOf(customerAddress)}`
  return ['dport', 'sport'].map((port) => `${from} tcp ${port} 179 counter name heard-${bgpPeerId}`)
}

function familyOf(address: string): AddressFamily {
  return address.includes(':') ? 'ipv6' : 'ipv4'
}

function quoted(name: string): string {
  return `"${name}"`
}
