import type { InstalledRoute } from '../observed.ts'
import type { Route } from '../routing/accepted.ts'
import type { Sighting } from './sighting.ts'

/** What the fabric sees of one thing at this moment. */
export interface Seen {
  /** The id of a connection, a LAG or a BGP peer. */
  readonly id: string
  readonly up: boolean
  /** Why it is not up, in words for people; null while it is up. */
  readonly lastError: string | null
  readonly accepted?: readonly Route[]
  readonly advertised?: readonly Route[]
}

/**
 * The sightings that are new or have changed, as they are to be saved: since when things are as they are is when that
 * was seen for the first time. What was up and is seen no more is down.
 */
export function changedSightings(
  seen: readonly Seen[],
  before: ReadonlyMap<string, Sighting>,
  now: number,
): readonly Sighting[] {
  const present = new Set(seen.map(({ id }) => id))
  const gone = [...before.values()]
    .filter(({ id, up }) => up && !present.has(id))
    .map(({ id }) => ({ id, up: false, lastError: 'it is not configured' }))
  return [...seen, ...gone].flatMap((each) => {
    const known = before.get(each.id)
    const next = sightingOf(each, known, now)
    return known !== undefined && JSON.stringify(next) === JSON.stringify(known) ? [] : next
  })
}

function sightingOf(seen: Seen, known: Sighting | undefined, now: number): Sighting {
  const { id, up, lastError } = seen
  return {
    id,
    createdAt: known?.createdAt ?? now,
    up,
    firstUpAt: known?.firstUpAt ?? (up ? now : null),
    since: known?.up === up ? known.since : now,
    lastError: up ? null : lastError,
    accepted: installed(seen.accepted, known?.accepted, now),
    advertised: installed(seen.advertised, known?.advertised, now),
  }
}

/** Routes with when they were first seen as they are, in an order of their own. */
function installed(
  routes: readonly Route[] = [],
  known: readonly InstalledRoute[] = [],
  now: number,
): readonly InstalledRoute[] {
  const before = new Map(known.map((route) => [keyOf(route), route.installedAt]))
  return routes
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(({ cidr, asPath, communities, med }) => {
      const route = { cidr, asPath, communities, med }
      return { ...route, installedAt: before.get(keyOf(route)) ?? now }
    })
}

function keyOf({ cidr, asPath, communities, med }: Route): string {
  return JSON.stringify([cidr, asPath, communities, med])
}
