import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(4096)
let used = pool.length

/** Bytes that nobody can foretell. They are asked of the system in bulk, since to ask takes longer than to draw many. */
export function drawnBytes(count: number): Buffer {
  if (count > pool.length) return randomFillSync(Buffer.alloc(count))
  if (used + count > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const drawn = Buffer.from(pool.subarray(used, used + count))
  // Keys are made of them, so that none stays behind.
  pool.fill(0, used, used + count)
  used += count
  return drawn
}

const digits = Buffer.from('0123456789abcdef')
const uuid = Buffer.from('________-____-____-____-____________')
const hyphen = '-'.charCodeAt(0)

/**
 * A UUID of version 4 in lower case. In one piece: V8 keeps a text that was put together with `+`, as that of `node:crypto` is,
 * in its parts, and of a record in which one text is like that `JSON.stringify` takes twice as long for all. So what is drawn
 * or made for each record is joined.
 */
export function drawnUuid(): string {
  const bytes = drawnBytes(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  let place = 0
  for (const byte of bytes) {
    if (uuid[place] === hyphen) place++
    uuid[place++] = digits[byte >> 4] ?? 0
    uuid[place++] = digits[byte & 15] ?? 0
  }
  return uuid.toString('latin1')
}
