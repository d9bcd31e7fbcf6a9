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
