import { refuse } from '../fault.ts'
import { asSeen } from '../history.ts'
import { checkEncryptionMode } from '../macsec/encryption-mode.ts'
import { checkedName } from '../names.ts'
import { type Operation, save } from '../operation.ts'
import { viewOf, viewWithoutCarried } from '../view.ts'
import type { Connection, EncryptionMode } from './connection.ts'
import { checkAlive, ownPort } from './rules.ts'
import { showConnection } from './show.ts'

/** Changes the name, the encryption mode, or both; what is absent stays. Interconnects have no such operation of their own. */
export const UpdateConnection: Operation<'UpdateConnection'> = async (snapshot, input) => {
  const connection = await ownPort(snapshot, input.connectionId)
  checkAlive(connection, snapshot.now)
  const { connectionName, encryptionMode } = input
  const { observed } = await viewWithoutCarried(snapshot, { connections: [connection] })
  const updated: Connection = {
    ...connection,
    ...(encryptionMode === undefined ? {} : asSeen(observed, connection.id)),
    name: connectionName === undefined ? connection.name : checkedName(connectionName, 'connectionName'),
    encryptionMode:
      encryptionMode === undefined
        ? connection.encryptionMode
        : checkedEncryptionMode(connection, encryptionMode, snapshot.now),
  }
  return {
    changes: [save('connection', updated)],
    show: async (after) => showConnection(updated, await viewOf(after, { connections: [updated] })),
  }
}

/** In a LAG all members encrypt alike. */
function checkedEncryptionMode(connection: Connection, mode: string, now: number): EncryptionMode {
  if (connection.lagId !== null)
    throw refuse(`Connection ${connection.id} is in Lag ${connection.lagId}, whose encryptionMode applies`)
  return checkEncryptionMode(`Connection ${connection.id}`, connection, mode, now)
}
