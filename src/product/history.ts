import type { BgpPeer } from './bgp/bgp-peer.ts'
import type { Observed } from './observed.ts'

/** From `from` on, until before `until`; null: it still lasts. */
export interface Interval {
  readonly from: number
  readonly until: number | null
}

/**
 * When something was up until its facts changed, which would tell its past otherwise now. Since when it is up, and what
 * went Idle meanwhile, follows from how it was then.
 */
export interface History {
  readonly until: number
  /** In order, each with an end. */
  readonly up: readonly Interval[]
  /** Of a link: when it let customers' frames through, which one that must encrypt does only with MACsec. */
  readonly carried?: readonly Interval[]
}

/** So many intervals are kept, the first one always: who changes facts back and forth must not make a record grow for ever. */
const most = 100

/** What is to be kept at `now` of when something was up. */
export function historyUntil(now: number, up: readonly Interval[]): History {
  const past = up
    .filter(({ from }) => from < now)
    .map(({ from, until }) => ({ from, until: until === null ? now : Math.min(until, now) }))
  return { until: now, up: past.length <= most ? past : [...past.slice(0, 1), ...past.slice(1 - most)] }
}

/** To be saved with other facts of a connection, LAG or BGP peer; nothing where the fabric itself keeps what it saw. */
export function asSeen(observed: Observed, id: string): { readonly history?: History } {
  const history = observed.history(id)
  return history === undefined ? {} : { history }
}

/** Sessions that are about to be carried or configured otherwise. */
export function peersAsSeen(observed: Observed, peers: readonly BgpPeer[]): readonly BgpPeer[] {
  return peers.map((peer) => ({ ...peer, ...asSeen(observed, peer.id) }))
}
