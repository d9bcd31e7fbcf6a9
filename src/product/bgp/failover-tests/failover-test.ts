import { kind, type Stored } from '../../kind.ts'
import { earlier, type Instant, lifecycle, reached } from '../../lifecycle.ts'
import { day } from '../../settings.ts'
import type { VirtualInterface } from '../../virtual-interfaces/virtual-interface.ts'

/** Some sessions of a virtual interface are kept down for a while, so that its owner sees what then happens. */
export interface FailoverTest extends Stored {
  readonly virtualInterfaceId: string
  readonly ownerAccount: string
  readonly region: string
  /** The sessions that are kept down, by the ids of their BGP peers. */
  readonly bgpPeers: readonly string[]
  readonly durationMinutes: number
  /** When it ends by itself. */
  readonly endsAt: number
  /** When its owner ended it before that. */
  readonly stoppedAt: Instant
}

export const failoverTestKind = kind<FailoverTest>()({
  sets: (test) => ({
    owner: `${test.ownerAccount} ${test.region}`,
    'virtual-interface': test.virtualInterfaceId,
  }),
  // One at a time.
  claims: (test) => [{ scope: `failover test of ${test.virtualInterfaceId}`, key: 'the one', until: endOf(test) }],
  // Never hidden, though its history is: when a session was up, and what its end cleared, follows from all that ever were.
  hiddenFrom: () => null,
})

/** @source behaviour catalogue B.7 */
const keptFor = 365 * day

/** Whether the history still shows it. */
export function isKept(test: FailoverTest, now: number): boolean {
  return now < endOf(test) + keptFor
}

/** From then on the sessions are up again if nothing else keeps them down. */
export function endOf({ endsAt, stoppedAt }: FailoverTest): number {
  return stoppedAt === null ? endsAt : Math.min(endsAt, stoppedAt)
}

/** The test that keeps sessions down at `now`; of one virtual interface there is one at most. */
export function runningTest(tests: readonly FailoverTest[] | undefined, now: number): FailoverTest | undefined {
  return tests?.find((test) => test.createdAt <= now && now < endOf(test))
}

/**
 * As the console shows them; what the API sends no source tells.
 * @source behaviour catalogue B.7
 */
export type FailoverTestStatus = 'Cancelled' | 'Failed' | 'Completed' | 'In progress'

/** A test has failed when its virtual interface was deleted before its end. */
export const failoverTestStatus = lifecycle<FailoverTestStatus, FailoverTest, Pick<VirtualInterface, 'deleteAskedAt'>>([
  ['Failed', (test, vif, now) => reached(failedAt(test, vif), now)],
  ['Cancelled', (test, _vif, now) => reached(test.stoppedAt, now)],
  ['Completed', (test, _vif, now) => reached(test.endsAt, now)],
  ['In progress', () => true],
])

/** When it ended, in whichever way. */
export function endedAt(test: FailoverTest, vif: Pick<VirtualInterface, 'deleteAskedAt'>): number {
  return earlier(endOf(test), failedAt(test, vif)) ?? endOf(test)
}

function failedAt(test: FailoverTest, { deleteAskedAt }: Pick<VirtualInterface, 'deleteAskedAt'>): Instant {
  return deleteAskedAt !== null && deleteAskedAt < endOf(test) ? deleteAskedAt : null
}
