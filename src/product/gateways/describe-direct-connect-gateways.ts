import { answer, type Operation } from '../operation.ts'
import { listPage } from '../paging.ts'
import { type Gateway, gatewayState } from './gateway.ts'
import { showGateways } from './show.ts'

/** Gateways are global: the Region of the call does not matter. An unknown id gives an empty list. */
export const DescribeDirectConnectGateways: Operation<'DescribeDirectConnectGateways'> = async (snapshot, input) => {
  const { now, caller } = snapshot
  if (input.directConnectGatewayId !== undefined) {
    const gateway = await snapshot.get('gateway', input.directConnectGatewayId)
    const visible = (g: Gateway) =>
      g.ownerAccount === caller.accountId && gatewayState.at(g, undefined, now) !== 'deleted'
    return answer({
      directConnectGateways: gateway !== undefined && visible(gateway) ? await showGateways(snapshot, [gateway]) : [],
    })
  }
  const { records, nextToken } = await listPage(snapshot, 'gateway', 'owner', caller.accountId, input)
  return answer({ directConnectGateways: await showGateways(snapshot, records), nextToken })
}
