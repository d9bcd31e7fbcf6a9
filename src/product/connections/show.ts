import type { EnumValue, Shape } from '../../contract/types.ts'
import { reached } from '../lifecycle.ts'
import { showKeys } from '../macsec/show.ts'
import { deviceBeneath } from '../topology.ts'
import type { View } from '../view.ts'
import { poolSizeOf, showPool } from '../virtual-interfaces/prefix-pools.ts'
import { showLimiters } from '../virtual-interfaces/rate-limits.ts'
import type { Connection } from './connection.ts'
import { connectionState } from './lifecycle.ts'

export function stateOf(connection: Connection, view: View): EnumValue<'ConnectionState'> {
  return connectionState.at(connection, view.observed.link(connection.id), view.now)
}

/** A connection as its owner sees it, or the partner who hosts it, who never sees its tags. */
export function showConnection(connection: Connection, view: View): Shape<'Connection'> {
  const device = assignedDevice(connection, view)
  const encryption = showEncryption(connection, view)
  const capacity = showCapacity(connection, view)
  // Each member by its name: to spread the parts would take half as long as all else that a page of connections needs.
  return {
    ownerAccount: connection.ownerAccount,
    connectionId: connection.id,
    connectionName: connection.name,
    connectionState: stateOf(connection, view),
    region: connection.region,
    location: connection.location,
    bandwidth: connection.bandwidth,
    vlan: connection.vlan ?? undefined,
    partnerName: connection.partnerName ?? undefined,
    loaIssueTime: connection.loaIssuedAt ?? undefined,
    lagId: lagOf(connection, view),
    awsDevice: device,
    awsDeviceV2: device,
    awsLogicalDeviceId: device,
    jumboFrameCapable: device !== undefined,
    hasLogicalRedundancy: device === undefined ? 'unknown' : 'no',
    macSecCapable: encryption.macSecCapable,
    portEncryptionStatus: encryption.portEncryptionStatus,
    encryptionMode: encryption.encryptionMode,
    macSecKeys: encryption.macSecKeys,
    partnerInterconnectMacSecCapable: encryption.partnerInterconnectMacSecCapable,
    tags: view.viewer === connection.ownerAccount ? connection.tags : [],
    providerName: connection.providerName ?? undefined,
    rateLimiterStatus: capacity.rateLimiterStatus,
    prefixPoolSizeIpv4: capacity.prefixPoolSizeIpv4,
    prefixPoolSizeIpv6: capacity.prefixPoolSizeIpv6,
    prefixPoolUnallocatedCountIpv4: capacity.prefixPoolUnallocatedCountIpv4,
    prefixPoolUnallocatedCountIpv6: capacity.prefixPoolUnallocatedCountIpv6,
    billingMode: connection.role === 'dedicated' ? connection.billingMode : undefined,
  }
}

/** Of what carries virtual interfaces: a port that hosts others or is in a LAG does not, and a slice has no limiters. */
function showCapacity({ id, role, lagId, bandwidth, ownerAccount }: Connection, view: View): Shape<'Connection'> {
  // What its customer does with a slice is no affair of the partner who hosts it.
  if (role === 'interconnect' || lagId !== null || view.viewer !== ownerAccount) return {}
  const carried = view.carried.get(id) ?? []
  return {
    ...showPool(poolSizeOf(bandwidth), carried),
    rateLimiterStatus: role === 'dedicated' ? showLimiters(carried) : undefined,
  }
}

/** The device is named once a port is assigned, which is when the order is approved. @source behaviour catalogue A.3 */
function assignedDevice(connection: Connection, view: View): string | undefined {
  const assigned = connection.role === 'hosted' || reached(connection.approvedAt, view.now)
  return assigned ? deviceBeneath(view.topology, connection.id) : undefined
}

/** A device under the three names that answers give it. */
export function showDevice(deviceId: string) {
  return { awsDevice: deviceId, awsDeviceV2: deviceId, awsLogicalDeviceId: deviceId }
}

function showEncryption(connection: Connection, { observed, topology, now }: View): Shape<'Connection'> {
  // As seen of hosted connections (behaviour catalogue A.3): a mode that no document lists.
  if (connection.role === 'hosted')
    return {
      macSecCapable: false,
      portEncryptionStatus: 'Encryption Down',
      encryptionMode: 'unknown',
      partnerInterconnectMacSecCapable: parentOf(connection, topology)?.requestMacSec,
    }
  if (!connection.requestMacSec) return { macSecCapable: false }
  return {
    macSecCapable: true,
    portEncryptionStatus: observed.link(connection.id).macSecUp ? 'Encryption Up' : 'Encryption Down',
    encryptionMode: connection.encryptionMode,
    macSecKeys: showKeys(connection.macSecKeys, now),
  }
}

function lagOf(connection: Connection, view: View): string | undefined {
  if (connection.role !== 'hosted') return connection.lagId ?? undefined
  return view.topology.lags.has(connection.parentId ?? '') ? (connection.parentId ?? undefined) : undefined
}

function parentOf({ parentId }: Connection, { connections, lags }: View['topology']) {
  return connections.get(parentId ?? '') ?? lags.get(parentId ?? '')
}
