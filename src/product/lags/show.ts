import type { EnumValue, Shape } from '../../contract/types.ts'
import { showConnection, showDevice } from '../connections/show.ts'
import type { View } from '../view.ts'
import type { Lag } from './lag.ts'
import { lagState } from './lifecycle.ts'

export function lagStateOf(lag: Lag, view: View): EnumValue<'LagState'> {
  const members = view.topology.members.get(lag.id) ?? []
  return lagState.at({ lag, members }, view.observed.bundle(lag.id), view.now)
}

/** A LAG with its members, as its owner sees it. */
export function showLag(lag: Lag, view: View): Shape<'Lag'> {
  const members = view.topology.members.get(lag.id) ?? []
  const lagState = lagStateOf(lag, view)
  return {
    lagId: lag.id,
    lagName: lag.name,
    lagState,
    ownerAccount: lag.ownerAccount,
    region: lag.region,
    location: lag.location,
    connectionsBandwidth: lag.bandwidth,
    numberOfConnections: members.length,
    minimumLinks: lag.minimumLinks,
    // Unlike a connection, a LAG is on a device from its first moment: all that is in it has to end there.
    ...showDevice(lag.deviceId),
    connections: members.map((member) => showConnection(member, view)),
    allowsHostedConnections: lag.allowsHostedConnections,
    jumboFrameCapable: true,
    hasLogicalRedundancy: lagState === 'requested' ? 'unknown' : 'no',
    tags: lag.tags,
    providerName: lag.providerName ?? undefined,
    ...showEncryption(lag),
  }
}

function showEncryption(lag: Lag) {
  if (!lag.requestMacSec) return { macSecCapable: false }
  return { macSecCapable: true, encryptionMode: lag.encryptionMode, macSecKeys: [] }
}
