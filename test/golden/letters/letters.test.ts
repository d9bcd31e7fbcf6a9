// Known letters, as text and as pictures. What differs is written beside the reason; `npm run golden` takes it over.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import decodeQr from 'qr/decode.js'
import { pdftotext, skipWithout } from '../../tools/clients.ts'
import { goldenFolder } from '../golden.ts'
import { see } from './pages.ts'
import { scenarios } from './scenarios.ts'

/** Releases of poppler smooth edges differently; of a page not more than this share may look different. */
const tolerance = 0.0005

for (const { name, letter, issuer } of scenarios)
  test(`the letter ${name} reads and looks as it should`, skipWithout('pdftotext', pdftotext), async () => {
    const { text, pages } = await see({ letter, issuer })
    assert.equal(pages.length, letter.ports.length)
    assert.equal(text, readFileSync(new URL(`letters/${name}.txt`, goldenFolder), 'utf8'))
    for (const [index, page] of pages.entries()) {
      const wanted = PNG.sync.read(readFileSync(new URL(`letters/${name}-${index + 1}.png`, goldenFolder)))
      const { width, height } = wanted
      const actual = PNG.sync.read(page)
      assert.deepEqual([actual.width, actual.height], [width, height])
      const difference = new PNG({ width, height })
      const share = pixelmatch(wanted.data, actual.data, difference.data, width, height) / (width * height)
      if (share > tolerance) {
        const folder = mkdtempSync(join(tmpdir(), `crossconnect-${name}-`))
        writeFileSync(join(folder, 'actual.png'), page)
        writeFileSync(join(folder, 'difference.png'), PNG.sync.write(difference))
        assert.fail(
          `page ${index + 1} of ${name} looks different in ${(100 * share).toFixed(2)} % of its area: ${folder}`,
        )
      }
    }
  })

test('a camera reads the address of the letter from each page', skipWithout('pdftotext', pdftotext), async () => {
  for (const { letter, issuer } of scenarios) {
    const { pages } = await see({ letter, issuer }, 120)
    for (const page of pages)
      assert.equal(
        decodeQr(PNG.sync.read(page)),
        `${letter.publicUrl}/loa/${letter.code.replaceAll(/(.{4})(?=.)/g, '$1-')}`,
      )
  }
})
