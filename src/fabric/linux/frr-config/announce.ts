import type { AddressFamily } from '../../../product/addresses/cidr.ts'
import type { DesiredSession } from '../../../product/desired/desired.ts'
import { siteMark } from '../views.ts'
import { ours } from './accept.ts'
import type { PlacedSession } from './gateway.ts'

type Announced = DesiredSession['announced']

/** What some sessions are told. Mostly that is the same at all sessions of a gateway of one family. */
export interface Announcement {
  readonly name: string
  readonly family: AddressFamily
  readonly announced: Announced
  /** Whether it also tells what SiteLink brings. */
  readonly siteLink: boolean
}

/**
 * The announcement of each session, by BGP peer. Their names follow from none of the sessions, so that one that comes or
 * goes changes nothing at the others.
 */
export function announcementsOf(sessions: readonly PlacedSession[]): ReadonlyMap<string, Announcement> {
  const distinct = new Map<string, Announcement>()
  return new Map(
    sessions.map(({ vif: { siteLinkEnabled: siteLink }, session }) => {
      const { bgpPeerId, family, announced } = session
      const key = JSON.stringify([family, siteLink, announced])
      const known = distinct.get(key)
      if (known !== undefined) return [bgpPeerId, known]
      const kind = `to-${family}${siteLink ? '-site' : ''}${announced.length === 0 ? '-nothing' : ''}`
      const before = [...distinct.values()].filter(({ name }) => name === kind || name.startsWith(`${kind}.`)).length
      const announcement = { name: before === 0 ? kind : `${kind}.${before}`, family, announced, siteLink }
      distinct.set(key, announcement)
      return [bgpPeerId, announcement]
    }),
  )
}

/** What our side announces at all: it is there whether anything is behind it or not. */
export function networksOf(announcements: ReadonlyMap<string, Announcement>, family: AddressFamily): readonly string[] {
  const cidrs = [...announcements.values()].filter((each) => each.family === family).flatMap((each) => each.announced)
  return [...new Set(cidrs.map(({ cidr }) => cidr))]
}

/** The prefix lists, then the policies that refer to them. */
export function announceLines(announcements: ReadonlyMap<string, Announcement>): readonly string[] {
  const distinct = new Set(announcements.values())
  return [...distinct].flatMap(listLines).concat([...distinct].flatMap(policyLines))
}

function listLines(announcement: Announcement): readonly string[] {
  const list = announcement.family === 'ipv4' ? 'ip' : 'ipv6'
  return attributesOf(announcement).flatMap(({ name, cidrs }) =>
    cidrs.map((cidr) => `${list} prefix-list ${name} permit ${cidr}`),
  )
}

function policyLines(announcement: Announcement): readonly string[] {
  const { name, family, siteLink } = announcement
  const list = family === 'ipv4' ? 'ip' : 'ipv6'
  const entries = attributesOf(announcement).map((attributes) => [
    `match ${list} address prefix-list ${attributes.name}`,
    ...attributes.lines,
  ])
  // What customers tell us with communities of ours is for us alone.
  if (siteLink) entries.push([`match tag ${siteMark}`, `set comm-list ${ours} delete`])
  if (entries.length === 0) return [`route-map ${name} deny 10`, 'exit']
  return entries.flatMap((lines, index) => [
    `route-map ${name} permit ${(index + 1) * 10}`,
    ...lines.map((line) => ` ${line}`),
    'exit',
  ])
}

/** The prefixes that are announced with the same attributes, and how these are set. */
function attributesOf({ name, announced }: Announcement) {
  const alike = Map.groupBy(announced, ({ asPath, communities }) => JSON.stringify([asPath, communities]))
  return [...alike.values()].map((routes, index) => {
    const { asPath = [], communities = [] } = routes[0] ?? {}
    // FRR puts the ASN of our side, the first, there itself.
    const behind = asPath.slice(1)
    return {
      name: index === 0 ? name : `${name}:${index}`,
      cidrs: routes.map(({ cidr }) => cidr),
      lines: [
        ...(behind.length === 0 ? [] : [`set as-path prepend ${behind.join(' ')}`]),
        ...(communities.length === 0 ? [] : [`set community ${communities.join(' ')}`]),
      ],
    }
  })
}
