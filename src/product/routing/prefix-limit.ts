import type { AddressFamily } from '../addresses/cidr.ts'
import type { BgpPeer } from '../bgp/bgp-peer.ts'
import { endOf, type FailoverTest } from '../bgp/failover-tests/failover-test.ts'
import type { Interval } from '../history.ts'
import { type Instant, reached } from '../lifecycle.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import type { CustomerRoutes } from './customer-routes.ts'

/** A number that changes: from each instant on it is another. In order of time. */
export type Steps = readonly { readonly from: number; readonly value: number }[]

/** What it depends on whether a session is Idle for having too many prefixes. */
export interface PrefixHistory {
  /** While the session would be up if prefixes were not limited; in order. */
  readonly wouldBeUp: readonly Interval[]
  /** How many prefixes are announced and pass our policy; 0 before the first step. */
  readonly announced: Steps
  /** How many are allowed. The first step begins before everything else. */
  readonly allowed: Steps
  /** When the session was cleared, or a failover test of it ended. */
  readonly clears: readonly number[]
}

/**
 * While a session is Idle because more prefixes were announced on it than are allowed. It stays so, whatever is
 * withdrawn, until it is cleared with few enough prefixes, or more are allowed.
 * @source behaviour catalogue E.1; design, section 8
 */
export function idleFor({ wouldBeUp, announced, allowed, clears }: PrefixHistory): readonly Interval[] {
  const lowest = Math.min(...allowed.map(({ value }) => value))
  if (!announced.some(({ value }) => value > lowest)) return []
  const isUp = within(wouldBeUp)
  const announcedAt = valueOver(announced)
  const allowedAt = valueOver(allowed)
  const cleared = new Set(clears)
  const instants = [...wouldBeUp, ...announced, ...allowed].map(({ from }) => from)
  const idle: Interval[] = []
  let since: Instant = null
  let allowedBefore = Number.POSITIVE_INFINITY
  for (const at of [...new Set([...instants, ...clears])].toSorted((a, b) => a - b)) {
    const most = allowedAt(at)
    const isOver = announcedAt(at) > most
    if (since !== null && !isOver && (cleared.has(at) || most > allowedBefore)) {
      idle.push({ from: since, until: at })
      since = null
    }
    if (since === null && isOver && isUp(at)) since = at
    allowedBefore = most
  }
  return since === null ? idle : [...idle, { from: since, until: null }]
}

/** The value at an instant, asked in order of time. */
function valueOver(steps: Steps): (at: number) => number {
  let next = 0
  let value = 0
  return (at) => {
    for (let step = steps[next]; step !== undefined && step.from <= at; step = steps[++next]) value = step.value
    return value
  }
}

/** Whether an instant is within any of the intervals, asked in order of time. */
function within(intervals: readonly Interval[]): (at: number) => boolean {
  let current = 0
  return (at) => {
    while (reached(intervals[current]?.until ?? null, at)) current++
    const interval = intervals[current]
    return interval !== undefined && interval.from <= at
  }
}

/** @source behaviour catalogue D */
const allowedOnPublic = 1_000

/** What a session may announce, by the records of its virtual interface. @source behaviour catalogue D */
export function allowedPrefixes(
  { prefixAllocation, formerAllocations }: Pick<VirtualInterface, 'prefixAllocation' | 'formerAllocations'>,
  family: AddressFamily,
): Steps {
  if (prefixAllocation === null) return [{ from: Number.NEGATIVE_INFINITY, value: allowedOnPublic }]
  return [...formerAllocations, prefixAllocation].map((allocation, index) => ({
    from: formerAllocations[index - 1]?.until ?? Number.NEGATIVE_INFINITY,
    value: allocation[family],
  }))
}

/** How many prefixes were announced when. What nobody has said (`usualRoutes`) is never too much. */
export function announcedPrefixes(announced: readonly CustomerRoutes[], family: AddressFamily): Steps {
  // What was replaced in the millisecond in which it came was never announced.
  const lasting = announced.filter(({ from, until }) => from !== until)
  return lasting.map(({ from, accepted }) => ({ from, value: accepted[family] })).toSorted((a, b) => a.from - b.from)
}

export function clearsOf(peer: Pick<BgpPeer, 'id' | 'clears'>, tests: readonly FailoverTest[]): readonly number[] {
  return [...peer.clears, ...tests.filter(({ bgpPeers }) => bgpPeers.includes(peer.id)).map(endOf)]
}

/** What is said of a session that is Idle for this. */
export function tooManyPrefixes(family: AddressFamily, allowed: number): string {
  return `the session is Idle: more than the ${allowed} ${family} prefixes that are allowed were announced; it stays so until some are withdrawn and the session is cleared, or more are allowed`
}
