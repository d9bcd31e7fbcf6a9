import { create, type Operation } from '../operation.ts'
import { orderedForAnother } from './order.ts'
import { shownAfter } from './show.ts'

export const AllocatePrivateVirtualInterface: Operation<'AllocatePrivateVirtualInterface'> = async (
  snapshot,
  input,
) => {
  const { connectionId, ownerAccount, newPrivateVirtualInterfaceAllocation } = input
  const order = newPrivateVirtualInterfaceAllocation
  const vif = await orderedForAnother(snapshot, 'private', connectionId, ownerAccount, order)
  return { changes: [create('virtual-interface', vif)], show: (after) => shownAfter(vif, after) }
}
