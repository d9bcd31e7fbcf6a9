import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { scenarios } from '../../test/golden/letters/scenarios.ts'
import { pdftotext, skipWithout } from '../../test/tools/clients.ts'
import { renderLetter } from './letter-pdf.ts'

const [plain] = scenarios
const many = scenarios.find(({ name }) => name === 'names-of-many-scripts')
if (plain === undefined || many === undefined) throw new Error('scenarios are missing')
const { letter, issuer } = plain

test('the same facts give the same bytes, in every process and time zone', async () => {
  const here = Buffer.from(await renderLetter(many.letter, many.issuer)).toString('base64')
  assert.equal(Buffer.from(await renderLetter(many.letter, many.issuer)).toString('base64'), here)
  const program = `
    const { renderLetter } = await import(${JSON.stringify(new URL('letter-pdf.ts', import.meta.url).href)})
    const { letter, issuer } = ${JSON.stringify(many)}
    process.stdout.write(Buffer.from(await renderLetter(letter, issuer)).toString('base64'))`
  const there = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8' },
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  })
  assert.equal(there, here)
})

test('whatever the names are, the letter has one page a port', async () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 })
  await fc.assert(
    fc.asyncProperty(name, name, name, fc.integer({ min: 1, max: 4 }), async (a, b, c, count) => {
      const ports = Array.from({ length: count }, () =>
        letter.ports.map((port) => ({ ...port, connectionName: c })),
      ).flat()
      const place = { ...letter.place, name: c }
      const bytes = await renderLetter({ ...letter, accountName: a, providerName: b, place, ports }, issuer)
      const pages = Buffer.from(bytes)
        .toString('latin1')
        .match(/\/Type \/Page\n/g)
      assert.equal(pages?.length, count)
    }),
    { numRuns: 20 },
  )
})

test(
  'what turns the direction of writing, breaks lines or cannot be printed is printed as something missing',
  skipWithout('pdftotext', pdftotext),
  async () => {
    for (const [hostile, shown] of [
      ['Acme\u202Eetarepo', 'Acme\uFFFDetarepo'],
      ['Acme\nIssue date 2099-01-01', 'Acme\uFFFDIssue date 2099-01-01'],
      ['A\u200Bcme\u2066', 'A\uFFFDcme\uFFFD'],
      ['A\u0000B\u001b[31m', 'A\uFFFDB\uFFFD[31m'],
      ['x\u{10FFFD}😀', 'x\uFFFD\uFFFD'],
      // Its package says that a face has it, and the face has not.
      ['漢\u23F0 審한', '漢\uFFFD 審한'],
      ['half \uD800 pair', 'half \uFFFD pair'],
    ] as const) {
      const text = read(await renderLetter({ ...letter, accountName: hostile }, issuer))
      assert.ok(text.includes(shown), `${JSON.stringify(shown)} in ${text}`)
    }
  },
)

test('names outside of Latin-1 are in the text of the page', skipWithout('pdftotext', pdftotext), async () => {
  const text = read(await renderLetter(many.letter, many.issuer))
  for (const name of [
    '日本電信電話株式会社 東京',
    'Тестовая улица 5, Κέντρο Αθήνα',
    'Điện lực Việt Nam, Łódź, Čapek',
    '주식회사 한국',
    'חדר מפגש',
  ])
    assert.ok(text.includes(name), `${name} in ${text}`)
})

/** The text of a PDF on one line, without the marks that tell pdftotext's readers the direction. */
function read(pdf: Uint8Array): string {
  return execFileSync(pdftotext ?? '', ['-', '-'], { input: pdf, encoding: 'utf8' })
    .replaceAll(/[\u202A-\u202E]/g, '')
    .replaceAll(/\s+/g, ' ')
}
