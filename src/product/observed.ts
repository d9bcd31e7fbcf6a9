import type { History } from './history.ts'
import type { Instant } from './lifecycle.ts'

/** What the fabric reports of one thing that can be up or down. */
export interface Observation {
  readonly up: boolean
  /** When it was up for the first time; null: never yet. */
  readonly firstUpAt: Instant
  /** Since when it is as it is; null: since it exists. */
  readonly since: Instant
  /** Why it is not up, in words for people; null while it is up. */
  readonly lastError: string | null
}

/** The link of a port; a hosted connection's is the link of what carries it. */
export interface LinkObservation extends Observation {
  /** Whether the MACsec session of the link is up. */
  readonly macSecUp: boolean
}

/**
 * A route on a session: one of the customer's that passed our policy (`routing/accepted.ts`), or one that the customer's
 * router is told.
 */
export interface InstalledRoute {
  /** In canonical form. */
  readonly cidr: string
  /** Nearest first. */
  readonly asPath: readonly number[]
  /** Such as `7224:7300`. */
  readonly communities: readonly string[]
  readonly med: number | null
  readonly installedAt: number
}

/**
 * What is seen of a topology. Every fabric implements it, so that the product cannot tell which one carries the
 * packets. Asking for something that is not in the topology answers `neverUp`.
 */
export interface Observed {
  /** By connection id. */
  link(connectionId: string): LinkObservation
  /** By LAG id: up while as many members are up as it needs. */
  bundle(lagId: string): Observation
  /** By BGP peer id. */
  session(bgpPeerId: string): Observation
  /** By BGP peer id: what is accepted from the customer; nothing while the session is not up. */
  routes(bgpPeerId: string): readonly InstalledRoute[]
  /** By BGP peer id: what the customer's router is told; undefined: the fabric knows no more than the rules say. */
  advertised(bgpPeerId: string): readonly InstalledRoute[] | undefined
  /**
   * By the id of a connection, LAG or BGP peer: when it was up so far, for whoever changes facts from which that follows;
   * undefined: the fabric keeps what it saw.
   */
  history(id: string): History | undefined
}

export const neverUp: LinkObservation = {
  up: false,
  firstUpAt: null,
  since: null,
  lastError: 'not connected',
  macSecUp: false,
}
