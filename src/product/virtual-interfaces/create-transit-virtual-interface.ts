import { create, type Operation } from '../operation.ts'
import { orderedForOneself } from './order.ts'
import { shownAfter } from './show.ts'

export const CreateTransitVirtualInterface: Operation<'CreateTransitVirtualInterface'> = async (snapshot, input) => {
  const { connectionId, newTransitVirtualInterface } = input
  const vif = await orderedForOneself(snapshot, 'transit', connectionId, newTransitVirtualInterface)
  return {
    changes: [create('virtual-interface', vif)],
    show: async (after) => ({ virtualInterface: await shownAfter(vif, after) }),
  }
}
