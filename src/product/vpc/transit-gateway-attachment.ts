import { type Association, associationState, live } from '../gateways/associations/association.ts'
import type { Stored } from '../kind.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Tags } from '../tags/rules.ts'

/**
 * What ties a transit gateway to a Direct Connect gateway, as EC2 sees it. It is not a record of its own: it is what an
 * association with a transit gateway is to EC2, there as soon as the association and gone with it.
 */
export interface TransitGatewayAttachment extends Stored {
  readonly transitGatewayId: string
  readonly transitGatewayOwner: string
  /** The Direct Connect gateway, and whose it is. */
  readonly directConnectGatewayId: string
  readonly directConnectGatewayOwner: string
  readonly region: string
  readonly state: 'pending' | 'available' | 'deleting'
  readonly tags: Tags
}

/**
 * The attachments in which the caller has a part, in the Region of the call: as owner of the transit gateway or of the
 * Direct Connect gateway.
 */
export async function transitGatewayAttachments(snapshot: Snapshot): Promise<readonly TransitGatewayAttachment[]> {
  const { caller, now } = snapshot
  const associations = await snapshot.list('association', 'transitGatewayParty', `${caller.accountId} ${caller.region}`)
  return live(associations, now).flatMap((association) => {
    const { transitGatewayAttachmentId: id, associated } = association
    if (id === null) return []
    return {
      id,
      createdAt: association.createdAt,
      transitGatewayId: associated.id,
      transitGatewayOwner: associated.ownerAccount,
      directConnectGatewayId: association.gatewayId,
      directConnectGatewayOwner: association.gatewayOwner,
      region: associated.region,
      state: stateOf(association, now),
      tags: [],
    }
  })
}

/** An update of the allowed prefixes leaves the attachment alone. */
function stateOf(association: Association, now: number): TransitGatewayAttachment['state'] {
  const state = associationState.at(association, undefined, now)
  if (state === 'associating') return 'pending'
  return state === 'associated' || state === 'updating' ? 'available' : 'deleting'
}

/** Those of one transit gateway of the caller's. */
export async function attachmentsOf(
  snapshot: Snapshot,
  transitGatewayId: string,
): Promise<readonly TransitGatewayAttachment[]> {
  const all = await transitGatewayAttachments(snapshot)
  return all.filter((attachment) => attachment.transitGatewayId === transitGatewayId)
}
