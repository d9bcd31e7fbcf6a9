import { type Cidr, parseCidr } from '../../../product/addresses/cidr.ts'
import { isPrivateAsn, publicAsn } from '../../../product/bgp/asn.ts'
import type { DesiredSession, DesiredVirtualInterface } from '../../../product/desired/desired.ts'
import { knownCommunities } from '../../../product/routing/accepted.ts'
import { preferences, tags, usualPreference } from '../../../product/routing/path-choice.ts'
import { markOf, noAdvertise, siteMark, type Views } from '../views.ts'
import type { PlacedSession } from './gateway.ts'
import { scopeLines } from './views.ts'

// What `product/routing/accepted.ts` and `path-choice.ts` say of the customer's routes, in FRR's words.

/** Every community that is ours, to be taken off. */
export const ours = 'ours'

/** NO_ADVERTISE. */
const staying = 'staying'

/** The lists that the policies of a gateway refer to. */
export function listLines(sessions: readonly PlacedSession[]): readonly string[] {
  const types = new Set(sessions.map(({ vif }) => vif.type))
  return [
    `bgp community-list expanded ${ours} permit ^${publicAsn}:`,
    `bgp community-list standard ${staying} permit no-advertise`,
    ...tags.map(([community, name]) => `bgp community-list standard ${name} permit ${community}`),
    ...[...types].flatMap((type) => [
      `bgp community-list expanded unknown-${type} deny ^(${knownCommunities[type].join('|')})$`,
      `bgp community-list expanded unknown-${type} permit ^${publicAsn}:`,
    ]),
    ...(types.has('public') ? scopeLines() : []),
    ...sessions.filter(({ vif }) => vif.type === 'public').flatMap(verifiedLines),
  ]
}

/** The policies themselves: one for each way in which routes are taken. */
export function acceptLines(sessions: readonly PlacedSession[], views: Views): readonly string[] {
  const policies = new Map(
    sessions.map((placed) => [
      acceptName(placed.vif, placed.session),
      placed.vif.type === 'public' ? publicPolicy(placed) : privatePolicy(placed.vif, views),
    ]),
  )
  return [...policies].flatMap(([name, entries]) => entriesOf(name, entries))
}

/** A policy's name. Those on public virtual interfaces are a session's own, since each has prefixes of its own. */
export function acceptName(vif: DesiredVirtualInterface, { bgpPeerId }: DesiredSession): string {
  if (vif.type === 'public') return `from-${bgpPeerId}`
  return `from-${vif.type}-${vif.siteLinkEnabled ? 'site' : vif.region}`
}

export type Entry = readonly [action: 'permit' | 'deny', ...lines: readonly string[]]

export function entriesOf(name: string, entries: readonly Entry[]): readonly string[] {
  return entries.flatMap(([action, ...lines], index) => [
    `route-map ${name} ${action} ${(index + 1) * 10}`,
    ...lines.map((line) => ` ${line}`),
    'exit',
  ])
}

/** Whatever next hop a route names, it leads over its own wire: behind others are other customers. */
const overItsOwnWire = ['set ip next-hop peer-address', 'set ipv6 next-hop peer-address'] as const

/**
 * Each route is marked with where it comes from. What is not to be told to others is not told to other bgpds of ours
 * either, so that is a mark too; and where only sites ask, what comes from sites has a weight, before all else.
 * @source behaviour catalogue E.3
 */
function privatePolicy(vif: DesiredVirtualInterface, { home }: Views): readonly Entry[] {
  const prefer = (name: keyof typeof preferences) => `set local-preference ${preferences[name] * 100}`
  const mark = markOf(vif)
  const weight = home === null && mark === siteMark ? ['set weight 1'] : []
  return [
    [
      'permit',
      `set comm-list unknown-${vif.type} delete`,
      ...overItsOwnWire,
      ...weight,
      `set tag ${mark}`,
      'on-match next',
    ],
    [
      'permit',
      `match community ${staying}`,
      `set comm-list ${staying} delete`,
      `set tag ${mark + noAdvertise}`,
      'on-match next',
    ],
    ...tags.map(([, name]) => ['permit', `match community ${name}`, prefer(name)] as const),
    ['permit', prefer(usualPreference(vif, home))],
  ]
}

/** Where the customer's own ASN is private, it is nothing in the path, and ours stands there. @source behaviour catalogue E.2 */
function publicPolicy({ vif, session }: PlacedSession): readonly Entry[] {
  const { asn, bgpPeerId, family } = session
  if (verified(vif, session).length === 0) return [['deny']]
  const match = `match ${family === 'ipv4' ? 'ip' : 'ipv6'} address prefix-list from-${bgpPeerId}`
  const clean = [`set comm-list unknown-${vif.type} delete`, ...overItsOwnWire]
  if (!isPrivateAsn(asn)) return [['permit', match, ...clean]]
  return [
    ['permit', match, ...clean, `set as-path exclude ${asn}`, 'on-match next'],
    ['permit', match, `set as-path prepend ${publicAsn}`],
  ]
}

function verifiedLines({ vif, session }: PlacedSession): readonly string[] {
  const list = session.family === 'ipv4' ? 'ip' : 'ipv6'
  return verified(vif, session).map((prefix) => `${list} prefix-list from-${session.bgpPeerId} permit ${prefix}`)
}

/** Whatever lies in one of the verified prefixes and is not too small or too large. @source behaviour catalogue E.2 */
function verified({ routeFilterPrefixes }: DesiredVirtualInterface, { family }: DesiredSession): readonly string[] {
  const longest = family === 'ipv4' ? 32 : 64
  const isUsable = (cidr: Cidr | undefined) => cidr?.family === family && cidr.length <= longest
  return routeFilterPrefixes
    .filter((prefix) => isUsable(parseCidr(prefix)))
    .map((prefix) => {
      const length = parseCidr(prefix)?.length ?? 0
      return `${prefix}${length === 0 ? ' ge 1' : ''}${length < longest ? ` le ${longest}` : ''}`
    })
}
