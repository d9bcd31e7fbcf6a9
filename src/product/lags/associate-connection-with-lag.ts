import { checkAlive, ownPort } from '../connections/rules.ts'
import { showConnection } from '../connections/show.ts'
import { faults } from '../fault.ts'
import type { Operation } from '../operation.ts'
import { loadTopology } from '../topology.ts'
import { viewOf } from '../view.ts'
import { joinLag } from './membership.ts'
import { checkMemberCount, liveLag, staying } from './rules.ts'

/** The caller owns both. @source behaviour catalogue A.1 */
export const AssociateConnectionWithLag: Operation<'AssociateConnectionWithLag'> = async (snapshot, input) => {
  const connection = await ownPort(snapshot, input.connectionId)
  checkAlive(connection, snapshot.now)
  const lag = await liveLag(snapshot, input.lagId)
  const changes = await joinLag(snapshot, connection, lag)
  const members = (await loadTopology(snapshot, { lags: [lag] })).members.get(lag.id) ?? []
  checkMemberCount(staying(members).length + 1, lag.bandwidth)
  return {
    changes,
    show: async (after) => {
      const joined = await after.get('connection', connection.id)
      if (joined === undefined) throw faults.connectionNotFound(connection.id)
      return showConnection(joined, await viewOf(after, { connections: [joined] }))
    },
  }
}
