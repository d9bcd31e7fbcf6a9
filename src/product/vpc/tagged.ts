import { quote } from '../../contract/quote.ts'
import { reached } from '../lifecycle.ts'
import type { Change } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Tags } from '../tags/rules.ts'
import { faults, refuse } from './faults.ts'
import {
  type Noun,
  type Owned,
  own,
  ownerOf,
  routeTables,
  subnets,
  transitGateways,
  transitGatewayVpcAttachments,
  vpcs,
  vpnGateways,
} from './nouns.ts'

/** A resource of EC2 with its tags, whatever it is. */
export interface TaggedResource {
  readonly id: string
  readonly createdAt: number
  readonly type: string
  readonly tags: Tags
}

/** Changes the tags of the caller's resources that are named; a resource named twice counts once. */
export async function retagged(
  snapshot: Snapshot,
  ids: readonly string[],
  change: (present: Tags) => Tags,
): Promise<readonly Change[]> {
  if (ids.length === 0) throw faults.missing('resourceIdSet')
  const changes: Change[] = []
  for (const id of new Set(ids)) changes.push(await retag(snapshot, id, change))
  return changes
}

async function retag(snapshot: Snapshot, id: string, change: (present: Tags) => Tags): Promise<Change> {
  const [prefix] = /^(tgw-attach|[a-z]+)-/.exec(id) ?? []
  const of = async <R extends Owned>(noun: Noun<R>) => {
    const record = await own(snapshot, noun, id)
    return noun.retag(record, change(record.tags))
  }
  switch (prefix) {
    case vpcs.idPrefix:
      return of(vpcs)
    case vpnGateways.idPrefix:
      return of(vpnGateways)
    case transitGateways.idPrefix:
      return of(transitGateways)
    case transitGatewayVpcAttachments.idPrefix:
      return of(transitGatewayVpcAttachments)
    case subnets.idPrefix:
      return of(subnets)
    case routeTables.idPrefix:
      return of(routeTables)
    default:
      throw refuse('InvalidID', `The ID ${quote(id)} is not valid`)
  }
}

/** Everything that the caller has in the Region of the call, oldest first, that is not deleted. */
export async function taggedResources(snapshot: Snapshot): Promise<readonly TaggedResource[]> {
  const owner = ownerOf(snapshot)
  const of = async <R extends Owned>(noun: Noun<R>): Promise<readonly TaggedResource[]> =>
    (await noun.owned(snapshot, owner))
      .filter((record) => !reached(record.deletedAt, snapshot.now))
      .map(({ id, createdAt, tags }) => ({ id, createdAt, type: noun.type, tags }))
  const all = [
    await of(vpcs),
    await of(subnets),
    await of(vpnGateways),
    await of(transitGateways),
    await of(transitGatewayVpcAttachments),
    await of(routeTables),
  ].flat()
  return all.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}
