// Known letters, as text and as pictures. What differs is written beside the reason; `npm run golden` takes it over.
import assert from 'node:assert/strict'
import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import decodeQr from 'qr/decode.js'
import { pdftotext, skipWithout } from '../tools/clients.ts'
import { goldenFolder } from './golden.ts'
import { see } from './letters/pages.ts'
import { scenarios } from './letters/scenarios.ts'
import { goldens } from './letters.ts'

/** Releases of poppler smooth edges differently; of a page not more than this share may look different. */
const tolerance = 0.0005

const withPoppler = skipWithout('pdftotext', pdftotext)

test('every letter reads and looks as it should; `npm run golden` writes them anew', withPoppler, async () => {
  const made = await goldens()
  const present = globSync('letters/*.{txt,png}', { cwd: fileURLToPath(goldenFolder) })
  assert.deepEqual(present.toSorted(), made.map(({ path }) => path).toSorted())
  for (const { path, content } of made) {
    const wanted = readFileSync(new URL(path, goldenFolder))
    if (typeof content === 'string') assert.equal(content, wanted.toString(), `test/golden/${path}`)
    else assertLooksLike(path, content, wanted)
  }
})

function assertLooksLike(path: string, page: Buffer, known: Buffer): void {
  const wanted = PNG.sync.read(known)
  const { width, height } = wanted
  const actual = PNG.sync.read(page)
  assert.deepEqual([actual.width, actual.height], [width, height], path)
  const difference = new PNG({ width, height })
  const share = pixelmatch(wanted.data, actual.data, difference.data, width, height) / (width * height)
  if (share <= tolerance) return
  const folder = mkdtempSync(join(tmpdir(), `crossconnect-${basename(path, '.png')}-`))
  writeFileSync(join(folder, 'actual.png'), page)
  writeFileSync(join(folder, 'difference.png'), PNG.sync.write(difference))
  assert.fail(`test/golden/${path} looks different in ${(100 * share).toFixed(2)} % of its area: ${folder}`)
}

test('a camera reads the address of the letter from each page', withPoppler, async () => {
  for (const { letter, issuer } of scenarios) {
    const { pages } = await see({ letter, issuer }, 120)
    assert.equal(pages.length, letter.ports.length)
    for (const page of pages)
      assert.equal(
        decodeQr(PNG.sync.read(page)),
        `${letter.publicUrl}/loa/${letter.code.replaceAll(/(.{4})(?=.)/g, '$1-')}`,
      )
  }
})
