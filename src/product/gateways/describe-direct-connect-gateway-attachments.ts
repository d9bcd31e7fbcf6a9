import { refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import { answer, type Operation } from '../operation.ts'
import { listPage } from '../paging.ts'
import { virtualInterfaceKind } from '../virtual-interfaces/virtual-interface.ts'
import { showAttachment } from './attachment.ts'

/**
 * For the gateway's owner all that is attached to it, for a virtual interface's owner its own attachment; as long as lists
 * show the virtual interface.
 */
export const DescribeDirectConnectGatewayAttachments: Operation<'DescribeDirectConnectGatewayAttachments'> = async (
  snapshot,
  input,
) => {
  const { directConnectGatewayId: gatewayId, virtualInterfaceId } = input
  const { now, caller } = snapshot
  if (virtualInterfaceId !== undefined) {
    const vif = await snapshot.get('virtual-interface', virtualInterfaceId)
    const gateway = await snapshot.get('gateway', vif?.directConnectGatewayId ?? '')
    const visible =
      vif !== undefined &&
      gateway !== undefined &&
      !reached(virtualInterfaceKind.hiddenFrom(vif), now) &&
      (gatewayId === undefined || gatewayId === gateway.id) &&
      [vif.ownerAccount, gateway.ownerAccount].includes(caller.accountId)
    return answer({ directConnectGatewayAttachments: visible ? [showAttachment(vif, now)] : [] })
  }
  if (gatewayId === undefined) throw refuse('Field directConnectGatewayId or virtualInterfaceId is required')

  const gateway = await snapshot.get('gateway', gatewayId)
  if (gateway?.ownerAccount !== caller.accountId) return answer({ directConnectGatewayAttachments: [] })
  const { records, nextToken } = await listPage(snapshot, 'virtual-interface', 'gateway', gatewayId, input)
  return answer({ directConnectGatewayAttachments: records.map((vif) => showAttachment(vif, now)), nextToken })
}
