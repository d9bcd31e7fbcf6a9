import { partyConnection } from '../connections/rules.ts'
import { faults } from '../fault.ts'
import { findOwnLag } from '../lags/rules.ts'
import { answer, type Operation } from '../operation.ts'
import { isConnectionId } from '../topology.ts'
import { showAll, showChildren } from './children.ts'

/**
 * What an interconnect or LAG of the caller hosts. Asked for a hosted connection itself, by its partner or its owner, it
 * answers that one, as old clients expect.
 * @source behaviour catalogue A.1, A.2, I.4; design, section 8
 */
export const DescribeHostedConnections: Operation<'DescribeHostedConnections'> = async (snapshot, input) => {
  const { connectionId } = input
  if (!isConnectionId(connectionId)) {
    // Clients of this operation know one text only for whatever is gone (behaviour catalogue A.2).
    if ((await findOwnLag(snapshot, connectionId)) === undefined) throw faults.connectionNotFound(connectionId)
    return answer(await showChildren(snapshot, connectionId, input))
  }
  const connection = await partyConnection(snapshot, connectionId)
  if (connection.role === 'hosted') return answer({ connections: await showAll(snapshot, [connection]) })
  return answer(await showChildren(snapshot, connectionId, input))
}
