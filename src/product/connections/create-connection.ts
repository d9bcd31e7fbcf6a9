import { checkedName } from '../names.ts'
import { create, type Operation } from '../operation.ts'
import { viewWithoutCarried } from '../view.ts'
import { placeOrder } from './order.ts'
import { showConnection } from './show.ts'

export const CreateConnection: Operation<'CreateConnection'> = async (snapshot, input) => {
  const name = checkedName(input.connectionName, 'connectionName')
  const connection = await placeOrder(snapshot, 'dedicated', name, input)
  return {
    changes: [create('connection', connection)],
    show: async (after) => showConnection(connection, await viewWithoutCarried(after, { connections: [connection] })),
  }
}
