import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { coverage } from './tools/coverage.ts'

test('docs/coverage.md says what is built; `npm run coverage` writes it anew', () => {
  assert.equal(readFileSync(new URL('../docs/coverage.md', import.meta.url), 'utf8'), coverage())
})
