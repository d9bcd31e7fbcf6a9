import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { Fabric } from '../fabric/fabric.ts'
import type { Settings } from '../product/settings.ts'
import type { Caller, IdPrefix, Snapshot, Tokens } from '../product/snapshot.ts'
import type { Reading } from '../store/store.ts'

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function freshId(prefix: IdPrefix): string {
  if (prefix === 'ASIA') return prefix + drawn(base32, 16)
  if (prefix === 'dxrg') return `${prefix}-${drawn(alphabet, 17)}`
  // Direct Connect's others all begin with an f and go on with digits and lower-case letters (behaviour catalogue C.1).
  return prefix.startsWith('dx') ? `${prefix}-f${drawn(alphabet, 7)}` : `${prefix}-0${randomBytes(8).toString('hex')}`
}

function drawn(from: string, count: number): string {
  return Array.from({ length: count }, () => from[randomInt(from.length)]).join('')
}

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
    id: freshId,
    uuid: () => randomUUID(),
    random: (count) => randomBytes(count),
    observe: (topology) => parts.fabric.observe(snapshot, topology),
  }
  return snapshot
}
