import { conflict } from '../fault.ts'
import { carriedBy } from '../lags/carried.ts'
import type { Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { changed, connectionNamed } from './of-operator.ts'
import type { ConnectionFacts } from './show-to-operator.ts'

/** The operator declines an order, which is possible until it is approved. @source design, section 8 */
export async function rejectConnection(
  snapshot: Snapshot,
  input: { readonly connectionId: string },
): Promise<Decision<ConnectionFacts>> {
  const { connection, state } = await connectionNamed(snapshot, input.connectionId)
  if (state !== 'requested')
    throw conflict(`Connection ${connection.id} is ${state}: only an order in state requested can be rejected`)
  const { virtualInterfaces, hosted } = await carriedBy(snapshot, connection)
  const [carried] = [...virtualInterfaces, ...hosted]
  if (carried !== undefined)
    throw conflict(`Connection ${connection.id} cannot be rejected: ${carried.id} is on it and has to go first`)
  return changed({ ...connection, deletedAt: snapshot.now })
}
