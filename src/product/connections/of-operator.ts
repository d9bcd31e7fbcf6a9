import { missing } from '../fault.ts'
import { type Change, type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'
import type { Connection } from './connection.ts'
import { stateOf } from './show.ts'
import { type ConnectionFacts, showConnectionToOperator } from './show-to-operator.ts'

/** Any account's connection or interconnect, with its state now. */
export async function connectionNamed(snapshot: Snapshot, id: string) {
  const connection = await snapshot.get('connection', id)
  if (connection === undefined) throw missing('connection', id)
  return { connection, state: stateOf(connection, await viewOf(snapshot, { connections: [connection] })) }
}

/** Saves new facts of a connection and shows it with them. */
export function changed(
  connection: Connection,
  more: { readonly changes?: readonly Change[]; readonly notice?: string } = {},
): Decision<ConnectionFacts> {
  return {
    changes: [save('connection', connection), ...(more.changes ?? [])],
    show: async (after) => showConnectionToOperator(connection, await viewOf(after, { connections: [connection] })),
    ...(more.notice === undefined ? {} : { notice: more.notice }),
  }
}
