import { checkedName } from '../names.ts'
import { type Operation, save } from '../operation.ts'
import { ownGateway } from './rules.ts'
import { showGateways } from './show.ts'

export const UpdateDirectConnectGateway: Operation<'UpdateDirectConnectGateway'> = async (snapshot, input) => {
  const gateway = await ownGateway(snapshot, input.directConnectGatewayId)
  const renamed = {
    ...gateway,
    name: checkedName(input.newDirectConnectGatewayName, 'newDirectConnectGatewayName'),
  }
  return {
    changes: [save('gateway', renamed)],
    show: async (after) => ({ directConnectGateway: (await showGateways(after, [renamed]))[0] }),
  }
}
