import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawnUuid } from './drawn-bytes.ts'

test('a UUID says that it is of version 4, and is another one each time', () => {
  const drawn = Array.from({ length: 10_000 }, drawnUuid)
  assert.equal(new Set(drawn).size, drawn.length)
  for (const uuid of drawn) assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
