import type { EnumValue } from '../../contract/types.ts'
import type { Connection } from '../connections/connection.ts'
import { stateOf } from '../connections/show.ts'
import { answer, type Decision } from '../operation.ts'
import { listPageWhere } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { showTime } from '../time.ts'
import { deviceBeneath } from '../topology.ts'
import { type View, viewOf } from '../view.ts'
import { type Verdict, verdictOn } from './intended-model.ts'
import { type ResiliencyAssociation, resiliencyAssociationState } from './resiliency-association.ts'
import { type ResiliencyGroup, resiliencyGroupState } from './resiliency-group.ts'
import { presentIn } from './rules.ts'

export interface GroupFilter {
  readonly accountId?: string | undefined
  readonly limit?: number | undefined
  readonly nextToken?: string | undefined
}

/** A resiliency group as operators see it: what it is meant to be, and whether it is. */
export interface GroupFacts {
  readonly resiliencyGroupId: string
  readonly name: string
  readonly ownerAccount: string
  readonly state: EnumValue<'ResiliencyGroupState'>
  readonly intendedResiliencyModel: EnumValue<'ResiliencyModel'>
  readonly meetsIntendedModel: boolean
  /** Why it does not. */
  readonly reasons: readonly string[]
  readonly connections: readonly ConnectionInGroup[]
  readonly createdAt: string
}

interface ConnectionInGroup {
  readonly connectionId: string
  readonly associationState: EnumValue<'ResiliencyGroupAssociationState'>
  readonly connectionState: EnumValue<'ConnectionState'>
  readonly location: string
  readonly deviceId: string | null
}

type Member = readonly [ResiliencyAssociation, Connection]

/** Every account's resiliency groups, oldest first, each held against the devices and locations of its connections. */
export async function listGroupsWithVerdict(
  snapshot: Snapshot,
  { accountId, limit, nextToken }: GroupFilter,
): Promise<Decision<{ readonly resiliencyGroups: readonly GroupFacts[]; readonly nextToken?: string | undefined }>> {
  const bounds = { maxResults: limit, nextToken }
  const page = await listPageWhere(snapshot, 'resiliency-group', 'all', '*', bounds, async (groups) =>
    accountId === undefined ? groups : groups.filter((group) => group.ownerAccount === accountId),
  )
  const ids = page.records.map((group) => group.id)
  const members = await presentIn(snapshot, await snapshot.list('resiliency-association', 'group', ids))
  const view = await viewOf(snapshot, { connections: members.map(([, connection]) => connection) })
  const byGroup = Map.groupBy(members, ([association]) => association.groupId)
  return answer({
    resiliencyGroups: page.records.map((group) => showToOperator(group, byGroup.get(group.id) ?? [], view)),
    nextToken: page.nextToken,
  })
}

function showToOperator(group: ResiliencyGroup, members: readonly Member[], view: View): GroupFacts {
  const connections = members.map(
    ([association, connection]): ConnectionInGroup => ({
      connectionId: connection.id,
      associationState: resiliencyAssociationState.at(association, undefined, view.now),
      connectionState: stateOf(connection, view),
      location: connection.siteCode,
      deviceId: deviceBeneath(view.topology, connection.id) ?? null,
    }),
  )
  const { meets, reasons } = verdict(group, connections)
  return {
    resiliencyGroupId: group.id,
    name: group.name,
    ownerAccount: group.ownerAccount,
    state: resiliencyGroupState.at(group, undefined, view.now),
    intendedResiliencyModel: group.intendedModel,
    meetsIntendedModel: meets,
    reasons,
    connections,
    createdAt: showTime(group.createdAt),
  }
}

/**
 * What counts is where connections end that are associated and have their port. Whether they are up at this moment is
 * another question: a model says what may fail.
 */
function verdict(group: ResiliencyGroup, connections: readonly ConnectionInGroup[]): Verdict {
  const associated = connections.filter(({ associationState }) => associationState === 'associated')
  const counted = associated.filter(({ connectionState }) => assigned.has(connectionState))
  const found = verdictOn(
    group.intendedModel,
    counted.map(({ connectionId, location, deviceId }) => ({
      connectionId,
      siteCode: location,
      deviceId: deviceId ?? '',
    })),
  )
  const uncounted = associated.filter((connection) => !counted.includes(connection))
  return found.meets
    ? found
    : {
        meets: false,
        reasons: [
          ...found.reasons,
          ...uncounted.map(
            ({ connectionId, connectionState }) =>
              `Connection ${connectionId} does not count: it is ${connectionState}`,
          ),
        ],
      }
}

const assigned: ReadonlySet<string> = new Set(['pending', 'available', 'down'])
