import { faults } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { Operation } from '../operation.ts'
import { viewOf } from '../view.ts'
import { endOf } from './connection.ts'
import { removal } from './removal.ts'
import { partyConnection } from './rules.ts'
import { showConnection } from './show.ts'

/**
 * For the owner of a connection of any role, and for the partner who hosts it. An interconnect may go this way too:
 * whoever empties a LAG deletes its members without asking what each of them is.
 */
export const DeleteConnection: Operation<'DeleteConnection'> = async (snapshot, input) => {
  const found = await partyConnection(snapshot, input.connectionId)
  if (reached(endOf(found), snapshot.now)) throw faults.connectionNotFound(input.connectionId)
  const { changes, connection } = await removal(snapshot, found)
  return {
    changes,
    show: async (after) => showConnection(connection, await viewOf(after, { connections: [connection] })),
  }
}
