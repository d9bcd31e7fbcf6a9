import type { Shape } from '../../contract/types.ts'
import { checkDifferentAsn } from '../bgp/asn.ts'
import { newPeer, type PeerInput, type Progress, progressFrom } from '../bgp/new-peer.ts'
import { takenNetworks } from '../bgp/taken-networks.ts'
import { refuse } from '../fault.ts'
import { checkOwner } from '../hosted/rules.ts'
import { checkedName } from '../names.ts'
import type { Snapshot } from '../snapshot.ts'
import { checkedTags } from '../tags/rules.ts'
import { checkPoolOf } from './allocation-change.ts'
import { type Carrier, carried, readyCarrier } from './carrier.ts'
import { chosenGateway, type GatewayChoice, type GatewayInput, unattached } from './gateway-choice.ts'
import { type AllocationInput, checkedAllocation, checkGatewayTotal, usualAllocation } from './prefix-pools.ts'
import { checkedRateLimit } from './rate-limits.ts'
import { checkedPrefixes, checkNotAnnounced } from './route-filter-prefixes.ts'
import { checkCarrierQuota, checkedMtu, checkedSiteLink, checkVlan } from './rules.ts'
import { types } from './types.ts'
import type { VirtualInterface, VirtualInterfaceType } from './virtual-interface.ts'

/** What an order of any type may say; the contract knows which members each type has. */
export interface OrderInput extends PeerInput, GatewayInput, AllocationInput {
  readonly virtualInterfaceName?: string | undefined
  readonly vlan?: number | undefined
  readonly mtu?: number | undefined
  readonly routeFilterPrefixes?: readonly Shape<'RouteFilterPrefix'>[] | undefined
  readonly enableSiteLink?: boolean | undefined
  readonly rateLimit?: string | undefined
  readonly tags?: readonly Shape<'Tag'>[] | undefined
}

/** A virtual interface that the owner of the connection or LAG orders for itself. */
export async function orderedForOneself(
  snapshot: Snapshot,
  type: VirtualInterfaceType,
  connectionId: string,
  input: OrderInput,
): Promise<VirtualInterface> {
  const carrier = await readyCarrier(snapshot, connectionId)
  const choice = await chosenGateway(snapshot, type, input)
  return ordered(snapshot, input, {
    type,
    carrier,
    ownerAccount: carrier.ownerAccount,
    choice,
    allocated: false,
    progress: progressFrom(snapshot, type === 'public'),
  })
}

/**
 * A virtual interface for another account. The gateway is chosen, and everything begins, when that account confirms it.
 * @source behaviour catalogue A.1, A.2, C.4
 */
export async function orderedForAnother(
  snapshot: Snapshot,
  type: VirtualInterfaceType,
  connectionId: string,
  ownerAccount: string,
  input: OrderInput,
): Promise<VirtualInterface> {
  const carrier = await readyCarrier(snapshot, connectionId)
  await checkOwner(snapshot, ownerAccount)
  if (ownerAccount === carrier.ownerAccount) throw refuse('Cannot allocate VirtualInterface for the connection owner.')
  return ordered(snapshot, input, {
    type,
    carrier,
    ownerAccount,
    choice: { attachment: unattached, siblings: [] },
    allocated: true,
    progress: { verifiedAt: type === 'public' ? null : snapshot.now, provisionedAt: null },
  })
}

interface Order {
  readonly type: VirtualInterfaceType
  readonly carrier: Carrier
  readonly ownerAccount: string
  readonly choice: GatewayChoice
  readonly allocated: boolean
  readonly progress: Progress
}

async function ordered(snapshot: Snapshot, input: OrderInput, order: Order): Promise<VirtualInterface> {
  const { now } = snapshot
  const { type, carrier, ownerAccount, choice, allocated, progress } = order
  const { attachment, siblings } = choice
  const name = checkedName(required(input.virtualInterfaceName, 'virtualInterfaceName'), 'virtualInterfaceName')
  const vlan = required(input.vlan, 'vlan')
  await checkVlan(snapshot, carrier, vlan)
  await checkCarrierQuota(snapshot, carrier, type)
  const prefixAllocation = checkedAllocation(type, usualAllocation, input)
  await checkPoolOf(snapshot, carrier, prefixAllocation)
  if (attachment.directConnectGatewayId !== null)
    checkGatewayTotal(attachment.directConnectGatewayId, siblings, prefixAllocation)

  const isPublic = type === 'public'
  const { id: connectionId, ownerAccount: connectionOwner, region } = carrier
  const place = { connectionId, connectionOwner, region, ownerAccount, ...attachment }
  const peer = await newPeer(snapshot, input, isPublic, takenNetworks(snapshot, place), progress)
  const others = input.rateLimit === undefined ? [] : await carried(snapshot, carrier)
  // What our side of an allocated one will be, its owner's gateway decides.
  if (isPublic || !allocated) checkDifferentAsn(peer.asn, attachment.amazonSideAsn)
  const routeFilterPrefixes = types[type].announces
    ? checkedPrefixes(input.routeFilterPrefixes, peer.addressFamily)
    : []
  if (!allocated) await checkNotAnnounced(snapshot, routeFilterPrefixes, ownerAccount)
  return {
    id: snapshot.id('dxvif'),
    createdAt: now,
    type,
    ...place,
    location: carrier.location,
    name,
    vlan,
    mtu: checkedMtu(input.mtu ?? defaultMtu, type),
    routeFilterPrefixes,
    siteLinkEnabled: checkedSiteLink(input.enableSiteLink ?? false, carrier.region, attachment),
    rateLimit: checkedRateLimit(input.rateLimit, carrier, others),
    prefixAllocation,
    formerAllocations: [],
    peers: [peer],
    tags: checkedTags(input.tags),
    allocated,
    confirmedAt: null,
    ...progress,
    rejectedAt: null,
    deleteAskedAt: null,
    deletedAt: null,
  }
}

/** Of every type. @source behaviour catalogue C.4 */
const defaultMtu = 1500

function required<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw refuse(`Field ${member} is required`)
  return value
}
