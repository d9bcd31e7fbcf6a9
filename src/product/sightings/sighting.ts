import { kind, type Stored } from '../kind.ts'
import type { Instant } from '../lifecycle.ts'
import type { InstalledRoute } from '../observed.ts'

/**
 * What a fabric that carries packets has last seen of one thing: a connection's link, a LAG's bundle, a BGP peer's
 * session. Its id is that of what it saw. The latest takes the place of the one before; what was up once stays so.
 */
export interface Sighting extends Stored {
  readonly up: boolean
  readonly firstUpAt: Instant
  /** Since when it is as it is. */
  readonly since: number
  /** Why it is not up, in words for people; null while it is up. */
  readonly lastError: string | null
  /** Of a session: what is accepted from the customer's router, and what it is told. */
  readonly accepted: readonly InstalledRoute[]
  readonly advertised: readonly InstalledRoute[]
}

export const sightingKind = kind<Sighting>()({
  sets: () => ({ all: '*' }),
  claims: () => [],
  hiddenFrom: () => null,
})
