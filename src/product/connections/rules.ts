import { accountOf, quotaOf } from '../accounts/account.ts'
import { faults, refuse } from '../fault.ts'
import type { Location } from '../inventory/location.ts'
import { reached } from '../lifecycle.ts'
import { listedAfterEnd } from '../settings.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Connection, endOf } from './connection.ts'

/**
 * The caller's own connection, dedicated or hosted, in the Region of the call. It may be on its way out, or be gone for
 * so short a time that it can still be asked for. Everything else looks as if it did not exist.
 */
export async function ownConnection(snapshot: Snapshot, id: string): Promise<Connection> {
  const connection = await ownPort(snapshot, id)
  if (connection.role === 'interconnect') throw faults.connectionNotFound(id)
  return connection
}

/** As `ownConnection`, but a partner's interconnect is welcome too. */
export async function ownPort(snapshot: Snapshot, id: string): Promise<Connection> {
  const connection = await knownConnection(snapshot, id)
  if (connection?.ownerAccount !== snapshot.caller.accountId) throw faults.connectionNotFound(id)
  return connection
}

/** A connection that the caller owns, of whatever role, or that the caller hosts for a customer. */
export async function partyConnection(snapshot: Snapshot, id: string): Promise<Connection> {
  const connection = await knownConnection(snapshot, id)
  const { accountId } = snapshot.caller
  if (connection?.ownerAccount !== accountId && connection?.partnerAccount !== accountId)
    throw faults.connectionNotFound(id)
  return connection
}

/** A connection of the Region of the call that can still be asked for, whoever owns it. */
export async function knownConnection(snapshot: Snapshot, id: string): Promise<Connection | undefined> {
  const connection = await snapshot.get('connection', id)
  return connection?.region === snapshot.caller.region && isRemembered(connection, snapshot.now)
    ? connection
    : undefined
}

/** As `ownConnection`, of several in the order in which they are named. */
export async function ownConnections(snapshot: Snapshot, ids: readonly string[]): Promise<readonly Connection[]> {
  const { caller, now } = snapshot
  const found = new Map((await snapshot.getAll('connection', ids)).map((connection) => [connection.id, connection]))
  return ids.map((id) => {
    const connection = found.get(id)
    const own = connection?.ownerAccount === caller.accountId && connection.region === caller.region
    if (!own || connection.role === 'interconnect' || !isRemembered(connection, now))
      throw faults.connectionNotFound(id)
    return connection
  })
}

/** Whether it can still be asked for: it has not ended, or not long ago. */
export function isRemembered(connection: Connection, now: number): boolean {
  const end = endOf(connection)
  return !reached(end === null ? null : end + listedAfterEnd, now)
}

/** Refuses to work on what is deleted, being deleted, or declined. */
export function checkAlive(connection: Connection, now: number): void {
  if (
    reached(connection.deletedAt, now) ||
    reached(connection.deleteAskedAt, now) ||
    reached(connection.rejectedAt, now)
  )
    throw refuse(`Connection ${connection.id} is deleted or being deleted`)
}

/**
 * An account has at most 10 active ports at a location, whatever they are for.
 * @source behaviour catalogue D
 */
export async function checkConnectionQuota(snapshot: Snapshot, site: Location, added: number): Promise<void> {
  const { caller, now } = snapshot
  const quota = quotaOf(snapshot, await accountOf(snapshot, caller.accountId), 'connectionsPerLocation')
  if (quota === Number.POSITIVE_INFINITY) return
  const present = await snapshot.list('connection', 'site', `${caller.accountId} ${site.code}`)
  const active = present.filter((c) => !reached(c.deletedAt, now) && !reached(c.deleteAskedAt, now))
  if (active.length + added > quota)
    throw refuse(`You have reached the limit of ${quota} connections at location ${site.code}`)
}
