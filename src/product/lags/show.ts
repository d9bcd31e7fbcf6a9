import type { EnumValue, Shape } from '../../contract/types.ts'
import { showConnection, showDevice } from '../connections/show.ts'
import { showKeys } from '../macsec/show.ts'
import type { View } from '../view.ts'
import { poolSizeOf, showPool } from '../virtual-interfaces/prefix-pools.ts'
import { showLimiters } from '../virtual-interfaces/rate-limits.ts'
import type { Lag } from './lag.ts'
import { lagState } from './lifecycle.ts'
import { membersUp } from './rules.ts'

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
    ...showEncryption(lag, view.now),
    billingMode: lag.billingMode,
    ...showCapacity(lag, view),
  }
}

/** A partner's LAG carries what it hosts, and no virtual interfaces. */
function showCapacity(lag: Lag, view: View) {
  if (lag.allowsHostedConnections) return {}
  const carried = view.carried.get(lag.id) ?? []
  return {
    rateLimiterStatus: showLimiters(carried),
    ...showPool(poolSizeOf(lag.bandwidth) * membersUp(lag, view), carried),
  }
}

function showEncryption(lag: Lag, now: number) {
  if (!lag.requestMacSec) return { macSecCapable: false }
  return { macSecCapable: true, encryptionMode: lag.encryptionMode, macSecKeys: showKeys(lag.macSecKeys, now) }
}
