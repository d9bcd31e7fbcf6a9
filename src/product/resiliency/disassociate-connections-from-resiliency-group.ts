import { refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import { type Operation, save } from '../operation.ts'
import { once } from './client-token.ts'
import { liveGroup, namedConnections } from './rules.ts'
import { showAssociations } from './show.ts'

/** All of the connections or none. @source behaviour catalogue A.1, B.8 */
export const DisassociateConnectionsFromResiliencyGroup: Operation<
  'DisassociateConnectionsFromResiliencyGroup'
> = async (snapshot, input) => {
  const { now, settings } = snapshot
  const { groupId, remember } = await once(snapshot, 'DisassociateConnectionsFromResiliencyGroup', input)
  const connections = await namedConnections(snapshot, input.connectionIdentifiers)
  if (groupId !== undefined) return { changes: [], show: (after) => showAssociations(after, groupId, connections) }

  const group = await liveGroup(snapshot, input.resiliencyGroupId)
  const associations = await snapshot.list('resiliency-association', 'group', group.id)
  const leaving = connections.map(({ id }) => {
    const association = associations.find(({ connectionId }) => connectionId === id)
    if (association === undefined || reached(association.disassociateAskedAt, now))
      throw refuse(`Connection ${id} is not associated with ResiliencyGroup ${group.id}`)
    return { ...association, disassociateAskedAt: now, disassociatedAt: now + settings.timing.delete }
  })
  return {
    changes: [...leaving.map((association) => save('resiliency-association', association)), ...remember(group.id)],
    show: (after) => showAssociations(after, group.id, connections),
  }
}
