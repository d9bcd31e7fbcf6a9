import type { Connection } from '../connections/connection.ts'
import { checkAlive, ownConnections } from '../connections/rules.ts'
import { showConnection } from '../connections/show.ts'
import { faults, refuse } from '../fault.ts'
import type { Lag } from '../lags/lag.ts'
import { liveLag } from '../lags/rules.ts'
import { type Operation, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { isConnectionId, loadTopology } from '../topology.ts'
import { viewOf } from '../view.ts'

/**
 * All of the connections or none. The members of a LAG cost the same, so that the LAG is named in their place, as it is
 * wherever a connection id may be a LAG's.
 * @source behaviour catalogue A.1; the LAG is inferred
 */
export const UpdateConnectionsBillingMode: Operation<'UpdateConnectionsBillingMode'> = async (snapshot, input) => {
  const { billingMode } = input
  const ids = [...new Set(input.connectionIds)]
  const connections = await ownConnections(snapshot, ids.filter(isConnectionId))
  for (const connection of connections) checkBilled(connection, snapshot.now)
  const lags = await namedLags(
    snapshot,
    ids.filter((id) => !isConnectionId(id)),
  )
  const { members } = await loadTopology(snapshot, { lags })
  const billed = [...connections, ...lags.flatMap((lag) => members.get(lag.id) ?? [])]
  const updated = billed.map((connection): Connection => ({ ...connection, billingMode }))
  return {
    changes: [
      ...updated.map((connection) => save('connection', connection)),
      ...lags.map((lag) => save('lag', { ...lag, billingMode })),
    ],
    show: async (after) => {
      const view = await viewOf(after, { connections: updated })
      return { billingMode, connections: updated.map((connection) => showConnection(connection, view)) }
    },
  }
}

/** What a hosted connection costs is between its owner and the partner. */
function checkBilled(connection: Connection, now: number): void {
  const { id, role, lagId } = connection
  checkAlive(connection, now)
  if (role === 'hosted')
    throw refuse(`Connection ${id} is a hosted connection: only dedicated ones have a billing mode`)
  if (lagId !== null) throw refuse(`Connection ${id} is in Lag ${lagId}, whose billingMode applies`)
}

/** An account has few LAGs, so that each may be looked up by itself. Another's looks as if it did not exist. */
async function namedLags(snapshot: Snapshot, ids: readonly string[]): Promise<readonly Lag[]> {
  const known = await snapshot.getAll('lag', ids)
  const lags: Lag[] = []
  for (const id of ids) {
    const isOwn = known.some((lag) => lag.id === id && lag.ownerAccount === snapshot.caller.accountId)
    if (!isOwn) throw faults.connectionNotFound(id)
    lags.push(await liveLag(snapshot, id))
  }
  return lags
}
