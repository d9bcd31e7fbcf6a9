import { reached } from '../lifecycle.ts'
import { create, type Operation } from '../operation.ts'
import { checkedTags } from '../tags/rules.ts'
import { once } from './client-token.ts'
import type { ResiliencyGroup } from './resiliency-group.ts'
import { checkLimit, ownGroup } from './rules.ts'
import { showGroup } from './show.ts'

/**
 * A group without connections. Its name need not be its own: a group is known by its id, and nothing in the API's model
 * answers a name that is taken.
 * @source behaviour catalogue A.1, B.8
 */
export const CreateResiliencyGroup: Operation<'CreateResiliencyGroup'> = async (snapshot, input) => {
  const { now, caller, settings } = snapshot
  const { groupId, remember } = await once(snapshot, 'CreateResiliencyGroup', input)
  if (groupId !== undefined) {
    const made = await ownGroup(snapshot, groupId)
    return { changes: [], show: (after) => ({ resiliencyGroup: showGroup(made, after) }) }
  }
  const owned = await snapshot.list('resiliency-group', 'owner', caller.accountId)
  const live = owned.filter((group) => !reached(group.deleteAskedAt, now))
  await checkLimit(snapshot, 'resiliencyGroupsPerAccount', live.length + 1, 'resiliency groups')
  const group: ResiliencyGroup = {
    id: snapshot.id('dxrg'),
    createdAt: now,
    ownerAccount: caller.accountId,
    name: input.resiliencyGroupName,
    intendedModel: input.intendedResiliencyModel,
    tags: checkedTags(input.tags),
    availableAt: now + settings.timing.provision,
    deleteAskedAt: null,
    deletedAt: null,
  }
  return {
    changes: [create('resiliency-group', group), ...remember(group.id)],
    show: (after) => ({ resiliencyGroup: showGroup(group, after) }),
  }
}
