import { placeOrder } from '../connections/order.ts'
import { checkedName } from '../names.ts'
import { create, type Operation } from '../operation.ts'
import { viewOf } from '../view.ts'
import { checkInterconnectSpeed, checkPartner } from './rules.ts'
import { showInterconnect } from './show.ts'

export const CreateInterconnect: Operation<'CreateInterconnect'> = async (snapshot, input) => {
  await checkPartner(snapshot)
  const name = checkedName(input.interconnectName, 'interconnectName')
  checkInterconnectSpeed(input.bandwidth)
  const interconnect = await placeOrder(snapshot, 'interconnect', name, input)
  return {
    changes: [create('connection', interconnect)],
    show: async (after) => showInterconnect(interconnect, await viewOf(after, { connections: [interconnect] })),
  }
}
