import { refuse } from '../fault.ts'
import { carriedBy } from '../lags/carried.ts'
import { leaveLag } from '../lags/membership.ts'
import { earlier, reached } from '../lifecycle.ts'
import { type Change, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Connection } from './connection.ts'

export interface Removal {
  readonly changes: readonly Change[]
  /** The connection after them. */
  readonly connection: Connection
}

/**
 * Takes a connection of any role away on behalf of the caller, who is its owner or hosts it. What its customer has not
 * accepted yet, the customer declines by deleting it. Asking twice changes nothing.
 * @source behaviour catalogue A.1 DeleteConnection, A.4, B.1, B.2
 */
export async function removal(snapshot: Snapshot, connection: Connection): Promise<Removal> {
  const { now, caller, settings } = snapshot
  if (reached(connection.deleteAskedAt, now)) return { changes: [], connection }
  await checkNothingOn(snapshot, connection)

  const declined =
    connection.role === 'hosted' && connection.ownerAccount === caller.accountId && !reached(connection.acceptedAt, now)
  const removed: Connection = declined
    ? { ...connection, rejectedAt: now }
    : { ...connection, deleteAskedAt: now, deletedAt: earlier(connection.deletedAt, now + settings.timing.delete) }
  return { changes: [...(await leaveLag(snapshot, connection)), save('connection', removed)], connection: removed }
}

/** Deleting goes from the top downwards: what is on a port goes first. @source behaviour catalogue A.4 */
async function checkNothingOn(snapshot: Snapshot, connection: Connection): Promise<void> {
  const { virtualInterfaces, hosted } = await carriedBy(snapshot, connection)
  const [virtualInterface] = virtualInterfaces
  if (virtualInterface !== undefined)
    throw refuse(
      `Connection ${connection.id} cannot be deleted: VirtualInterface ${virtualInterface.id} is associated with it`,
    )
  const [child] = hosted
  if (child !== undefined)
    throw refuse(`Connection ${connection.id} cannot be deleted: it hosts Connection ${child.id}`)
}
