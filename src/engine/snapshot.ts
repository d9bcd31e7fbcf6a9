import type { Fabric } from '../fabric/fabric.ts'
import type { Settings } from '../product/settings.ts'
import type { Caller, Snapshot, Tokens } from '../product/snapshot.ts'
import type { Reading } from '../store/store.ts'
import { drawnBytes, drawnUuid } from './drawn-bytes.ts'
import { freshId } from './fresh-id.ts'

/** What an operation gets to see: the store's reads as of `now`, with time, chance, the caller and the fabric's view. */
export function snapshotOf(
  reading: Pick<Reading, 'at'>,
  now: number,
  caller: Caller,
  parts: { readonly fabric: Fabric; readonly settings: Settings; readonly tokens: Tokens },
): Snapshot {
  const snapshot: Snapshot = {
    ...reading.at(now),
    now,
    caller,
    settings: parts.settings,
    tokens: parts.tokens,
    id: freshId,
    uuid: drawnUuid,
    random: drawnBytes,
    observe: (topology) => parts.fabric.observe(snapshot, topology),
  }
  return snapshot
}
