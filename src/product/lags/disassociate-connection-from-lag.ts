import { knownConnection } from '../connections/rules.ts'
import { showConnection } from '../connections/show.ts'
import { faults, refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import { type Operation, save } from '../operation.ts'
import { viewOf, viewWithoutCarried } from '../view.ts'
import { asStandalone, leaveLag } from './membership.ts'
import { findOwnLag } from './rules.ts'

/** Whatever the LAG carries stays with the LAG. @source behaviour catalogue A.1, A.2 */
export const DisassociateConnectionFromLag: Operation<'DisassociateConnectionFromLag'> = async (snapshot, input) => {
  const { now, caller } = snapshot
  // Here the texts that clients take for "gone" are not those of the other operations.
  const connection = await knownConnection(snapshot, input.connectionId)
  if (connection?.ownerAccount !== caller.accountId || reached(connection.deletedAt, now))
    throw faults.memberDoesNotExist()
  const lag = await findOwnLag(snapshot, input.lagId)
  if (lag === undefined || reached(lag.deleteAskedAt, now)) throw faults.lagDoesNotExist()
  if (connection.lagId !== lag.id) throw refuse(`Connection ${connection.id} is not in Lag ${lag.id}`)
  if (reached(connection.deleteAskedAt, now)) throw faults.connectionInTransition(connection.id)

  const { observed } = await viewWithoutCarried(snapshot, { connections: [connection] })
  const standalone = asStandalone(connection, lag, observed)
  return {
    changes: [save('connection', standalone), ...(await leaveLag(snapshot, connection))],
    show: async (after) => showConnection(standalone, await viewOf(after, { connections: [standalone] })),
  }
}
