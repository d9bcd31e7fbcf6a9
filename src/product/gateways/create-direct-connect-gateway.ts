import { accountOf, quotaOf } from '../accounts/account.ts'
import { refuse } from '../fault.ts'
import { checkedName } from '../names.ts'
import { create, type Operation } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { checkedTags } from '../tags/rules.ts'
import type { Gateway } from './gateway.ts'
import { checkAmazonSideAsn, defaultAmazonSideAsn } from './rules.ts'
import { showGateway } from './show.ts'

export const CreateDirectConnectGateway: Operation<'CreateDirectConnectGateway'> = async (snapshot, input) => {
  const { now, caller, settings } = snapshot
  const quota = quotaOf(snapshot, await accountOf(snapshot, caller.accountId), 'gatewaysPerAccount')
  if (await isFull(snapshot, quota)) throw refuse(`You have reached the limit of ${quota} Direct Connect gateways`)

  const gateway: Gateway = {
    id: snapshot.uuid(),
    createdAt: now,
    ownerAccount: caller.accountId,
    name: checkedName(input.directConnectGatewayName, 'directConnectGatewayName'),
    amazonSideAsn: checkAmazonSideAsn(input.amazonSideAsn ?? defaultAmazonSideAsn),
    tags: checkedTags(input.tags),
    availableAt: now + settings.timing.provision,
    deleteAskedAt: null,
    deletedAt: null,
  }
  return {
    changes: [create('gateway', gateway)],
    show: () => ({ directConnectGateway: showGateway(gateway, [], now) }),
  }
}

/** Whether the caller has as many gateways as it may; no more are read than that takes. */
async function isFull(snapshot: Snapshot, quota: number): Promise<boolean> {
  if (quota === Number.POSITIVE_INFINITY) return false
  return (await snapshot.list('gateway', 'owner', snapshot.caller.accountId, { limit: quota })).length >= quota
}
