import { accountOf, quotaOf } from '../accounts/account.ts'
import type { Connection } from '../connections/connection.ts'
import { orderConnection } from '../connections/order.ts'
import { checkAlive, checkConnectionQuota, ownPort } from '../connections/rules.ts'
import { refuse } from '../fault.ts'
import type { Location } from '../inventory/location.ts'
import { findSite, freePorts } from '../inventory/ports.ts'
import { reached } from '../lifecycle.ts'
import { withoutLastKey } from '../macsec/encryption-mode.ts'
import { checkedName } from '../names.ts'
import { create, type Operation } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { checkedTags, type Tags } from '../tags/rules.ts'
import { viewOf } from '../view.ts'
import type { Lag } from './lag.ts'
import { joinLag } from './membership.ts'
import { checkMemberCount } from './rules.ts'
import { showLag } from './show.ts'

/**
 * A LAG with all its ports, or nothing. `numberOfConnections` counts the existing connection, if one is named.
 * @source CreateLag's reference; behaviour catalogue A.1
 */
export const CreateLag: Operation<'CreateLag'> = async (snapshot, input) => {
  const { now, caller } = snapshot
  const { connectionsBandwidth: bandwidth, numberOfConnections, location } = input
  if (numberOfConnections < 1)
    throw refuse(`Invalid value ${numberOfConnections} for numberOfConnections: it must be at least 1`)
  checkMemberCount(numberOfConnections, bandwidth)

  const site = await findSite(snapshot, location)
  const existing = input.connectionId === undefined ? undefined : await ownPort(snapshot, input.connectionId)
  if (existing !== undefined) checkSuits(existing, site, bandwidth, now)
  const requestMacSec = input.requestMACSec ?? existing?.requestMacSec ?? false
  const count = numberOfConnections - (existing === undefined ? 0 : 1)
  const order = { site, bandwidth, requestMacSec, count, deviceId: existing?.deviceId ?? undefined }
  const ports = await freePorts(snapshot, order)
  await checkLagQuota(snapshot)
  await checkConnectionQuota(snapshot, site, count)

  const lag: Lag = {
    id: snapshot.id('dxlag'),
    createdAt: now,
    ownerAccount: caller.accountId,
    region: site.region,
    location,
    siteCode: site.code,
    name: checkedName(input.lagName, 'lagName'),
    bandwidth,
    minimumLinks: 0,
    deviceId: ports.deviceId,
    providerName: input.providerName === undefined ? null : checkedName(input.providerName, 'providerName'),
    allowsHostedConnections: (await accountOf(snapshot, caller.accountId)).accountKind === 'partner',
    requestMacSec,
    // The keys of the existing connection go when it comes in, so that nothing can be required of the LAG yet.
    encryptionMode: withoutLastKey(existing?.encryptionMode ?? (requestMacSec ? 'should_encrypt' : 'no_encrypt'), []),
    macSecKeys: [],
    billingMode: input.billingMode ?? existing?.billingMode ?? 'PayAsYouGo',
    tags: checkedTags(input.tags),
    wasUpAt: null,
    deleteAskedAt: null,
    deletedAt: null,
  }
  const ordered = orderMembers(snapshot, lag, site, ports.portIds, checkedTags(input.childConnectionTags))
  return {
    changes: [
      create('lag', lag),
      ...(existing === undefined ? [] : await joinLag(snapshot, existing, lag)),
      ...ordered.map((connection) => create('connection', connection)),
    ],
    show: async (after) => showLag(lag, await viewOf(after, { lags: [lag] })),
  }
}

/** The LAG is made where its existing connection is, and of such connections. */
function checkSuits(existing: Connection, site: Location, bandwidth: string, now: number): void {
  const { id, siteCode } = existing
  checkAlive(existing, now)
  if (siteCode !== site.code) throw refuse(`Connection ${id} is at location ${siteCode}, not at ${site.code}`)
  if (existing.bandwidth !== bandwidth)
    throw refuse(`Connection ${id} has a bandwidth of ${existing.bandwidth}, not of ${bandwidth}`)
}

function orderMembers(
  snapshot: Snapshot,
  lag: Lag,
  site: Location,
  portIds: readonly string[],
  tags: Tags,
): readonly Connection[] {
  const { ownerAccount, location, bandwidth, deviceId, requestMacSec, encryptionMode, billingMode } = lag
  const providerName = lag.providerName ?? undefined
  const order = { ownerAccount, site, location, bandwidth, deviceId, providerName, requestMacSec, billingMode, tags }
  // What is ordered at one instant is listed by id; so the numbers follow the ids.
  const ids = portIds.map(() => snapshot.id('dxcon')).toSorted()
  return ids.map((id, index) => {
    const name = `Requested Connection ${index + 1} for Lag ${lag.id}`
    const portId = portIds[index] ?? ''
    return {
      ...orderConnection(snapshot, { ...order, role: 'dedicated', portId, name, lagId: lag.id }),
      id,
      encryptionMode,
    }
  })
}

/** @source behaviour catalogue D */
async function checkLagQuota(snapshot: Snapshot): Promise<void> {
  const { accountId, region } = snapshot.caller
  const quota = quotaOf(snapshot, await accountOf(snapshot, accountId), 'lagsPerRegion')
  const owned = await snapshot.list('lag', 'owner', `${accountId} ${region}`)
  const live = owned.filter((lag) => !reached(lag.deletedAt, snapshot.now) && lag.deleteAskedAt === null)
  if (live.length >= quota) throw refuse(`You have reached the limit of ${quota} Lags in Region ${region}`)
}
