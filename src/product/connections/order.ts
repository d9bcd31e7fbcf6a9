import type { EnumValue } from '../../contract/types.ts'
import { refuse } from '../fault.ts'
import type { Location } from '../inventory/location.ts'
import { findSite, freePorts } from '../inventory/ports.ts'
import type { Lag } from '../lags/lag.ts'
import { checkHosts, checkMemberCount, liveLag, staying } from '../lags/rules.ts'
import { unusedLetterDeadline } from '../loa/deadline.ts'
import { inStep } from '../macsec/key-holder.ts'
import { checkedName } from '../names.ts'
import type { Snapshot } from '../snapshot.ts'
import { checkedTags, type Tags } from '../tags/rules.ts'
import type { Connection } from './connection.ts'
import { checkConnectionQuota } from './rules.ts'

/** What is ordered: a port that is free, for whom and under which name. */
export interface Order {
  readonly role: 'dedicated' | 'interconnect'
  readonly ownerAccount: string
  readonly site: Location
  /** The location code as the order spells it. */
  readonly location: string
  readonly bandwidth: string
  readonly deviceId: string
  readonly portId: string
  readonly name: string
  readonly lagId?: string | undefined
  readonly providerName?: string | undefined
  readonly requestMacSec?: boolean | undefined
  readonly billingMode?: EnumValue<'BillingMode'> | undefined
  readonly tags: Tags
}

/**
 * When an order that is placed now will be approved and cabled: automatic provisioning plans both, else an operator does
 * them. What is approved and waits for its cable is given up when the letter stays unused.
 * @source behaviour catalogue B.1; design, sections 3 and 6
 */
export function planned({ now, settings }: Snapshot): Pick<Connection, 'approvedAt' | 'cables' | 'deletedAt'> {
  const { approve, cable } = settings.timing
  if (settings.provisioning === 'manual') return { approvedAt: null, cables: [], deletedAt: null }
  const approvedAt = now + approve
  return cable === null
    ? { approvedAt, cables: [], deletedAt: unusedLetterDeadline(approvedAt) }
    : { approvedAt, cables: [{ from: approvedAt + cable, until: null }], deletedAt: null }
}

/** The facts of a newly ordered port. */
export function orderConnection(snapshot: Snapshot, order: Order): Connection {
  const { now } = snapshot
  return {
    id: snapshot.id('dxcon'),
    createdAt: now,
    role: order.role,
    ownerAccount: order.ownerAccount,
    region: order.site.region,
    location: order.location,
    siteCode: order.site.code,
    name: order.name,
    bandwidth: order.bandwidth,
    providerName: order.providerName ?? null,
    tags: order.tags,
    deviceId: order.deviceId,
    portId: order.portId,
    lagId: order.lagId ?? null,
    lagJoinedAt: order.lagId === undefined ? null : now,
    parentId: null,
    partnerAccount: null,
    partnerName: null,
    vlan: null,
    requestMacSec: order.requestMacSec ?? false,
    encryptionMode: order.requestMacSec === true ? 'should_encrypt' : 'no_encrypt',
    macSecKeys: [],
    billingMode: order.billingMode ?? 'PayAsYouGo',
    ...planned(snapshot),
    questions: [],
    loaIssuedAt: null,
    loaProviderName: null,
    acceptedAt: null,
    provisionedAt: null,
    rejectedAt: null,
    deleteAskedAt: null,
  }
}

/** An order of one port as the wire brings it, whatever the operation calls its name. */
export interface OrderInput {
  readonly location: string
  readonly bandwidth: string
  readonly lagId?: string | undefined
  readonly providerName?: string | undefined
  readonly requestMACSec?: boolean | undefined
  readonly billingMode?: EnumValue<'RequestBillingMode'> | undefined
  readonly tags?: Tags | undefined
}

/** Checks an order of one port and places it on a free one; with a LAG, on the LAG's device or not at all. */
export async function placeOrder(
  snapshot: Snapshot,
  role: Order['role'],
  name: string,
  input: OrderInput,
): Promise<Connection> {
  const { location, bandwidth } = input
  const site = await findSite(snapshot, location)
  const tags = checkedTags(input.tags)
  const lag = input.lagId === undefined ? undefined : await liveLag(snapshot, input.lagId)
  const requestMacSec = input.requestMACSec ?? lag?.requestMacSec ?? false
  if (lag !== undefined) {
    checkHosts(lag, role)
    await checkFits(snapshot, lag, site, bandwidth, requestMacSec)
  }

  const { deviceId, portIds } = await freePorts(snapshot, {
    site,
    bandwidth,
    requestMacSec,
    count: 1,
    deviceId: lag?.deviceId,
  })
  await checkConnectionQuota(snapshot, site, 1)
  const [portId = ''] = portIds
  const providerName = input.providerName === undefined ? undefined : checkedName(input.providerName, 'providerName')
  const { accountId: ownerAccount } = snapshot.caller
  const { billingMode } = input
  const ordered = {
    role,
    ownerAccount,
    site,
    location,
    bandwidth,
    deviceId,
    portId,
    name,
    providerName,
    billingMode,
    tags,
  }
  const connection = orderConnection(snapshot, { ...ordered, lagId: lag?.id, requestMacSec })
  // How a LAG encrypts and what it costs is everybody's in it.
  return lag === undefined ? connection : { ...inStep(snapshot, connection, lag), billingMode: lag.billingMode }
}

/** A LAG's members are alike, at one place, and few. @source CreateConnection's reference; behaviour catalogue D */
async function checkFits(
  snapshot: Snapshot,
  lag: Lag,
  site: Location,
  bandwidth: string,
  requestMacSec: boolean,
): Promise<void> {
  if (lag.siteCode !== site.code)
    throw refuse(`Invalid value ${site.code} for location: Lag ${lag.id} is at location ${lag.siteCode}`)
  if (lag.bandwidth !== bandwidth)
    throw refuse(
      `Invalid value ${bandwidth.slice(0, 32)} for bandwidth: the connections of Lag ${lag.id} have ${lag.bandwidth}`,
    )
  if (lag.requestMacSec !== requestMacSec)
    throw refuse('Connection and lag should be requested MacSec at the same time')
  checkMemberCount(staying(await snapshot.list('connection', 'lag', lag.id)).length + 1, bandwidth)
}
