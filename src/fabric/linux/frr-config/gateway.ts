import type { DesiredGateway, DesiredSession, DesiredVirtualInterface } from '../../../product/desired/desired.ts'
import { fingerprint } from '../../../product/fingerprint.ts'
import type { Views } from '../views.ts'
import { acceptLines, acceptName, listLines } from './accept.ts'
import { announceLines, announcementsOf, networksOf } from './announce.ts'
import {
  ownLines,
  tableMapLines,
  tableMapOf,
  viewFamilyLines,
  viewNeighborLines,
  viewPolicyLines,
  wireLines,
} from './views.ts'

/** A session with what it belongs to. */
export interface PlacedSession {
  readonly vif: DesiredVirtualInterface
  readonly session: DesiredSession
}

/** The name of the BFD profile: what our side of every session does. @source behaviour catalogue E.1 */
const bfdProfile = 'direct-connect'

/** For FRR's bfdd: 300 ms three times, dormant until the customer's router speaks. @source behaviour catalogue E.1 */
export const bfdConfiguration = `bfd
 profile ${bfdProfile}
  detect-multiplier 3
  receive-interval 300
  transmit-interval 300
  passive-mode
 exit
exit
`

/**
 * What FRR's bgpd has to be told so that it is a gateway. A session's lines depend on nothing but the session and what is
 * announced, so that a change to one never shows in those of another.
 */
export function bgpConfiguration(gateway: DesiredGateway, views: Views): string {
  const sessions = sessionsOf(gateway)
  const announcements = announcementsOf(sessions)
  const families = ['ipv4', 'ipv6'] as const
  const { further } = views
  return [
    'log stdout informational',
    // So soon after a change of a policy, seconds, it is looked at which routes it concerns; 0 would be never.
    'bgp route-map delay-timer 1',
    ...listLines(sessions),
    ...announceLines(announcements),
    ...acceptLines(sessions, views),
    ...(further.length === 0 ? [] : families.flatMap((family) => ownLines(networksOf(announcements, family), family))),
    ...viewPolicyLines(gateway, further),
    ...wireLines(sessions.map(({ session }) => session.amazonAddress)),
    ...tableMapLines(views),
    `router bgp ${gateway.asn}`,
    ` bgp router-id ${routerId(gateway.id)}`,
    ' bgp log-neighbor-changes',
    ' no bgp ebgp-requires-policy',
    ' no bgp default ipv4-unicast',
    ' no bgp network import-check',
    ' bgp always-compare-med',
    ' bgp bestpath as-path multipath-relax',
    ' bgp minimum-holdtime 3',
    // While this router is started again, customers keep our routes, unless they were told that the session ends.
    ' bgp graceful-restart',
    ' bgp graceful-restart restart-time 120',
    ' bgp graceful-restart preserve-fw-state',
    ' no bgp graceful-restart notification',
    // What one customer announces does not wait for all others.
    ' bgp graceful-restart select-defer-time 0',
    // Nobody waits for others that might want to hear the same.
    ' coalesce-time 0',
    ...sessions.flatMap(neighborLines),
    ...further.flatMap((view) => viewNeighborLines(gateway.asn, view)),
    ...families.flatMap((family) => [
      ` address-family ${family} unicast`,
      ...networksOf(announcements, family).map((cidr) => `  network ${cidr}`),
      ...sessions
        .filter(({ session }) => session.family === family)
        .flatMap((placed) => familyLines(placed, announcements.get(placed.session.bgpPeerId)?.name ?? ''))
        .map((line) => `  ${line}`),
      ...further.flatMap(viewFamilyLines),
      `  table-map ${tableMapOf(views)}`,
      '  maximum-paths 64',
      ' exit-address-family',
    ]),
    '',
  ].join('\n')
}

/** Those that are configured. */
export function sessionsOf({ virtualInterfaces }: Pick<DesiredGateway, 'virtualInterfaces'>): readonly PlacedSession[] {
  return virtualInterfaces
    .flatMap((vif) => vif.sessions.map((session) => ({ vif, session })))
    .filter(({ vif, session }) => vif.withheld === null && session.withheld === null)
}

/** An address without its prefix length. */
export function addressOf(cidr: string): string {
  return cidr.split('/', 1)[0] ?? cidr
}

/**
 * Must not follow from the virtual interfaces, since a new one resets every session; so it is made from the gateway's id,
 * in the range for carriers (RFC 6598), where no customer's router has its own.
 */
function routerId(gatewayId: string): string {
  const bits = Number.parseInt(fingerprint(gatewayId).slice(-6), 36) & 0x3fffff
  return `100.${64 + (bits >> 16)}.${(bits >> 8) & 0xff}.${bits & 0xff || 1}`
}

/** Timers, key, BFD. @source behaviour catalogue E.1 */
function neighborLines({ vif, session }: PlacedSession): readonly string[] {
  const { asn, authKey, amazonAddress, customerAddress, shutDown } = session
  const neighbor = ` neighbor ${addressOf(customerAddress)}`
  return [
    `${neighbor} remote-as ${asn}`,
    `${neighbor} password ${authKey}`,
    `${neighbor} update-source ${addressOf(amazonAddress)}`,
    `${neighbor} timers 30 90`,
    `${neighbor} bfd profile ${bfdProfile}`,
    // Of those that are told together, FRR tells everybody also what is their own.
    ...(vif.siteLinkEnabled ? [`${neighbor} solo`] : []),
    ...(shutDown === null ? [] : [`${neighbor} shutdown message ${shutDown}`]),
    // A customer's router that comes back is not kept waiting. It begins with this, so all else has been said.
    `${neighbor} timers connect 1`,
  ]
}

function familyLines({ vif, session }: PlacedSession, announcement: string): readonly string[] {
  const neighbor = `neighbor ${addressOf(session.customerAddress)}`
  return [
    `${neighbor} activate`,
    `${neighbor} route-map ${acceptName(vif, session)} in`,
    `${neighbor} route-map ${announcement} out`,
    limitLine(session),
  ]
}

/** How many prefixes a session may have. FRR cannot be told 0. */
export function mostPrefixes({ prefixLimit }: DesiredSession): number {
  return Math.max(1, prefixLimit)
}

function limitLine(session: DesiredSession): string {
  return `neighbor ${addressOf(session.customerAddress)} maximum-prefix ${mostPrefixes(session)}`
}

/** The limit of a session once more, with the contexts in which it stands. */
export function limitLines(gateway: DesiredGateway, session: DesiredSession): readonly string[] {
  return [`router bgp ${gateway.asn}`, `address-family ${session.family} unicast`, limitLine(session)]
}
