import type { Shape } from '../../contract/types.ts'
import { accountOf } from '../accounts/account.ts'
import type { Connection } from '../connections/connection.ts'
import { showConnection } from '../connections/show.ts'
import { checkedName } from '../names.ts'
import { create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { checkedTags, type Tags } from '../tags/rules.ts'
import { viewOf } from '../view.ts'
import { checkFreeVlan, checkOwner, checkSize, type Parent } from './rules.ts'

/** What both operations that allocate a hosted connection ask for. */
export interface Allocation {
  readonly ownerAccount: string
  readonly bandwidth: string
  readonly connectionName: string
  readonly vlan: number
  readonly tags?: Tags | undefined
}

/**
 * A slice of a partner's port, made for a customer who has to accept it. Where it is it has from its parent.
 * @source behaviour catalogue A.1 AllocateHostedConnection
 */
export async function allocate(
  snapshot: Snapshot,
  parent: Parent,
  allocation: Allocation,
): Promise<Decision<Shape<'Connection'>>> {
  const { now, caller } = snapshot
  const { ownerAccount, bandwidth, vlan } = allocation
  const name = checkedName(allocation.connectionName, 'connectionName')
  await checkOwner(snapshot, ownerAccount)
  await checkSize(snapshot, parent, bandwidth)
  await checkFreeVlan(snapshot, parent.id, vlan)
  const connection: Connection = {
    id: snapshot.id('dxcon'),
    createdAt: now,
    role: 'hosted',
    ownerAccount,
    region: caller.region,
    location: parent.location,
    siteCode: parent.siteCode,
    name,
    bandwidth,
    providerName: null,
    tags: checkedTags(allocation.tags),
    deviceId: null,
    portId: null,
    lagId: null,
    lagJoinedAt: null,
    parentId: parent.id,
    partnerAccount: caller.accountId,
    partnerName: (await accountOf(snapshot, caller.accountId)).name,
    vlan,
    requestMacSec: false,
    encryptionMode: 'no_encrypt',
    macSecKeys: [],
    billingMode: 'PayAsYouGo',
    approvedAt: null,
    questions: [],
    loaIssuedAt: null,
    loaProviderName: null,
    cables: [],
    acceptedAt: null,
    provisionedAt: null,
    rejectedAt: null,
    deleteAskedAt: null,
    deletedAt: null,
  }
  return {
    changes: [create('connection', connection)],
    show: async (after) => showConnection(connection, await viewOf(after, { connections: [connection] })),
  }
}
