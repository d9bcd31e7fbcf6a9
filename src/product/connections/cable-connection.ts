import { conflict } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { changed, connectionNamed } from './of-operator.ts'
import type { ConnectionFacts } from './show-to-operator.ts'

/**
 * The operator plugs the cross connect that the letter authorised; what automatic provisioning has planned comes
 * earlier. An order with a cable is no longer given up.
 * @source behaviour catalogue B.1
 */
export async function cableConnection(
  snapshot: Snapshot,
  input: { readonly connectionId: string },
): Promise<Decision<ConnectionFacts>> {
  const { now } = snapshot
  const { connection, state } = await connectionNamed(snapshot, input.connectionId)
  if (connection.role === 'hosted')
    throw conflict(
      `Connection ${connection.id} is a hosted connection: its parent ${connection.parentId} has the cable`,
    )
  if (!['pending', 'available', 'down'].includes(state))
    throw conflict(`Connection ${connection.id} is ${state}: only an approved connection can be cabled`)
  if (connection.cables.some(({ from, until }) => reached(from, now) && !reached(until, now)))
    throw conflict(`Connection ${connection.id} has its cable already`)
  return changed({
    ...connection,
    cables: [...connection.cables.filter(({ from }) => reached(from, now)), { from: now, until: null }],
    deletedAt: null,
  })
}
