import { accountOf } from '../accounts/account.ts'
import { type Connection, vlanScope } from '../connections/connection.ts'
import { knownConnection } from '../connections/rules.ts'
import { stateOf } from '../connections/show.ts'
import { faults, refuse } from '../fault.ts'
import { bandwidthBps, hostedSizes, smallHostedSizes } from '../inventory/speeds.ts'
import type { Lag } from '../lags/lag.ts'
import { liveLag, staying } from '../lags/rules.ts'
import { lagStateOf } from '../lags/show.ts'
import type { Snapshot } from '../snapshot.ts'
import { isConnectionId } from '../topology.ts'
import { viewOf } from '../view.ts'

/** What hosts connections: a partner's interconnect, or a partner's LAG. */
export interface Parent {
  readonly id: string
  readonly location: string
  readonly siteCode: string
  readonly speedBps: number
}

/**
 * The caller's interconnect or LAG of that id, ready to host: its ports are assigned, its end is not in sight, and under
 * automatic provisioning its cable need not be plugged yet.
 * @source behaviour catalogue A.1 AllocateHostedConnection; that it has to be approved is inferred
 */
export async function readyParent(snapshot: Snapshot, id: string): Promise<Parent> {
  return isConnectionId(id) ? interconnectParent(snapshot, id) : lagParent(snapshot, id)
}

async function interconnectParent(snapshot: Snapshot, id: string): Promise<Parent> {
  const connection = await knownConnection(snapshot, id)
  if (connection?.ownerAccount !== snapshot.caller.accountId) throw faults.connectionNotFound(id)
  if (connection.role !== 'interconnect')
    throw refuse(`Connection ${id} is not an interconnect: it hosts no connections`)
  if (connection.lagId !== null)
    throw refuse(`Interconnect ${id} is in Lag ${connection.lagId}, which hosts connections in its place`)
  checkReady(id, stateOf(connection, await viewOf(snapshot, { connections: [connection] })))
  // An interconnect that ends because nobody uses its letter would leave what it hosts behind.
  if (connection.deletedAt !== null)
    throw refuse(`The specified Connection ID is not available: ${id} waits for its cross connect`)
  return parentOf(connection, bandwidthBps(connection.bandwidth))
}

async function lagParent(snapshot: Snapshot, id: string): Promise<Parent> {
  const lag = await liveLag(snapshot, id)
  if (!lag.allowsHostedConnections) throw refuse(`Lag ${id} does not allow hosted connections`)
  const view = await viewOf(snapshot, { lags: [lag] })
  checkReady(id, lagStateOf(lag, view))
  const members = staying(view.topology.members.get(id) ?? []).length
  return parentOf(lag, bandwidthBps(lag.bandwidth) * Math.max(1, members))
}

function parentOf({ id, location, siteCode }: Connection | Lag, speedBps: number): Parent {
  return { id, location, siteCode, speedBps }
}

function checkReady(id: string, state: string): void {
  if (!['pending', 'available', 'down'].includes(state))
    throw refuse(`The specified Connection ID is not available: ${id} is in state ${state}`)
}

/**
 * Sizes are a list, of which partners of the first kind sell the small ones only, and no slice is faster than the whole.
 * @source behaviour catalogue C.4
 */
export async function checkSize(snapshot: Snapshot, parent: Parent, bandwidth: string): Promise<void> {
  if (!hostedSizes.includes(bandwidth)) throw refuse(`Invalid interface speed: ${bandwidth.slice(0, 32)}`)
  const { nniPartnerType } = await accountOf(snapshot, snapshot.caller.accountId)
  if (nniPartnerType !== 'v2' && !smallHostedSizes.includes(bandwidth))
    throw refuse(
      `Invalid interface speed: ${bandwidth}; a partner of type ${nniPartnerType} offers ${smallHostedSizes.join(', ')}`,
    )
  checkFast(parent, bandwidth)
}

export function checkFast(parent: Parent, bandwidth: string): void {
  if (bandwidthBps(bandwidth) > parent.speedBps)
    throw refuse(`Invalid interface speed: ${bandwidth} is more than ${parent.id} has`)
}

/** A VLAN is one connection's alone on what carries it. @source behaviour catalogue C.4, A.2 */
export async function checkFreeVlan(snapshot: Snapshot, parentId: string, vlan: number): Promise<void> {
  if (vlan < 1 || vlan > 4094) throw refuse(`Invalid value ${vlan} for vlan: it must be in the range 1 to 4094`)
  if (await snapshot.isClaimed(vlanScope(parentId), String(vlan))) throw refuse(`VLAN ${vlan} is already in use`)
}

/** Whom a connection is made for: an account that exists. @source behaviour catalogue C.4 */
export async function checkOwner(snapshot: Snapshot, ownerAccount: string): Promise<void> {
  if (!/^\d{12}$/.test(ownerAccount))
    throw refuse(`Invalid value '${ownerAccount.slice(0, 32)}' for ownerAccount: an account id has 12 digits`)
  if (!snapshot.settings.anyAccount && (await snapshot.get('account', ownerAccount)) === undefined)
    throw refuse(`Invalid value '${ownerAccount}' for ownerAccount: there is no such account`)
}
