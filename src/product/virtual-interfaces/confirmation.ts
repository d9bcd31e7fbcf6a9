import { checkDifferentAsn } from '../bgp/asn.ts'
import { progressFrom } from '../bgp/new-peer.ts'
import { refuse } from '../fault.ts'
import { type Change, save } from '../operation.ts'
import { announcedAnew } from '../routing/announce-customer-routes.ts'
import type { Snapshot } from '../snapshot.ts'
import { chosenGateway, type GatewayInput } from './gateway-choice.ts'
import { checkGatewayTotal } from './prefix-pools.ts'
import { checkNotAnnounced } from './route-filter-prefixes.ts'
import { checkState, ownVirtualInterface } from './rules.ts'
import type { VirtualInterface, VirtualInterfaceType } from './virtual-interface.ts'

export interface ConfirmInput extends GatewayInput {
  readonly virtualInterfaceId: string
}

/**
 * An allocated virtual interface with its owner's consent and gateway; from now on it comes about like any other. What is
 * announced on it already goes on under the policy of that gateway.
 * @source behaviour catalogue A.1, A.4, B.3
 */
export async function confirmed(
  snapshot: Snapshot,
  type: VirtualInterfaceType,
  input: ConfirmInput,
): Promise<{ readonly vif: VirtualInterface; readonly changes: readonly Change[] }> {
  const allocated = await ownVirtualInterface(snapshot, input.virtualInterfaceId)
  if (allocated.type !== type) throw refuse(`VirtualInterface ${allocated.id} is ${allocated.type}, not ${type}`)
  await checkState(snapshot, operations[type], allocated, ['confirming'])
  const { attachment, siblings } = await chosenGateway(snapshot, type, input)
  if (attachment.directConnectGatewayId !== null)
    checkGatewayTotal(attachment.directConnectGatewayId, siblings, allocated.prefixAllocation)
  await checkNotAnnounced(snapshot, allocated.routeFilterPrefixes, allocated.ownerAccount, allocated.id)
  for (const peer of allocated.peers) checkDifferentAsn(peer.asn, attachment.amazonSideAsn)
  const progress = progressFrom(snapshot, type === 'public')
  const vif: VirtualInterface = {
    ...allocated,
    ...attachment,
    ...progress,
    confirmedAt: snapshot.now,
    peers: allocated.peers.map((peer) => ({ ...peer, ...progress })),
  }
  return { vif, changes: [save('virtual-interface', vif), ...(await announcedAnew(snapshot, vif))] }
}

const operations = {
  private: 'ConfirmPrivateVirtualInterface',
  public: 'ConfirmPublicVirtualInterface',
  transit: 'ConfirmTransitVirtualInterface',
} as const
