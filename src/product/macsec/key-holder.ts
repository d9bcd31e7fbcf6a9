import type { Connection } from '../connections/connection.ts'
import { checkAlive, ownPort } from '../connections/rules.ts'
import { refuse } from '../fault.ts'
import { asSeen } from '../history.ts'
import { liveLag, rememberUp } from '../lags/rules.ts'
import { type Change, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { isConnectionId, loadTopology } from '../topology.ts'
import type { Encryption } from './macsec-key.ts'
import { isLive, withoutKeys } from './rules.ts'

/** What keys are associated with: a port on its own, or a LAG with all its members. */
export interface KeyHolder {
  readonly id: string
  /** How a refusal names it, such as `Lag dxlag-ffjhj9lx`. */
  readonly subject: string
  readonly present: Encryption
  readonly changed: (encryption: Encryption) => readonly Change[]
}

/**
 * The caller's port or LAG of that id, ordered with MACsec. In a LAG the keys are the LAG's.
 * @source behaviour catalogue A.1 AssociateMacSecKey, B.6, E.8
 */
export async function keyHolder(snapshot: Snapshot, id: string): Promise<KeyHolder> {
  return isConnectionId(id) ? portHolder(snapshot, id) : lagHolder(snapshot, id)
}

async function portHolder(snapshot: Snapshot, id: string): Promise<KeyHolder> {
  const connection = await ownPort(snapshot, id)
  checkAlive(connection, snapshot.now)
  const subject = `Connection ${id}`
  checkCapable(subject, connection.requestMacSec)
  if (connection.lagId !== null) throw refuse(`${subject} is in Lag ${connection.lagId}, whose MACsec keys apply`)
  const observed = await snapshot.observe(await loadTopology(snapshot, { connections: [connection] }))
  const seen = asSeen(observed, id)
  return {
    id,
    subject,
    present: connection,
    changed: (encryption) => [save('connection', { ...connection, ...seen, ...encryption })],
  }
}

async function lagHolder(snapshot: Snapshot, id: string): Promise<KeyHolder> {
  const lag = await liveLag(snapshot, id)
  const subject = `Lag ${id}`
  checkCapable(subject, lag.requestMacSec)
  const topology = await loadTopology(snapshot, { lags: [lag] })
  const members = topology.members.get(id) ?? []
  const seen = rememberUp(lag, await snapshot.observe(topology), snapshot.now)
  return {
    id,
    subject,
    present: lag,
    changed: (encryption) => [
      save('lag', { ...seen, ...encryption }),
      ...members.map((member) => save('connection', inStep(snapshot, member, encryption))),
    ],
  }
}

function checkCapable(subject: string, requestMacSec: boolean): void {
  if (!requestMacSec) throw refuse(`${subject} is not MACsec capable`)
}

/**
 * A member of a LAG that encrypts as the LAG does: keys that it had of its own go, and the LAG's are in use on it from
 * the moment it is in the LAG.
 * @source behaviour catalogue B.6
 */
export function inStep(snapshot: Snapshot, member: Connection, lag: Encryption): Connection {
  const joinedAt = member.lagJoinedAt ?? snapshot.now
  const ofLag = lag.macSecKeys
    .filter((key) => isLive(key) || (key.disassociateAskedAt ?? 0) > joinedAt)
    .map((key) => ({ ...key, associatedAt: Math.max(key.associatedAt, joinedAt) }))
  const secrets = new Set(ofLag.map((key) => key.secretArn))
  const own = member.macSecKeys.filter((key) => !isLive(key) || !secrets.has(key.secretArn))
  const given = own.filter((key) => !ofLag.some((other) => sameTerm(key, other)))
  return {
    ...member,
    encryptionMode: lag.encryptionMode,
    macSecKeys: [...withoutKeys(snapshot, given, () => true), ...ofLag],
  }
}

type Term = Encryption['macSecKeys'][number]

/** One secret may be associated, taken away and associated again. */
function sameTerm(a: Term, b: Term): boolean {
  return a.secretArn === b.secretArn && a.askedAt === b.askedAt
}
