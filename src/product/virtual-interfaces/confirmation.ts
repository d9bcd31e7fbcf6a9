import { checkDifferentAsn } from '../bgp/asn.ts'
import { progressFrom } from '../bgp/new-peer.ts'
import { refuse } from '../fault.ts'
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
 * An allocated virtual interface with its owner's consent and gateway; from now on it comes about like any other.
 * @source behaviour catalogue A.1, A.4, B.3
 */
export async function confirmed(
  snapshot: Snapshot,
  type: VirtualInterfaceType,
  input: ConfirmInput,
): Promise<VirtualInterface> {
  const vif = await ownVirtualInterface(snapshot, input.virtualInterfaceId)
  if (vif.type !== type) throw refuse(`VirtualInterface ${vif.id} is ${vif.type}, not ${type}`)
  await checkState(snapshot, operations[type], vif, ['confirming'])
  const { attachment, siblings } = await chosenGateway(snapshot, type, input)
  if (attachment.directConnectGatewayId !== null)
    checkGatewayTotal(attachment.directConnectGatewayId, siblings, vif.prefixAllocation)
  await checkNotAnnounced(snapshot, vif.routeFilterPrefixes, vif.ownerAccount, vif.id)
  for (const peer of vif.peers) checkDifferentAsn(peer.asn, attachment.amazonSideAsn)
  const progress = progressFrom(snapshot, type === 'public')
  return {
    ...vif,
    ...attachment,
    ...progress,
    confirmedAt: snapshot.now,
    peers: vif.peers.map((peer) => ({ ...peer, ...progress })),
  }
}

const operations = {
  private: 'ConfirmPrivateVirtualInterface',
  public: 'ConfirmPublicVirtualInterface',
  transit: 'ConfirmTransitVirtualInterface',
} as const
