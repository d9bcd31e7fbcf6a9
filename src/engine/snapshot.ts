import { randomUUID } from 'node:crypto'
import type { Fabric } from '../fabric/fabric.ts'
import type { Settings } from '../product/settings.ts'
import type { Caller, IdPrefix, Snapshot, Tokens } from '../product/snapshot.ts'
import type { Reading } from '../store/store.ts'
import { drawnBytes } from './drawn-bytes.ts'

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function freshId(prefix: IdPrefix): string {
  if (prefix === 'ASIA') return prefix + drawn(base32, 16)
  if (prefix === 'dxrg') return `${prefix}-${drawn(alphabet, 17)}`
  // Direct Connect's others all begin with an f and go on with digits and lower-case letters (behaviour catalogue C.1).
  const parts = prefix.startsWith('dx')
    ? [prefix, '-f', neighbourhood(), drawn(alphabet, 4)]
    : [prefix, '-0', drawnBytes(8).toString('hex')]
  // In one piece: of a text that was put together `JSON.stringify` takes twice as long, and so of all that is in a record.
  return parts.join('')
}

/**
 * What some ids in a row begin with: in an index they are on the same few pages, of which each commit writes one instead of
 * one for every order. Of all ids that can be, each is still as likely as any other.
 */
function neighbourhood(): string {
  if (neighbours++ % mostNeighbours === 0) beginning = drawn(alphabet, 3)
  return beginning
}

/** As many as are on a page. */
const mostNeighbours = 128
let neighbours = 0
let beginning = ''

function drawn(from: string, count: number): string {
  // A byte beyond the last whole alphabet would make its first characters likelier.
  const beyond = 256 - (256 % from.length)
  let text = ''
  while (text.length < count)
    for (const byte of drawnBytes(count - text.length)) if (byte < beyond) text += from[byte % from.length]
  return text
}

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
    uuid: () => randomUUID(),
    random: drawnBytes,
    observe: (topology) => parts.fabric.observe(snapshot, topology),
  }
  return snapshot
}
