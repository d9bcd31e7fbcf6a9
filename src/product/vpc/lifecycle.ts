import { lifecycle, reached } from '../lifecycle.ts'
import type { Subnet } from './subnet.ts'
import type { TransitGateway } from './transit-gateway.ts'
import type { TransitGatewayVpcAttachment } from './transit-gateway-vpc-attachment.ts'
import type { Vpc, VpcBlock } from './vpc.ts'
import type { VpcAttachment, VpnGateway } from './vpn-gateway.ts'

// The states are those that EC2's model lists. What EC2 deletes at once, it no longer shows in any state.

export const vpcState = lifecycle<'pending' | 'available', Vpc>([
  ['pending', (vpc, _seen, now) => !reached(vpc.availableAt, now)],
  ['available', () => true],
])

export const subnetState = lifecycle<'pending' | 'available', Subnet>([
  ['pending', (subnet, _seen, now) => !reached(subnet.availableAt, now)],
  ['available', () => true],
])

/** `failing` and `failed` are for address pools, of which there are none here. */
export const blockState = lifecycle<'associating' | 'associated' | 'disassociating' | 'disassociated', VpcBlock>([
  ['disassociated', (block, _seen, now) => reached(block.removedAt, now)],
  ['disassociating', (block, _seen, now) => reached(block.removeAskedAt, now)],
  ['associating', (block, _seen, now) => !reached(block.associatedAt, now)],
  ['associated', () => true],
])

export const vpnGatewayState = lifecycle<'pending' | 'available' | 'deleting' | 'deleted', VpnGateway>([
  ['deleted', (gateway, _seen, now) => reached(gateway.deletedAt, now)],
  ['deleting', (gateway, _seen, now) => reached(gateway.deleteAskedAt, now)],
  ['pending', (gateway, _seen, now) => !reached(gateway.availableAt, now)],
  ['available', () => true],
])

export const vpcAttachmentState = lifecycle<'attaching' | 'attached' | 'detaching' | 'detached', VpcAttachment>([
  ['detached', (attachment, _seen, now) => reached(attachment.detachedAt, now)],
  ['detaching', (attachment, _seen, now) => reached(attachment.detachAskedAt, now)],
  ['attaching', (attachment, _seen, now) => !reached(attachment.attachedAt, now)],
  ['attached', () => true],
])

export const transitGatewayState = lifecycle<
  'pending' | 'available' | 'modifying' | 'deleting' | 'deleted',
  TransitGateway
>([
  ['deleted', (gateway, _seen, now) => reached(gateway.deletedAt, now)],
  ['deleting', (gateway, _seen, now) => reached(gateway.deleteAskedAt, now)],
  ['pending', (gateway, _seen, now) => !reached(gateway.availableAt, now)],
  ['modifying', (gateway, _seen, now) => gateway.modifiedAt !== null && !reached(gateway.modifiedAt, now)],
  ['available', () => true],
])

/** Within one account nobody has to accept or can reject it. */
export const transitGatewayVpcAttachmentState = lifecycle<
  'pending' | 'available' | 'deleting' | 'deleted',
  TransitGatewayVpcAttachment
>([
  ['deleted', (attachment, _seen, now) => reached(attachment.deletedAt, now)],
  ['deleting', (attachment, _seen, now) => reached(attachment.deleteAskedAt, now)],
  ['pending', (attachment, _seen, now) => !reached(attachment.attachedAt, now)],
  ['available', () => true],
])
