import { conflict } from '../fault.ts'
import type { Interval } from '../history.ts'
import { unusedLetterDeadline } from '../loa/deadline.ts'
import type { Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { changed, connectionNamed } from './of-operator.ts'
import type { ConnectionFacts } from './show-to-operator.ts'

/**
 * The operator approves an order now: the port is assigned and the letter issued. Whoever orders with automatic
 * provisioning is merely approved earlier.
 * @source behaviour catalogue B.1
 */
export async function approveConnection(
  snapshot: Snapshot,
  input: { readonly connectionId: string },
): Promise<Decision<ConnectionFacts>> {
  const { now } = snapshot
  const { connection, state } = await connectionNamed(snapshot, input.connectionId)
  if (state !== 'requested')
    throw conflict(`Connection ${connection.id} is ${state}: only an order in state requested can be approved`)
  const cables = connection.cables.length > 0 ? connection.cables : automaticCables(snapshot)
  return changed({
    ...connection,
    approvedAt: now,
    cables,
    deletedAt: cables.length > 0 ? null : unusedLetterDeadline(now),
  })
}

/** A question put off what automatic provisioning had planned; the approval begins it anew. */
function automaticCables({ now, settings: { provisioning, timing } }: Snapshot): readonly Interval[] {
  return provisioning === 'automatic' && timing.cable !== null ? [{ from: now + timing.cable, until: null }] : []
}
