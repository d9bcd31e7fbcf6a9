import type { Shape } from '../../contract/types.ts'
import type { Connection } from '../connections/connection.ts'
import { showConnection } from '../connections/show.ts'
import { listPage, type PageInput } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'

/** A page of the connections that an interconnect or LAG hosts. */
export async function showChildren(
  snapshot: Snapshot,
  parentId: string,
  input: PageInput,
): Promise<Shape<'Connections'>> {
  const { records, nextToken } = await listPage(snapshot, 'connection', 'parent', parentId, input)
  return { connections: await showAll(snapshot, records), nextToken }
}

export async function showAll(
  snapshot: Snapshot,
  connections: readonly Connection[],
): Promise<readonly Shape<'Connection'>[]> {
  const view = await viewOf(snapshot, { connections })
  return connections.map((connection) => showConnection(connection, view))
}
