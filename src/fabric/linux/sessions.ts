import { isPrivateAsn, publicAsn } from '../../product/bgp/asn.ts'
import type { DesiredGateway, DesiredSession, DesiredVirtualInterface } from '../../product/desired/desired.ts'
import type { Route } from '../../product/routing/accepted.ts'
import { tooManyPrefixes } from '../../product/routing/prefix-limit.ts'
import type { Seen } from '../../product/sightings/seen.ts'
import { addressOf } from './frr-config/gateway.ts'
import { noAdvertise } from './views.ts'

/** Of what FRR's bgpd shows of a neighbor, what is looked at. */
export interface Neighbor {
  readonly bgpState: string
  readonly lastResetDueTo?: string
  readonly lastNotificationReason?: string
  /** It is Idle for having announced too many prefixes. */
  readonly prefixesConfigExceedMax?: boolean
  readonly addressFamilyInfo?: Readonly<Record<string, { readonly acceptedPrefixCounter?: number }>>
  readonly messageStats?: { readonly updatesSent: number; readonly updatesRecv: number }
}

/** By address. */
export type Neighbors = Readonly<Record<string, Neighbor>>

/**
 * Of `show bgp … json detail`: of each prefix first to whom it is told, then the paths to it. Where there are neighbors
 * who hear of all paths, each path has that for itself.
 */
export interface Table {
  readonly routes: Readonly<Record<string, readonly TableEntry[]>>
}

interface TableEntry {
  readonly advertisedTo?: Readonly<Record<string, unknown>>
  readonly aspath?: { readonly segments: readonly { readonly list: readonly number[] }[] }
  readonly community?: { readonly list: readonly string[] }
  readonly metric?: number
  readonly tag?: number
  readonly peer?: { readonly peerId: string }
  readonly bestpath?: { readonly overall?: boolean }
}

/** What else there is to know of a gateway when its sessions are told of. */
export interface Circumstances {
  readonly neighbors: Neighbors
  readonly tables: Readonly<Record<DesiredSession['family'], Table>>
  readonly carries: (carrierId: string) => boolean
  /** Why the gateway is not as it should be; null: it is. */
  readonly problem: string | null
  /** Whether what the customer's router sends bears another key. */
  readonly keyDiffers: (bgpPeerId: string) => boolean
}

/** The sessions of a gateway, as its router sees them. */
export function sessionsSeen(gateway: DesiredGateway, circumstances: Circumstances): readonly Seen[] {
  const toldOf = new Map(
    (['ipv4', 'ipv6'] as const).map((family) => [family, byNeighbor(gateway, circumstances.tables[family])]),
  )
  return gateway.virtualInterfaces.flatMap((vif) =>
    vif.sessions.map((session) => {
      const address = addressOf(session.customerAddress)
      const withheld = vif.withheld ?? session.withheld
      const neighbor = withheld === null ? circumstances.neighbors[address] : undefined
      if (neighbor?.bgpState !== 'Established')
        return { id: session.bgpPeerId, up: false, lastError: reason(vif, session, neighbor, circumstances) }
      const { accepted = [], advertised = [] } = toldOf.get(session.family)?.get(address) ?? {}
      return {
        id: session.bgpPeerId,
        up: true,
        lastError: null,
        accepted: vif.type === 'public' ? accepted.map(withoutPrivateAsns) : accepted,
        advertised: advertised.map((route) => asAnnounced(session, route)),
      }
    }),
  )
}

/** Why a session is not up, in words for people. */
function reason(
  vif: DesiredVirtualInterface,
  { bgpPeerId, withheld, shutDown, family, prefixLimit }: DesiredSession,
  neighbor: Neighbor | undefined,
  { carries, problem, keyDiffers }: Circumstances,
): string {
  const notThere = vif.withheld ?? withheld
  if (notThere !== null) return notThere
  if (!carries(vif.carrierId)) return 'the link beneath is down'
  if (shutDown !== null) return shutDown
  if (problem !== null) return problem
  if (neighbor?.prefixesConfigExceedMax === true) return tooManyPrefixes(family, prefixLimit)
  if (keyDiffers(bgpPeerId)) return 'the MD5 key does not match'
  const { lastResetDueTo = '', lastNotificationReason = '' } = neighbor ?? {}
  if (lastResetDueTo === 'BGP Notification received')
    return `the customer's router ended the session: ${lastNotificationReason}`
  if (lastResetDueTo === 'BGP Notification send' && !/BFD|Hold Timer/i.test(lastNotificationReason))
    return `the session was refused: ${lastNotificationReason}`
  return "the customer's router does not answer"
}

/** What comes from each neighbor and what it is told. */
function byNeighbor({ asn }: DesiredGateway, { routes }: Table) {
  const told = new Map<string, { accepted: Route[]; advertised: Route[] }>()
  const of = (address: string) => {
    const known = told.get(address) ?? { accepted: [], advertised: [] }
    told.set(address, known)
    return known
  }
  for (const [cidr, [head, ...paths]] of Object.entries(routes)) {
    const shown = paths.map((path) => ({ path, route: routeOf(cidr, path) }))
    for (const { path, route } of shown) if (path.peer !== undefined) of(path.peer.peerId).accepted.push(route)
    const best = shown.find(({ path }) => path.bestpath?.overall === true)
    if (best === undefined) continue
    const { path, route } = best
    const advertised = {
      ...route,
      asPath: [asn, ...route.asPath],
      communities: route.communities.filter(isOthers),
      med: null,
    }
    for (const address of Object.keys({ ...head?.advertisedTo, ...path.advertisedTo }))
      of(address).advertised.push(advertised)
  }
  return told
}

function routeOf(cidr: string, { aspath, community, metric, tag = 0 }: TableEntry): Route {
  const staying = (tag & noAdvertise) === 0 ? [] : ['noAdvertise']
  return {
    cidr,
    asPath: aspath?.segments.flatMap(({ list }) => list) ?? [],
    communities: [...(community?.list ?? []), ...staying].map((name) => wellKnown[name] ?? name),
    med: metric ?? null,
  }
}

/** FRR has names for them. @source RFC 1997, RFC 3765 */
const wellKnown: Readonly<Record<string, string>> = {
  noExport: '65535:65281',
  noAdvertise: '65535:65282',
  localAs: '65535:65283',
  noPeer: '65535:65284',
}

/** What our side announces itself gets its attributes when it leaves. */
function asAnnounced({ announced }: DesiredSession, route: Route): Route {
  const own = announced.find(({ cidr }) => cidr === route.cidr)
  return own === undefined ? route : { ...route, asPath: own.asPath, communities: own.communities }
}

/** FRR takes out the customer's own; of others it knows no ranges. @source behaviour catalogue E.2 */
function withoutPrivateAsns(route: Route): Route {
  return { ...route, asPath: route.asPath.filter((asn) => !isPrivateAsn(asn)) }
}

function isOthers(community: string): boolean {
  return !community.startsWith(`${publicAsn}:`)
}
