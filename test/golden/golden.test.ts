import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { goldenFolder } from './golden.ts'
import { goldens } from './router-configs.ts'

const read = (path: string) => {
  const file = new URL(path, goldenFolder)
  return existsSync(file) ? readFileSync(file, 'utf8') : `test/golden/${path} is absent`
}

test('every router configuration is as it is known to be good; `npm run golden` writes them anew', async () => {
  const made = await goldens()
  for (const { path, content } of made) assert.equal(content, read(path), `test/golden/${path}`)
  const present = globSync('router-configs/*/*.txt', { cwd: fileURLToPath(goldenFolder) })
  assert.deepEqual(present.toSorted(), made.map(({ path }) => path).toSorted())
})
