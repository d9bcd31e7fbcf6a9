import type { Connection } from '../connections/connection.ts'
import { checkAlive, knownConnection } from '../connections/rules.ts'
import { showConnection } from '../connections/show.ts'
import { faults, refuse } from '../fault.ts'
import { asMoved } from '../lags/carried.ts'
import { type Operation, save } from '../operation.ts'
import { viewOf, viewWithoutCarried } from '../view.ts'
import { carriedOn } from '../virtual-interfaces/virtual-interface.ts'
import { checkFast, checkFreeVlan, readyParent } from './rules.ts'

/**
 * The partner moves a hosted connection to another interconnect or LAG. It keeps its VLAN and state, and what is on it
 * stays on it.
 * @source behaviour catalogue A.1 AssociateHostedConnection, B.2
 */
export const AssociateHostedConnection: Operation<'AssociateHostedConnection'> = async (snapshot, input) => {
  const { connectionId, parentConnectionId } = input
  const connection = await knownConnection(snapshot, connectionId)
  if (
    connection === undefined ||
    ![connection.ownerAccount, connection.partnerAccount].includes(snapshot.caller.accountId)
  )
    throw faults.connectionNotFound(connectionId)
  if (connection.role !== 'hosted' || connection.vlan === null)
    throw refuse(`Connection ${connectionId} is not a hosted connection`)
  if (connection.partnerAccount !== snapshot.caller.accountId)
    throw refuse(`Connection ${connectionId} can only be moved by the partner who hosts it`)
  checkAlive(connection, snapshot.now)

  const parent = await readyParent(snapshot, parentConnectionId)
  checkFast(parent, connection.bandwidth)
  if (parent.id !== connection.parentId) await checkFreeVlan(snapshot, parent.id, connection.vlan)
  const { id: parentId, location, siteCode } = parent
  const { observed } = await viewWithoutCarried(snapshot, { connections: [connection] })
  const moved: Connection = { ...asMoved(connection, observed), parentId, location, siteCode }
  const virtualInterfaces = await snapshot.list('virtual-interface', 'partyOn', carriedOn(connection))
  return {
    changes: [
      save('connection', moved),
      ...virtualInterfaces.map((vif) => save('virtual-interface', { ...vif, location })),
    ],
    show: async (after) => showConnection(moved, await viewOf(after, { connections: [moved] })),
  }
}
