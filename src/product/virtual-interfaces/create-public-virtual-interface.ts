import { create, type Operation } from '../operation.ts'
import { orderedForOneself } from './order.ts'
import { shownAfter } from './show.ts'

export const CreatePublicVirtualInterface: Operation<'CreatePublicVirtualInterface'> = async (snapshot, input) => {
  const { connectionId, newPublicVirtualInterface } = input
  const vif = await orderedForOneself(snapshot, 'public', connectionId, newPublicVirtualInterface)
  return { changes: [create('virtual-interface', vif)], show: (after) => shownAfter(vif, after) }
}
