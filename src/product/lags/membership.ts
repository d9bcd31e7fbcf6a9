import type { Connection } from '../connections/connection.ts'
import { refuse } from '../fault.ts'
import { asSeen } from '../history.ts'
import { inStep } from '../macsec/key-holder.ts'
import type { Observed } from '../observed.ts'
import { type Change, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { loadTopology } from '../topology.ts'
import { allocatedTo, poolSizeOf } from '../virtual-interfaces/prefix-pools.ts'
import { carriedBy, moveCarried } from './carried.ts'
import type { Lag } from './lag.ts'
import { checkHosts, checkSameMacSec, rememberUp, staying } from './rules.ts'

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
  if (others.length > 0) await checkPoolSuffices(snapshot, lag, member, others.filter(isUp).length, isUp(member))
  return [save('lag', rememberUp(lag, observed, snapshot.now))]
}

/**
 * What is allocated from the pool of a LAG has to be in it without this member too.
 * @source behaviour catalogue A.1 DisassociateConnectionFromLag, D
 */
async function checkPoolSuffices(
  snapshot: Snapshot,
  lag: Lag,
  member: Connection,
  left: number,
  isUp: boolean,
): Promise<void> {
  if (!isUp) return
  const { virtualInterfaces } = await carriedBy(snapshot, lag)
  const { ipv4, ipv6 } = allocatedTo(virtualInterfaces)
  const allocated = Math.max(ipv4, ipv6)
  const size = poolSizeOf(lag.bandwidth)
  // What does not suffice already is not this member's fault.
  if (allocated > size * left && allocated <= size * (left + 1))
    throw refuse(
      `Connection ${member.id} cannot leave Lag ${lag.id}: its prefix pool would have ${size * left} prefixes and ${allocated} are allocated`,
    )
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
  const observed = await snapshot.observe(await loadTopology(snapshot, { connections: [connection] }))
  const seen = asSeen(observed, connection.id)
  const joined: Connection = { ...connection, ...seen, lagId: lag.id, lagJoinedAt: joinedAt }
  return [
    save('connection', { ...inStep(snapshot, joined, lag), billingMode: lag.billingMode }),
    ...(connection.lagId === null
      ? await moveCarried(snapshot, connection, lag, joinedAt)
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
  checkHosts(lag, role)
}

/** A port on its own again; a partner's can then host connections itself. @source behaviour catalogue G.6 */
export function asStandalone(connection: Connection, lag: Lag, observed: Observed): Connection {
  const hosts = lag.allowsHostedConnections && connection.deleteAskedAt === null
  const seen = { ...connection, ...asSeen(observed, connection.id) }
  return { ...seen, role: hosts ? 'interconnect' : connection.role, lagId: null, lagJoinedAt: null }
}
