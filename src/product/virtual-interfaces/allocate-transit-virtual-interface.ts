import { create, type Operation } from '../operation.ts'
import { orderedForAnother } from './order.ts'
import { shownAfter } from './show.ts'

export const AllocateTransitVirtualInterface: Operation<'AllocateTransitVirtualInterface'> = async (
  snapshot,
  input,
) => {
  const { connectionId, ownerAccount, newTransitVirtualInterfaceAllocation } = input
  const order = newTransitVirtualInterfaceAllocation
  const vif = await orderedForAnother(snapshot, 'transit', connectionId, ownerAccount, order)
  return {
    changes: [create('virtual-interface', vif)],
    show: async (after) => ({ virtualInterface: await shownAfter(vif, after) }),
  }
}
