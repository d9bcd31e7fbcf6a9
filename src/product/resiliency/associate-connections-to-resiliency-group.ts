import { reached } from '../lifecycle.ts'
import { type Operation, save } from '../operation.ts'
import { once } from './client-token.ts'
import { type ResiliencyAssociation, resiliencyAssociationId } from './resiliency-association.ts'
import { checkLimit, checkNew, liveGroup, namedConnections, presentIn } from './rules.ts'
import { showAssociations } from './show.ts'

/**
 * All of the connections or none. That the group does not meet its intended model yet, or no longer, refuses nothing: a
 * group is filled step by step, and the API has no word for it. Operators see it.
 * @source behaviour catalogue A.1, B.8
 */
export const AssociateConnectionsToResiliencyGroup: Operation<'AssociateConnectionsToResiliencyGroup'> = async (
  snapshot,
  input,
) => {
  const { now, settings } = snapshot
  const { groupId, remember } = await once(snapshot, 'AssociateConnectionsToResiliencyGroup', input)
  const connections = await namedConnections(snapshot, input.connectionIdentifiers)
  if (groupId !== undefined) return { changes: [], show: (after) => showAssociations(after, groupId, connections) }

  const group = await liveGroup(snapshot, input.resiliencyGroupId)
  const associations = await snapshot.list('resiliency-association', 'group', group.id)
  for (const connection of connections) checkNew(connection, group, associations, now)
  const staying = (await presentIn(snapshot, associations)).filter(
    ([association]) => !reached(association.disassociateAskedAt, now),
  )
  const count = staying.length + connections.length
  await checkLimit(snapshot, 'connectionsPerResiliencyGroup', count, `connections in ResiliencyGroup ${group.id}`)
  const added = connections.map(
    (connection): ResiliencyAssociation => ({
      id: resiliencyAssociationId(group.id, connection.id),
      createdAt: now,
      groupId: group.id,
      connectionId: connection.id,
      associatedAt: now + settings.timing.associate,
      disassociateAskedAt: null,
      disassociatedAt: null,
    }),
  )
  return {
    changes: [...added.map((association) => save('resiliency-association', association)), ...remember(group.id)],
    show: (after) => showAssociations(after, group.id, connections),
  }
}
