import { type Operation, save } from '../operation.ts'
import { once } from './client-token.ts'
import type { ResiliencyGroup } from './resiliency-group.ts'
import { liveGroup, ownGroup } from './rules.ts'
import { showGroup } from './show.ts'

/** Only the name changes: what it is intended to meet is settled with its creation. */
export const UpdateResiliencyGroup: Operation<'UpdateResiliencyGroup'> = async (snapshot, input) => {
  const { groupId, remember } = await once(snapshot, 'UpdateResiliencyGroup', input)
  if (groupId !== undefined) {
    const present = await ownGroup(snapshot, groupId)
    return { changes: [], show: (after) => ({ resiliencyGroup: showGroup(present, after) }) }
  }
  const group = await liveGroup(snapshot, input.resiliencyGroupId)
  const renamed: ResiliencyGroup = { ...group, name: input.resiliencyGroupName }
  return {
    changes: [save('resiliency-group', renamed), ...remember(group.id)],
    show: (after) => ({ resiliencyGroup: showGroup(renamed, after) }),
  }
}
