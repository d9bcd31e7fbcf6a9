import { removal } from '../connections/removal.ts'
import { stateOf } from '../connections/show.ts'
import { faults } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { Operation } from '../operation.ts'
import { viewOf } from '../view.ts'
import { ownInterconnect } from './rules.ts'
import { interconnectStateOf } from './show.ts'

export const DeleteInterconnect: Operation<'DeleteInterconnect'> = async (snapshot, input) => {
  const found = await ownInterconnect(snapshot, input.interconnectId)
  if (reached(found.deletedAt, snapshot.now)) throw faults.interconnectNotFound(input.interconnectId)
  const { changes, connection } = await removal(snapshot, found)
  return {
    changes,
    show: async (after) => {
      const view = await viewOf(after, { connections: [connection] })
      return { interconnectState: interconnectStateOf(stateOf(connection, view)) }
    },
  }
}
