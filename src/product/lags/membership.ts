import type { Connection } from '../connections/connection.ts'
import { refuse } from '../fault.ts'
import { type Instant, reached } from '../lifecycle.ts'
import type { Observed } from '../observed.ts'
import { type Change, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { loadTopology } from '../topology.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import type { Lag } from './lag.ts'
import { checkSameMacSec, staying } from './rules.ts'

/**
 * How ports come into a LAG and leave it. What a LAG was is seen of its present members and its present minimum of
 * links, so whoever changes either has to keep in the record that it was up.
 */

/**
 * What a LAG has to remember when this member leaves it, by whatever operation. Refuses where the minimum of links
 * would no longer hold; only the last member may leave all the same.
 * @source behaviour catalogue B.1, and A.1 DeleteConnection, DisassociateConnectionFromLag
 */
export async function leaveLag(snapshot: Snapshot, member: Connection): Promise<readonly Change[]> {
  const lag = member.lagId === null ? undefined : await snapshot.get('lag', member.lagId)
  if (lag === undefined) return []
  const topology = await loadTopology(snapshot, { lags: [lag] })
  const observed = await snapshot.observe(topology)

  const others = staying(topology.members.get(lag.id) ?? []).filter((other) => other.id !== member.id)
  const isUp = (connection: Connection) => observed.link(connection.id).up
  // A member that is down takes no link away that counts.
  const left = isUp(member) ? others.filter(isUp) : others
  if (others.length > 0 && left.length < lag.minimumLinks)
    throw refuse(
      `Connection ${member.id} cannot leave Lag ${lag.id}: ${left.length} operational connections would remain and its minimumLinks is ${lag.minimumLinks}`,
    )
  const remembered = rememberUp(lag, observed, snapshot.now)
  return remembered === lag ? [] : [save('lag', remembered)]
}

/** The LAG with the instant kept at which it was up for the first time. */
export function rememberUp(lag: Lag, observed: Observed, now: number): Lag {
  const { firstUpAt } = observed.bundle(lag.id)
  return reached(lag.wasUpAt, now) || !reached(firstUpAt, now) ? lag : { ...lag, wasUpAt: firstUpAt }
}

/**
 * An existing port comes into a LAG of its owner. What was on it comes along, unless it was in a LAG before: then that
 * stays with the LAG that it leaves. Traffic breaks until the port and what it carries are configured anew.
 * @source behaviour catalogue A.1 AssociateConnectionWithLag, CreateLag
 */
export async function joinLag(snapshot: Snapshot, connection: Connection, lag: Lag): Promise<readonly Change[]> {
  if (connection.lagId === lag.id) throw refuse(`Connection ${connection.id} is already in Lag ${lag.id}`)
  checkFits(connection, lag)
  const joinedAt = snapshot.now + snapshot.settings.timing.provision
  return [
    save('connection', { ...connection, lagId: lag.id, lagJoinedAt: joinedAt, encryptionMode: lag.encryptionMode }),
    ...(connection.lagId === null
      ? moveTo(lag, await movable(snapshot, connection, lag), joinedAt)
      : await leaveLag(snapshot, connection)),
  ]
}

/** @source CreateLag's reference: all connections of a LAG have the same bandwidth and end at the same endpoint */
function checkFits(connection: Connection, lag: Lag): void {
  const { id, role, bandwidth, deviceId } = connection
  if (role === 'hosted') throw refuse(`Connection ${id} is a hosted connection: only a physical port can be in a Lag`)
  if (bandwidth !== lag.bandwidth)
    throw refuse(`Connection ${id} has a bandwidth of ${bandwidth} and Lag ${lag.id} one of ${lag.bandwidth}`)
  if (deviceId !== lag.deviceId)
    throw refuse(`Connection ${id} and Lag ${lag.id} must terminate at the same Direct Connect endpoint`)
  checkSameMacSec(connection, lag.requestMacSec)
}

/** A port on its own again; a partner's can then host connections itself. @source behaviour catalogue G.6 */
export function asStandalone(connection: Connection, lag: Lag): Connection {
  const hosts = lag.allowsHostedConnections && connection.deleteAskedAt === null
  return { ...connection, role: hosts ? 'interconnect' : connection.role, lagId: null, lagJoinedAt: null }
}

/** What is on a port or LAG and has not ended. */
export interface Carried {
  readonly virtualInterfaces: readonly VirtualInterface[]
  readonly hosted: readonly Connection[]
}

export async function carriedBy(snapshot: Snapshot, id: string): Promise<Carried> {
  const { now } = snapshot
  const ended = (...ends: readonly Instant[]) => ends.some((end) => reached(end, now))
  const virtualInterfaces = await snapshot.list('virtual-interface', 'connection', id)
  const hosted = await snapshot.list('connection', 'parent', id)
  return {
    virtualInterfaces: virtualInterfaces.filter((vif) => !ended(vif.rejectedAt, vif.deletedAt)),
    hosted: hosted.filter((connection) => !ended(connection.rejectedAt, connection.deletedAt)),
  }
}

/** What is on a port, none of which may have a VLAN that the LAG has already. */
async function movable(snapshot: Snapshot, connection: Connection, lag: Lag): Promise<Carried> {
  const carried = await carriedBy(snapshot, connection.id)
  const taken = await snapshot.claimed(`vlan ${lag.id}`)
  const conflict = [...carried.virtualInterfaces, ...carried.hosted].find(({ vlan }) => taken.has(String(vlan)))
  if (conflict !== undefined) throw refuse(`VLAN ${conflict.vlan} of ${conflict.id} is already in use on Lag ${lag.id}`)
  return carried
}

/** What was on a port is on the LAG. */
function moveTo(lag: Lag, { virtualInterfaces, hosted }: Carried, provisionedAt: number): readonly Change[] {
  // What was never configured, such as a hosted connection that its customer has not accepted, still waits for it.
  const anew = (instant: Instant) => (instant === null ? null : provisionedAt)
  return [
    ...virtualInterfaces.map((vif) =>
      save('virtual-interface', { ...vif, connectionId: lag.id, provisionedAt: anew(vif.provisionedAt) }),
    ),
    ...hosted.map((connection) =>
      save('connection', { ...connection, parentId: lag.id, provisionedAt: anew(connection.provisionedAt) }),
    ),
  ]
}
