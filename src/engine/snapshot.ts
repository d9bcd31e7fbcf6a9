import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { Fabric } from '../fabric/fabric.ts'
import type { Settings } from '../product/settings.ts'
import type { Caller, Snapshot, Tokens } from '../product/snapshot.ts'
import type { Reading } from '../store/store.ts'

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

/** What an operation gets to see: the store's reads as of `now`, with time, chance, the caller and the fabric's view. */
export function snapshotOf(
  reading: Reading,
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
    // AWS's ids all begin with an f and go on with digits and lower-case letters (behaviour catalogue C.1).
    id: (prefix) => `${prefix}-f${Array.from({ length: 7 }, () => alphabet[randomInt(36)]).join('')}`,
    uuid: () => randomUUID(),
    random: (count) => randomBytes(count),
    observe: (topology) => parts.fabric.observe(snapshot, topology),
  }
  return snapshot
}
