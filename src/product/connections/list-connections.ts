import type { EnumValue } from '../../contract/types.ts'
import { answer, type Decision } from '../operation.ts'
import { listPageWhere } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'
import { connectionNamed } from './of-operator.ts'
import { stateOf } from './show.ts'
import { type ConnectionFacts, showConnectionToOperator } from './show-to-operator.ts'

export interface ConnectionFilter {
  readonly state?: EnumValue<'ConnectionState'> | undefined
  readonly accountId?: string | undefined
  readonly limit?: number | undefined
  readonly nextToken?: string | undefined
}

/** Every account's connections, hosted connections and interconnects, oldest first. */
export async function listConnections(
  snapshot: Snapshot,
  input: ConnectionFilter,
): Promise<Decision<{ readonly connections: readonly ConnectionFacts[]; readonly nextToken?: string | undefined }>> {
  const { state, accountId, limit, nextToken } = input
  const page = await listPageWhere(
    snapshot,
    'connection',
    'all',
    '*',
    { maxResults: limit, nextToken },
    async (all) => {
      const owned = accountId === undefined ? all : all.filter((connection) => connection.ownerAccount === accountId)
      if (state === undefined) return owned
      const view = await viewOf(snapshot, { connections: owned })
      return owned.filter((connection) => stateOf(connection, view) === state)
    },
  )
  const view = await viewOf(snapshot, { connections: page.records })
  const connections = page.records.map((connection) => showConnectionToOperator(connection, view))
  return answer({ connections, nextToken: page.nextToken })
}

/** One of them, which may have ended long ago. */
export async function readConnection(
  snapshot: Snapshot,
  input: { readonly connectionId: string },
): Promise<Decision<ConnectionFacts>> {
  const { connection } = await connectionNamed(snapshot, input.connectionId)
  return answer(showConnectionToOperator(connection, await viewOf(snapshot, { connections: [connection] })))
}
