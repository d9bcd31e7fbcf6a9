import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshId } from './fresh-id.ts'

const drawn = (count: number) => Array.from({ length: count }, () => freshId('dxcon'))
const beginnings = (ids: readonly string[]) => new Set(ids.map((id) => id.slice(0, 'dxcon-f000'.length)))

test('ids in a row are neighbours in an index, and are still of as many beginnings as there are', () => {
  assert.ok(beginnings(drawn(100)).size <= 2)
  const many = drawn(20_000)
  assert.ok(beginnings(many).size > 100)
  // Whoever meets a neighbour draws again.
  assert.ok(new Set(many).size > 19_950)
  assert.ok(many.every((id) => /^dxcon-f[0-9a-z]{7}$/.test(id)))
})
