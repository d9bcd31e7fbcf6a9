import { reached } from '../lifecycle.ts'
import { type Operation, save } from '../operation.ts'
import type { ResiliencyGroup } from './resiliency-group.ts'
import { ownGroup } from './rules.ts'
import { showGroup } from './show.ts'

/**
 * The group goes and its associations with it; the connections stay as they are. Asking again changes nothing.
 * @source the API reference: deletion is asynchronous; that it may have associations is inferred
 */
export const DeleteResiliencyGroup: Operation<'DeleteResiliencyGroup'> = async (snapshot, input) => {
  const { now, settings } = snapshot
  const group = await ownGroup(snapshot, input.resiliencyGroupId)
  if (reached(group.deleteAskedAt, now))
    return { changes: [], show: (after) => ({ resiliencyGroup: showGroup(group, after) }) }
  const end = now + settings.timing.delete
  const leaving: ResiliencyGroup = { ...group, deleteAskedAt: now, deletedAt: end }
  const associations = await snapshot.list('resiliency-association', 'group', group.id)
  return {
    changes: [
      save('resiliency-group', leaving),
      ...associations
        .filter((association) => !reached(association.disassociateAskedAt, now))
        .map((association) =>
          save('resiliency-association', { ...association, disassociateAskedAt: now, disassociatedAt: end }),
        ),
    ],
    show: (after) => ({ resiliencyGroup: showGroup(leaving, after) }),
  }
}
