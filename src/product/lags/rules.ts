import type { Connection } from '../connections/connection.ts'
import { faults, refuse } from '../fault.ts'
import { asSeen } from '../history.ts'
import { reached } from '../lifecycle.ts'
import type { Observed } from '../observed.ts'
import type { Snapshot } from '../snapshot.ts'
import type { View } from '../view.ts'
import { type Lag, lagKind } from './lag.ts'

/**
 * How many ports one LAG bundles at most, by their speed.
 * @source CreateLag's reference; behaviour catalogue D
 */
const memberLimits: Readonly<Record<string, number>> = { '1Gbps': 4, '10Gbps': 4, '100Gbps': 2, '400Gbps': 2 }

export function checkMemberCount(count: number, bandwidth: string): void {
  const limit = memberLimits[bandwidth]
  if (limit !== undefined && count > limit)
    throw refuse(`A Lag can have at most ${limit} connections of ${bandwidth}; this makes ${count}`)
}

/**
 * A LAG can need no more links than it has.
 * @source behaviour catalogue B.1, C.4: 0 is the default and counts as 1
 */
export function checkMinimumLinks(minimumLinks: number, members: readonly Connection[]): number {
  const most = staying(members).length
  if (minimumLinks < 0 || minimumLinks > most)
    throw refuse(
      `Invalid value ${minimumLinks} for minimumLinks: it must be in the range 0 to ${most}, the number of connections in the Lag`,
    )
  return minimumLinks
}

/** MACsec is a property of a whole LAG. @source AWS's answer in Terraform's issues 36693 and 47663 */
export function checkSameMacSec(connection: Connection, requestMacSec: boolean): void {
  if (connection.requestMacSec !== requestMacSec)
    throw refuse(`Connection ${connection.id} and lag should be requested MacSec at the same time`)
}

/**
 * What an interconnect hosts goes wherever it goes, so it goes only to a LAG that hosts connections. An account that was
 * no partner yet may have others.
 * @source behaviour catalogue G.6
 */
export function checkHosts(lag: Lag, role: Connection['role']): void {
  if (role === 'interconnect' && !lag.allowsHostedConnections)
    throw refuse(`Lag ${lag.id} does not allow hosted connections, so that no interconnect can be in it`)
}

/** The members that nobody has asked to delete. */
export function staying(members: readonly Connection[]): readonly Connection[] {
  return members.filter((member) => member.deleteAskedAt === null)
}

/** How many of its members are up, whatever the LAG needs. */
export function membersUp(lag: Lag, { topology, observed }: Pick<View, 'topology' | 'observed'>): number {
  return (topology.members.get(lag.id) ?? []).filter((member) => observed.link(member.id).up).length
}

/** The LAG with when it was up, and with the instant at which it was so for the first time. */
export function rememberUp(lag: Lag, observed: Observed, now: number): Lag {
  const { firstUpAt } = observed.bundle(lag.id)
  const wasUpAt = reached(lag.wasUpAt, now) ? lag.wasUpAt : firstUpAt
  return { ...lag, ...asSeen(observed, lag.id), wasUpAt }
}

/** The caller's own LAG of this Region while lists show it; any other looks as if it did not exist. */
export async function ownLag(snapshot: Snapshot, id: string): Promise<Lag> {
  const lag = await findOwnLag(snapshot, id)
  if (lag === undefined) throw faults.lagNotFound(id)
  return lag
}

/** As `ownLag`, for who has another text for a LAG that there is not. */
export async function findOwnLag(snapshot: Snapshot, id: string): Promise<Lag | undefined> {
  const { now, caller } = snapshot
  const lag = await snapshot.get('lag', id)
  if (lag?.ownerAccount !== caller.accountId || lag.region !== caller.region) return undefined
  return reached(lagKind.hiddenFrom(lag), now) ? undefined : lag
}

/** The caller's own LAG, which nobody has deleted. */
export async function liveLag(snapshot: Snapshot, id: string): Promise<Lag> {
  const lag = await ownLag(snapshot, id)
  if (reached(lag.deletedAt, snapshot.now)) throw faults.lagNotFound(id)
  if (reached(lag.deleteAskedAt, snapshot.now)) throw refuse(`Lag ${id} is being deleted`)
  return lag
}
