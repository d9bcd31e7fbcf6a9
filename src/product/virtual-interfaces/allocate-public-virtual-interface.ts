import { create, type Operation } from '../operation.ts'
import { orderedForAnother } from './order.ts'
import { shownAfter } from './show.ts'

export const AllocatePublicVirtualInterface: Operation<'AllocatePublicVirtualInterface'> = async (snapshot, input) => {
  const { connectionId, ownerAccount, newPublicVirtualInterfaceAllocation } = input
  const order = newPublicVirtualInterfaceAllocation
  const vif = await orderedForAnother(snapshot, 'public', connectionId, ownerAccount, order)
  return { changes: [create('virtual-interface', vif)], show: (after) => shownAfter(vif, after) }
}
