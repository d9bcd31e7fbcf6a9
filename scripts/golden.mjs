// `npm run golden`: writes anew what the golden tests compare with. Each file of test/golden that exports `goldens` is asked
// for all that belongs into the folder of its own name; what it does not name is removed. Words choose: `npm run golden --
// router-configs`. Read what changed before you commit it.
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../test/golden/', import.meta.url))
const words = process.argv.slice(2)
for (const file of globSync('*.ts', { cwd: folder }).toSorted()) {
  if (file.endsWith('.test.ts')) continue
  if (words.length > 0 && !words.some((word) => file.includes(word))) continue
  const { goldens } = await import(join(folder, file))
  if (goldens === undefined) continue
  const made = await goldens()
  const wanted = new Set(made.map(({ path }) => path))
  const present = globSync(`${basename(file, '.ts')}/**/*.{txt,png}`, { cwd: folder })
  for (const path of present.filter((path) => !wanted.has(path))) rmSync(join(folder, path))
  for (const { path, content } of made) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  console.log(`${basename(file, '.ts')}: ${made.length} files`)
}
