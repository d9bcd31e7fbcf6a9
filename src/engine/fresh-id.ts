import type { IdPrefix } from '../product/snapshot.ts'
import { drawnBytes } from './drawn-bytes.ts'

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** An id that nobody has, as far as chance can tell: who keeps it finds out, and then asks for another. */
export function freshId(prefix: IdPrefix): string {
  // In one piece; see `drawnUuid`.
  return partsOf(prefix).join('')
}

function partsOf(prefix: IdPrefix): readonly string[] {
  if (prefix === 'ASIA') return [prefix, drawn(base32, 16)]
  if (prefix === 'dxrg') return [prefix, '-', drawn(alphabet, 17)]
  // Direct Connect's others all begin with an f and go on with digits and lower-case letters (behaviour catalogue C.1).
  if (prefix.startsWith('dx')) return [prefix, '-f', neighbourhood(), drawn(alphabet, 4)]
  return [prefix, '-0', drawnBytes(8).toString('hex')]
}

/** So many ids in a row are neighbours: about as many as are on a page of an index. */
const mostNeighbours = 128
let neighbours = 0
let beginning = ''

/**
 * What neighbours begin with. In an index they are on one page or two, of which a commit writes one for many orders instead of
 * one for each. About one in thirty thousand meets a neighbour of the same name, and is drawn again.
 */
function neighbourhood(): string {
  if (neighbours++ % mostNeighbours === 0) beginning = drawn(alphabet, 3)
  return beginning
}

function drawn(from: string, count: number): string {
  // A byte beyond the last whole alphabet would make its first characters likelier.
  const beyond = 256 - (256 % from.length)
  let text = ''
  while (text.length < count)
    for (const byte of drawnBytes(count - text.length)) if (byte < beyond) text += from[byte % from.length]
  return text
}
