import type { Connection } from '../connections/connection.ts'
import { knownConnection } from '../connections/rules.ts'
import { stateOf } from '../connections/show.ts'
import { faults, refuse } from '../fault.ts'
import { bandwidthBps } from '../inventory/speeds.ts'
import type { Lag } from '../lags/lag.ts'
import { liveLag, staying } from '../lags/rules.ts'
import { lagStateOf } from '../lags/show.ts'
import { reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'
import { isConnectionId } from '../topology.ts'
import { viewWithoutCarried } from '../view.ts'
import { carriedOn, endOf, type VirtualInterface } from './virtual-interface.ts'

/** What virtual interfaces are on: a dedicated or hosted connection, or a LAG. */
export interface Carrier {
  readonly id: string
  readonly ownerAccount: string
  readonly region: string
  readonly location: string
  readonly speedBps: number
  /** A hosted connection's VLAN; null: it is not hosted. */
  readonly hostedVlan: number | null
}

/**
 * The caller's connection or LAG of that id, ready to carry a virtual interface. A partner's ports carry hosted
 * connections only, and a port in a LAG carries what the LAG does.
 * @source behaviour catalogue A.1, A.2; CreateLag's reference on partners' LAGs
 */
export async function readyCarrier(snapshot: Snapshot, id: string): Promise<Carrier> {
  return isConnectionId(id) ? readyConnection(snapshot, id) : readyLag(snapshot, id)
}

async function readyConnection(snapshot: Snapshot, id: string): Promise<Carrier> {
  const connection = await knownConnection(snapshot, id)
  if (connection?.ownerAccount !== snapshot.caller.accountId) throw faults.connectionNotFound(id)
  if (connection.role === 'interconnect')
    throw refuse(`Interconnect ${id} cannot carry virtual interfaces directly, only hosted connections`)
  if (connection.lagId !== null)
    throw refuse(`Connection ${id} is in Lag ${connection.lagId}, which carries virtual interfaces in its place`)
  checkReady(stateOf(connection, await viewWithoutCarried(snapshot, { connections: [connection] })))
  return connectionCarrier(connection)
}

async function readyLag(snapshot: Snapshot, id: string): Promise<Carrier> {
  const lag = await liveLag(snapshot, id)
  if (lag.allowsHostedConnections)
    throw refuse(`Lag ${id} cannot carry virtual interfaces directly, only hosted connections`)
  checkReady(lagStateOf(lag, await viewWithoutCarried(snapshot, { lags: [lag] })))
  return lagCarrier(snapshot, lag)
}

/** @source Direct Connect's answer in Equinix's Terraform provider, issue 26; behaviour catalogue A.2 */
function checkReady(state: string): void {
  if (state !== 'available' && state !== 'down') throw refuse('The specified Connection ID is not available')
}

/** What carries a virtual interface now, whoever owns it and however it is. */
export async function carrierOf(snapshot: Snapshot, { connectionId }: VirtualInterface): Promise<Carrier> {
  const connection = await snapshot.get('connection', connectionId)
  if (connection !== undefined) return connectionCarrier(connection)
  const lag = await snapshot.get('lag', connectionId)
  if (lag !== undefined) return lagCarrier(snapshot, lag)
  throw new Error(`a virtual interface on ${connectionId}, which does not exist`)
}

function connectionCarrier(connection: Connection): Carrier {
  const { id, ownerAccount, region, location, role, vlan } = connection
  return {
    id,
    ownerAccount,
    region,
    location,
    speedBps: bandwidthBps(connection.bandwidth),
    hostedVlan: role === 'hosted' ? vlan : null,
  }
}

async function lagCarrier(snapshot: Snapshot, lag: Lag): Promise<Carrier> {
  const { id, ownerAccount, region, location } = lag
  const members = await snapshot.list('connection', 'lag', id)
  return {
    id,
    ownerAccount,
    region,
    location,
    speedBps: bandwidthBps(lag.bandwidth) * Math.max(1, staying(members).length),
    hostedVlan: null,
  }
}

/** What is on a connection or LAG and has not ended. */
export async function carried(
  snapshot: Snapshot,
  carrier: Parameters<typeof carriedOn>[0],
): Promise<readonly VirtualInterface[]> {
  return alive(await snapshot.list('virtual-interface', 'partyOn', carriedOn(carrier)), snapshot.now)
}

/** Those that have not ended. */
export function alive(virtualInterfaces: readonly VirtualInterface[], now: number): readonly VirtualInterface[] {
  return virtualInterfaces.filter((vif) => !reached(endOf(vif), now))
}
