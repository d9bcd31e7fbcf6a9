import { kind, type Stored } from '../kind.ts'
import type { Instant } from '../lifecycle.ts'

/** A failure that an operator causes: a cut cable, a dead device, a session that flaps. */
export interface InjectedFault extends Stored {
  /** The id of a connection, LAG, device, location, virtual interface or BGP peer. */
  readonly target: string
  /** `flap` goes down and comes back every second, as long as it lasts. */
  readonly faultKind: 'down' | 'flap'
  readonly from: number
  readonly until: Instant
}

/** A flap is down for the first half of each period and up for the other, milliseconds. */
export const flapPeriod = 2_000

export const faultKind = kind<InjectedFault>()({
  sets: (fault) => ({ target: fault.target, all: '*' }),
  claims: () => [],
  // Closed but never hidden: when something was up for the first time follows from all that ever failed.
  hiddenFrom: () => null,
})
