import type { Shape } from '../../contract/types.ts'
import { checkDifferentAsn } from '../bgp/asn.ts'
import { newPeer, type PeerInput, progressFrom } from '../bgp/new-peer.ts'
import { networksOf } from '../bgp/peer-addresses.ts'
import { checkedName } from '../connections/rules.ts'
import { refuse } from '../fault.ts'
import { checkOwner } from '../hosted/rules.ts'
import type { Snapshot } from '../snapshot.ts'
import { checkedTags } from '../tags/rules.ts'
import { type Carrier, readyCarrier } from './carrier.ts'
import { chosenGateway, type GatewayChoice, type GatewayInput, unattached } from './gateway-choice.ts'
import { checkedRateLimit } from './rate-limits.ts'
import { checkedPrefixes } from './route-filter-prefixes.ts'
import { checkCarrierQuota, checkedMtu, checkedSiteLink, checkVlan, refusePrefixPools } from './rules.ts'
import { types } from './types.ts'
import type { VirtualInterface, VirtualInterfaceType } from './virtual-interface.ts'

/** What an order of any type may say; the contract knows which members each type has. */
export interface OrderInput extends PeerInput, GatewayInput {
  readonly virtualInterfaceName?: string | undefined
  readonly vlan?: number | undefined
  readonly mtu?: number | undefined
  readonly routeFilterPrefixes?: readonly Shape<'RouteFilterPrefix'>[] | undefined
  readonly enableSiteLink?: boolean | undefined
  readonly prefixPoolAllocatedCountIpv4?: number | undefined
  readonly prefixPoolAllocatedCountIpv6?: number | undefined
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
  const ordered = await ordered_(snapshot, type, carrier, input, { ownerAccount: carrier.ownerAccount, choice })
  for (const peer of ordered.peers) checkDifferentAsn(peer.asn, ordered.amazonSideAsn)
  return { ...ordered, ...progressFrom(snapshot, type === 'public') }
}

/** A virtual interface for another account, which has to confirm it; the gateway is that account's choice then. */
export async function orderedForAnother(
  snapshot: Snapshot,
  type: VirtualInterfaceType,
  connectionId: string,
  ownerAccount: string,
  input: OrderInput,
): Promise<VirtualInterface> {
  const carrier = await readyCarrier(snapshot, connectionId)
  await checkOwner(snapshot, ownerAccount)
  if (ownerAccount === carrier.ownerAccount)
    throw refuse('Cannot allocate VirtualInterface for the connection owner.')
  const choice: GatewayChoice = { attachment: unattached, siblings: [] }
  return ordered_(snapshot, type, carrier, input, { ownerAccount, choice })
}
