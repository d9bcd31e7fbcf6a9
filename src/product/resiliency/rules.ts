import { quote } from '../../contract/quote.ts'
import { accountOf, quotaOf } from '../accounts/account.ts'
import { partitionOf, readArn } from '../arn.ts'
import { type Connection, endOf } from '../connections/connection.ts'
import { checkAlive, isRemembered } from '../connections/rules.ts'
import { Fault, faults, refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { QuotaName } from '../settings.ts'
import type { Snapshot } from '../snapshot.ts'
import type { ResiliencyAssociation } from './resiliency-association.ts'
import { type ResiliencyGroup, resiliencyGroupKind } from './resiliency-group.ts'

/** The caller's own group, which may be deleted for a short time; another's looks as if it did not exist. */
export async function ownGroup(snapshot: Snapshot, givenId: string): Promise<ResiliencyGroup> {
  // The model takes ids in capitals too.
  const id = givenId.toLowerCase()
  const group = await snapshot.get('resiliency-group', id)
  const own = group?.ownerAccount === snapshot.caller.accountId
  if (!own || reached(resiliencyGroupKind.hiddenFrom(group), snapshot.now))
    throw refuse(`ResiliencyGroup ${id} does not exist.`)
  return group
}

/** The caller's own group, which nobody has deleted. */
export async function liveGroup(snapshot: Snapshot, id: string): Promise<ResiliencyGroup> {
  const group = await ownGroup(snapshot, id)
  if (reached(group.deleteAskedAt, snapshot.now))
    throw refuse(`ResiliencyGroup ${group.id} is deleted or being deleted`)
  return group
}

/**
 * The caller's connections that ids or ARNs name, each once, in their order. A group is of no Region, and so are those in
 * it: what stands in for each other should be far apart.
 * @source behaviour catalogue A.1, A.4
 */
export async function namedConnections(
  snapshot: Snapshot,
  identifiers: readonly string[],
): Promise<readonly Connection[]> {
  const named = identifiers.map((identifier) => ({ identifier, ...idOf(identifier) }))
  const ids = [...new Set(named.map(({ id }) => id))]
  const found = new Map((await snapshot.getAll('connection', ids)).map((connection) => [connection.id, connection]))
  for (const { identifier, id, arn } of named) {
    const connection = found.get(id)
    const own =
      connection?.ownerAccount === snapshot.caller.accountId &&
      connection.role !== 'interconnect' &&
      isRemembered(connection, snapshot.now) &&
      (arn === undefined || arn === connectionArn(connection))
    if (!own) throw faults.connectionNotFound(identifier)
  }
  return ids.flatMap((id) => found.get(id) ?? [])
}

function idOf(identifier: string): { readonly id: string; readonly arn?: string } {
  if (!identifier.startsWith('arn:')) return { id: identifier }
  const arn = readArn(identifier)
  if (arn?.type !== 'dxcon')
    throw refuse(`Invalid value ${quote(identifier)} for connectionIdentifiers: it is not the ARN of a connection`)
  return { id: arn.id, arn: identifier }
}

export function connectionArn({ id, region, ownerAccount }: Connection): string {
  return `arn:${partitionOf(region)}:directconnect:${region}:${ownerAccount}:dxcon/${id}`
}

/** Connections that end leave their groups without a word. */
export async function presentIn(
  snapshot: Snapshot,
  associations: readonly ResiliencyAssociation[],
): Promise<readonly (readonly [ResiliencyAssociation, Connection])[]> {
  const ids = associations.map(({ connectionId }) => connectionId)
  const found = new Map((await snapshot.getAll('connection', ids)).map((connection) => [connection.id, connection]))
  return associations.flatMap((association) => {
    const connection = found.get(association.connectionId)
    return connection === undefined || reached(endOf(connection), snapshot.now)
      ? []
      : [[association, connection] as const]
  })
}

export function checkNew(
  connection: Connection,
  group: ResiliencyGroup,
  present: readonly ResiliencyAssociation[],
  now: number,
) {
  checkAlive(connection, now)
  const association = present.find(({ connectionId }) => connectionId === connection.id)
  if (association === undefined || reached(association.disassociatedAt, now)) return
  throw refuse(
    reached(association.disassociateAskedAt, now)
      ? `Connection ${connection.id} is still being disassociated from ResiliencyGroup ${group.id}`
      : `Connection ${connection.id} is already associated with ResiliencyGroup ${group.id}`,
  )
}

/** Declared as LimitExceededException for resiliency groups. @source behaviour catalogue A.1 */
export async function checkLimit(snapshot: Snapshot, name: QuotaName, count: number, what: string): Promise<void> {
  const quota = quotaOf(snapshot, await accountOf(snapshot, snapshot.caller.accountId), name)
  if (count > quota) throw new Fault('LimitExceededException', `You have reached the limit of ${quota} ${what}`)
}
