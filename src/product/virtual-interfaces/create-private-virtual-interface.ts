import { create, type Operation } from '../operation.ts'
import { orderedForOneself } from './order.ts'
import { shownAfter } from './show.ts'

export const CreatePrivateVirtualInterface: Operation<'CreatePrivateVirtualInterface'> = async (snapshot, input) => {
  const { connectionId, newPrivateVirtualInterface } = input
  const vif = await orderedForOneself(snapshot, 'private', connectionId, newPrivateVirtualInterface)
  return { changes: [create('virtual-interface', vif)], show: (after) => shownAfter(vif, after) }
}
