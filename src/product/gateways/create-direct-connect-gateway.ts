import { accountOf, quotaOf } from '../accounts/account.ts'
import { refuse } from '../fault.ts'
import { checkedName } from '../names.ts'
import { create, type Operation } from '../operation.ts'
import { checkedTags } from '../tags/rules.ts'
import type { Gateway } from './gateway.ts'
import { checkAmazonSideAsn, defaultAmazonSideAsn } from './rules.ts'
import { showGateway } from './show.ts'

export const CreateDirectConnectGateway: Operation<'CreateDirectConnectGateway'> = async (snapshot, input) => {
  const { now, caller, settings } = snapshot
  const quota = quotaOf(snapshot, await accountOf(snapshot, caller.accountId), 'gatewaysPerAccount')
  const owned = await snapshot.list('gateway', 'owner', caller.accountId)
  if (owned.length >= quota) throw refuse(`You have reached the limit of ${quota} Direct Connect gateways`)

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
