import type { Shape } from '../../contract/types.ts'
import { partitionOf } from '../arn.ts'
import type { Connection } from '../connections/connection.ts'
import type { Snapshot } from '../snapshot.ts'
import {
  type ResiliencyAssociation,
  resiliencyAssociationId,
  resiliencyAssociationState,
} from './resiliency-association.ts'
import { type ResiliencyGroup, resiliencyGroupState } from './resiliency-group.ts'
import { connectionArn } from './rules.ts'

export function showGroup(
  group: ResiliencyGroup,
  snapshot: Pick<Snapshot, 'now' | 'caller'>,
): Shape<'ResiliencyGroup'> {
  return { ...showSummary(group, snapshot), tags: group.tags }
}

export function showSummary(
  { id, ownerAccount, name, ...facts }: ResiliencyGroup,
  { now, caller }: Pick<Snapshot, 'now' | 'caller'>,
): Shape<'ResiliencyGroupSummary'> {
  return {
    resiliencyGroupId: id,
    // A group is of no Region; the part of the cloud is that of the call.
    resiliencyGroupArn: `arn:${partitionOf(caller.region)}:directconnect::${ownerAccount}:dx-resiliency-group/${id}`,
    resiliencyGroupName: name,
    resiliencyGroupType: 'Managed',
    ownerAccount,
    state: resiliencyGroupState.at({ id, ownerAccount, name, ...facts }, undefined, now),
  }
}

export function showAssociation(
  association: ResiliencyAssociation,
  connection: Connection,
  now: number,
): Shape<'ResiliencyGroupAssociation'> {
  return {
    resiliencyGroupId: association.groupId,
    connectionArn: connectionArn(connection),
    state: resiliencyAssociationState.at(association, undefined, now),
  }
}

/** The associations of a group with these connections, in their order, as an operation leaves them. */
export async function showAssociations(after: Snapshot, groupId: string, connections: readonly Connection[]) {
  const ids = connections.map(({ id }) => resiliencyAssociationId(groupId, id))
  const found = new Map((await after.getAll('resiliency-association', ids)).map((each) => [each.connectionId, each]))
  return {
    resiliencyGroupAssociations: connections.flatMap((connection) => {
      const association = found.get(connection.id)
      return association === undefined ? [] : [showAssociation(association, connection, after.now)]
    }),
  }
}
