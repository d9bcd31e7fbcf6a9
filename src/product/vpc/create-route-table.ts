import { create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { refuse } from './faults.ts'
import { own, ownerOf, vpcs } from './nouns.ts'
import type { RouteTable } from './route-table.ts'
import { routeViewOf } from './routes.ts'
import { showRouteTable } from './show-route-table.ts'
import { type TagSpecification, tagsFor } from './tags.ts'

export interface CreateRouteTableInput {
  readonly VpcId: string
  readonly ClientToken?: string | undefined
  readonly TagSpecification?: readonly TagSpecification[] | undefined
}

const mostTables = 200

export async function CreateRouteTable(
  snapshot: Snapshot,
  input: CreateRouteTableInput,
): Promise<Decision<{ readonly routeTable: ReturnType<typeof showRouteTable> }>> {
  const { now, caller } = snapshot
  const show = async (table: RouteTable) => ({
    routeTable: showRouteTable(table, await routeViewOf(snapshot, [table])),
  })
  const vpc = await own(snapshot, vpcs, input.VpcId)
  const made = input.ClientToken === undefined ? undefined : await tableMadeWith(snapshot, input.ClientToken)
  if (made !== undefined) {
    if (made.vpcId !== vpc.id)
      throw refuse('IdempotentParameterMismatch', 'The client token has been used with other parameters.')
    return { changes: [], show: () => show(made) }
  }
  const present = await snapshot.list('route-table', 'vpc', vpc.id)
  if (present.length >= mostTables)
    throw refuse('RouteTableLimitExceeded', 'The maximum number of route tables has been reached.')
  const table: RouteTable = {
    id: snapshot.id('rtb'),
    createdAt: now,
    ownerAccount: caller.accountId,
    region: caller.region,
    vpcId: vpc.id,
    mainAssociationId: null,
    propagating: [],
    tags: tagsFor('route-table', input.TagSpecification),
    clientToken: input.ClientToken ?? null,
    deletedAt: null,
  }
  return {
    changes: [create('route-table', table)],
    show: () => show(table),
  }
}

/** @source Amazon EC2 API Reference, "Ensuring idempotency": up to 64 ASCII characters */
async function tableMadeWith(snapshot: Snapshot, token: string): Promise<RouteTable | undefined> {
  if (!/^[ -~]{1,64}$/.test(token))
    throw refuse('InvalidParameterValue', 'ClientToken must have 1 to 64 printable ASCII characters.')
  const owner = ownerOf(snapshot)
  const found = await snapshot.list('route-table', 'clientToken', token)
  return found.find((table) => `${table.ownerAccount} ${table.region}` === owner)
}
