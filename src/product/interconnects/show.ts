import type { EnumValue, Shape } from '../../contract/types.ts'
import type { Connection } from '../connections/connection.ts'
import { showConnection } from '../connections/show.ts'
import type { View } from '../view.ts'

/** An interconnect as its partner sees it: a connection under other names. */
export function showInterconnect(connection: Connection, view: View): Shape<'Interconnect'> {
  const shown = showConnection(connection, view)
  return {
    interconnectId: connection.id,
    interconnectName: connection.name,
    interconnectState: interconnectStateOf(shown.connectionState),
    region: shown.region,
    location: shown.location,
    bandwidth: shown.bandwidth,
    loaIssueTime: shown.loaIssueTime,
    lagId: shown.lagId,
    awsDevice: shown.awsDevice,
    jumboFrameCapable: shown.jumboFrameCapable,
    awsDeviceV2: shown.awsDeviceV2,
    awsLogicalDeviceId: shown.awsLogicalDeviceId,
    hasLogicalRedundancy: shown.hasLogicalRedundancy,
    tags: shown.tags,
    providerName: shown.providerName,
    macSecCapable: shown.macSecCapable,
    portEncryptionStatus: shown.portEncryptionStatus,
    encryptionMode: shown.encryptionMode,
    macSecKeys: shown.macSecKeys,
  }
}

/** A partner's port is never offered to anybody, so it is neither `ordering` nor `rejected`. */
export function interconnectStateOf(state: EnumValue<'ConnectionState'> | undefined): EnumValue<'InterconnectState'> {
  return state === undefined || state === 'ordering' || state === 'rejected' ? 'unknown' : state
}
