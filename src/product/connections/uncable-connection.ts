import { conflict } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import type { Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { changed, connectionNamed } from './of-operator.ts'
import type { ConnectionFacts } from './show-to-operator.ts'

/** The operator pulls the cross connect out. */
export async function uncableConnection(
  snapshot: Snapshot,
  input: { readonly connectionId: string },
): Promise<Decision<ConnectionFacts>> {
  const { now } = snapshot
  const { connection, state } = await connectionNamed(snapshot, input.connectionId)
  const plugged = connection.cables.find(({ from, until }) => reached(from, now) && !reached(until, now))
  if (plugged === undefined) throw conflict(`Connection ${connection.id} is ${state} and has no cable`)
  return changed({
    ...connection,
    cables: connection.cables.map((cable) => (cable === plugged ? { ...cable, until: now } : cable)),
  })
}
