import type { EnumValue, Shape } from '../../contract/types.ts'
import { lifecycle, reached } from '../lifecycle.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'

type AttachmentFacts = Pick<VirtualInterface, 'attachedAt' | 'deleteAskedAt' | 'deletedAt'>

/**
 * An attachment is not a record of its own: it is what a virtual interface that names a gateway is to that gateway.
 * @source behaviour catalogue B.5
 */
export const attachmentState = lifecycle<EnumValue<'DirectConnectGatewayAttachmentState'>, AttachmentFacts>([
  ['detached', (vif, _seen, now) => reached(vif.deletedAt, now)],
  ['detaching', (vif, _seen, now) => reached(vif.deleteAskedAt, now)],
  ['attaching', (vif, _seen, now) => !reached(vif.attachedAt, now)],
  ['attached', () => true],
])

export function showAttachment(vif: VirtualInterface, now: number): Shape<'DirectConnectGatewayAttachment'> {
  return {
    directConnectGatewayId: vif.directConnectGatewayId ?? '',
    virtualInterfaceId: vif.id,
    virtualInterfaceRegion: vif.region,
    virtualInterfaceOwnerAccount: vif.ownerAccount,
    attachmentState: attachmentState.at(vif, undefined, now),
    attachmentType: vif.type === 'transit' ? 'TransitVirtualInterface' : 'PrivateVirtualInterface',
  }
}
