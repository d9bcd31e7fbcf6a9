import { type Cidr, contains, parseCidr } from '../addresses/cidr.ts'
import type { Route } from './accepted.ts'
import { isKnownIn } from './public-prefixes.ts'

/** A session over which traffic could leave, with what the customer announces on it. */
export interface Candidate {
  readonly bgpPeerId: string
  /** The Region of its location. */
  readonly region: string
  readonly siteLinkEnabled: boolean
  readonly routes: readonly Route[]
}

export type LocalPreference = 'high' | 'medium' | 'remote' | 'low'

/** What became of a candidate that announces the destination. */
export interface Choice<C extends Candidate> {
  readonly candidate: C
  /** Its longest route to the destination. */
  readonly route: Route
  readonly localPreference: LocalPreference
  readonly chosen: boolean
  readonly reason: string
}

/**
 * Which sessions traffic to a destination takes: those that are left after each step has kept the best, and of several
 * each carries a share.
 *
 * @param home the Region of the VPC or transit gateway from which it comes; null: no location is nearer than another
 * @source behaviour catalogue E.3
 */
export function choosePaths<C extends Candidate>(
  destination: Cidr,
  candidates: readonly C[],
  home: string | null,
  steps: readonly Step[] = privateSteps,
): readonly Choice<C>[] {
  const paths = candidates.flatMap((candidate) => {
    const best = longest(destination, candidate.routes)
    return best === undefined
      ? []
      : [{ candidate, ...best, localPreference: preferenceOf(candidate, best.route, home), region: candidate.region }]
  })
  const reasons = new Map<Path, string>()
  let left: readonly Path[] = paths
  let decidedBy = 'the only path'
  for (const { name, rank, show } of steps) {
    const best = Math.max(...left.map(rank))
    const kept = left.filter((path) => rank(path) === best)
    const [winner] = kept
    if (winner === undefined || kept.length === left.length) continue
    for (const path of left)
      if (rank(path) !== best) reasons.set(path, `${name}: ${show(path)}, others have ${show(winner)}`)
    decidedBy = `${name}: ${show(winner)}`
    left = kept
  }
  const decided = decidedBy === 'the only path' && left.length > 1 ? 'all are equal' : decidedBy
  const shared = left.length > 1 ? `${decided}; one of ${left.length} that share the load` : decided
  return paths.map((path) => ({
    candidate: path.candidate,
    route: path.route,
    localPreference: path.localPreference,
    chosen: left.includes(path),
    reason: reasons.get(path) ?? shared,
  }))
}

/**
 * The same for public virtual interfaces: which sessions traffic from what is public in a Region takes. Only those of one
 * Region share the load.
 * @source behaviour catalogue E.2, E.3
 */
export function choosePublicPaths<C extends Candidate>(
  destination: Cidr,
  candidates: readonly C[],
  home: string,
): readonly Choice<C>[] {
  const known = candidates.map((candidate) => ({
    ...candidate,
    routes: candidate.routes.filter((route) => isKnownIn(home, candidate.region, route)),
  }))
  // Of two others no source says which; the first by name is one that everybody can foresee.
  const regions = [home, ...candidates.map(({ region }) => region).toSorted()]
  const oneRegion: Step = {
    name: 'one Region',
    rank: ({ region }) => -regions.indexOf(region),
    show: ({ region }) => region,
  }
  return choosePaths(destination, known, home, [longestPrefix, ...bgpSteps, oneRegion])
}

interface Path {
  readonly region: string
  readonly route: Route
  readonly length: number
  readonly localPreference: LocalPreference
}

interface Step {
  readonly name: string
  /** The highest wins. */
  readonly rank: (path: Path) => number
  readonly show: (path: Path) => string
}

const longestPrefix: Step = { name: 'longest prefix', rank: ({ length }) => length, show: ({ route }) => route.cidr }

/** MEDs are compared whoever announces them, and without one a route has 0. @source behaviour catalogue E.3 */
const bgpSteps: readonly Step[] = [
  {
    name: 'shortest AS path',
    rank: ({ route }) => -route.asPath.length,
    show: ({ route }) => String(route.asPath.length),
  },
  { name: 'lowest MED', rank: ({ route }) => -(route.med ?? 0), show: ({ route }) => String(route.med ?? 0) },
]

const privateSteps: readonly Step[] = [
  longestPrefix,
  {
    name: 'local preference',
    rank: ({ localPreference }) => preferences[localPreference],
    show: ({ localPreference }) => localPreference,
  },
  ...bgpSteps,
]

/** What bears no tag and comes from afar is preferred to what its owner marks as low; no source says so. */
export const preferences: Readonly<Record<LocalPreference, number>> = { high: 4, medium: 3, remote: 2, low: 1 }

/** The highest counts if there is more than one. @source behaviour catalogue E.3 */
export const tags = [
  ['7224:7300', 'high'],
  ['7224:7200', 'medium'],
  ['7224:7100', 'low'],
] as const

function preferenceOf(candidate: Candidate, { communities }: Route, home: string | null): LocalPreference {
  return taggedPreference(communities) ?? usualPreference(candidate, home)
}

/** Of routes without tags. With SiteLink a virtual interface is at home in every Region. @source behaviour catalogue E.3 */
export function usualPreference(
  { region, siteLinkEnabled }: Pick<Candidate, 'region' | 'siteLinkEnabled'>,
  home: string | null,
): LocalPreference {
  return home === null || region === home || siteLinkEnabled ? 'medium' : 'remote'
}

function taggedPreference(communities: Route['communities']): LocalPreference | undefined {
  const [, tagged] = tags.find(([community]) => communities.includes(community)) ?? []
  return tagged
}

/** Orders routes to one network by which is taken, the best first, where no location is nearer than another. */
export function byPreference(a: Route, b: Route): number {
  const rank = ({ communities }: Route) => preferences[taggedPreference(communities) ?? 'medium']
  return rank(b) - rank(a) || a.asPath.length - b.asPath.length || (a.med ?? 0) - (b.med ?? 0)
}

function longest(destination: Cidr, routes: readonly Route[]) {
  let best: { readonly route: Route; readonly length: number } | undefined
  for (const route of routes) {
    const cidr = parseCidr(route.cidr)
    if (cidr === undefined || cidr.length <= (best?.length ?? -1) || !contains(cidr, destination)) continue
    best = { route, length: cidr.length }
  }
  return best
}
