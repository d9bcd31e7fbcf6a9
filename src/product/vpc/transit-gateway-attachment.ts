import { type Association, associationState, live } from '../gateways/associations/association.ts'
import type { Stored } from '../kind.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Tags } from '../tags/rules.ts'
import { transitGatewayVpcAttachmentState } from './lifecycle.ts'
import { ownerOf } from './nouns.ts'

/**
 * What ties a transit gateway to something, as EC2 sees it. One with a Direct Connect gateway is not a record of its own:
 * it is what an association with a transit gateway is to EC2, there as soon as the association and gone with it.
 */
export interface TransitGatewayAttachment extends Stored {
  readonly transitGatewayId: string
  readonly transitGatewayOwner: string
  readonly resourceType: 'direct-connect-gateway' | 'vpc'
  /** The Direct Connect gateway or the VPC, and whose it is. */
  readonly resourceId: string
  readonly resourceOwner: string
  readonly region: string
  readonly state: 'pending' | 'available' | 'deleting'
  readonly tags: Tags
}

/**
 * The attachments in which the caller has a part, in the Region of the call: as owner of the transit gateway or of what
 * it is attached to. Oldest first.
 */
export async function transitGatewayAttachments(snapshot: Snapshot): Promise<readonly TransitGatewayAttachment[]> {
  const all = [...(await withGateways(snapshot)), ...(await withVpcs(snapshot))]
  return all.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}

async function withGateways(snapshot: Snapshot): Promise<readonly TransitGatewayAttachment[]> {
  const { now } = snapshot
  const associations = await snapshot.list('association', 'transitGatewayParty', ownerOf(snapshot))
  return live(associations, now).flatMap((association) => {
    const { transitGatewayAttachmentId: id, associated } = association
    if (id === null) return []
    return {
      id,
      createdAt: association.createdAt,
      transitGatewayId: associated.id,
      transitGatewayOwner: associated.ownerAccount,
      resourceType: 'direct-connect-gateway',
      resourceId: association.gatewayId,
      resourceOwner: association.gatewayOwner,
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

async function withVpcs(snapshot: Snapshot): Promise<readonly TransitGatewayAttachment[]> {
  const { now } = snapshot
  const attachments = await snapshot.list('transit-gateway-vpc-attachment', 'owner', ownerOf(snapshot))
  return attachments.flatMap((attachment) => {
    const state = transitGatewayVpcAttachmentState.at(attachment, undefined, now)
    if (state === 'deleted') return []
    return {
      id: attachment.id,
      createdAt: attachment.createdAt,
      transitGatewayId: attachment.transitGatewayId,
      transitGatewayOwner: attachment.ownerAccount,
      resourceType: 'vpc',
      resourceId: attachment.vpcId,
      resourceOwner: attachment.ownerAccount,
      region: attachment.region,
      state,
      tags: attachment.tags,
    }
  })
}

/** Those of one transit gateway of the caller's. */
export async function attachmentsOf(
  snapshot: Snapshot,
  transitGatewayId: string,
): Promise<readonly TransitGatewayAttachment[]> {
  const all = await transitGatewayAttachments(snapshot)
  return all.filter((attachment) => attachment.transitGatewayId === transitGatewayId)
}
