import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { pdftotext, skipWithout } from '../../test/tools/clients.ts'
import type { Letter } from '../product/loa/letter.ts'
import { renderLetter } from './letter-pdf.ts'

const port = (number: number, connectionName: string) => ({
  connectionId: `dxcon-fg31dyv${number}`,
  connectionName,
  bandwidth: '10Gbps',
  deviceId: 'EqDC2-19y7z3m17xpuz',
  portId: `10Gbps/0${number}`,
  media: '10GBASE-LR',
})

const letter: Letter = {
  accountId: '111122223333',
  accountName: 'Example Corp',
  providerName: 'Example Carrier',
  locationCode: 'EqDC2',
  locationName: 'Equinix DC2/DC11',
  subjectId: 'dxlag-ffjhj9lx',
  ports: [1, 2, 3, 4].map((number) => port(number, `Requested Connection ${number} for Lag dxlag-ffjhj9lx`)),
  issuedAt: Date.UTC(2026, 10, 21, 23, 59),
  expiresAt: Date.UTC(2027, 1, 19, 23, 59),
}

test(
  'a letter names the requester, the place, the days and every port',
  skipWithout('pdftotext', pdftotext),
  async () => {
    const text = read(await renderLetter(letter))
    for (const expected of [
      'Letter of Authorization and Connecting Facility Assignment',
      'Account 111122223333',
      'Example Corp',
      'Example Carrier',
      'EqDC2',
      'Equinix DC2/DC11',
      '2026-11-21',
      '2027-02-19',
      'dxlag-ffjhj9lx',
      ...letter.ports.flatMap((each) => [each.connectionId, each.connectionName, each.portId]),
      'EqDC2-19y7z3m17xpuz',
      '10GBASE-LR',
      'Authorized signature',
    ])
      assert.ok(text.includes(expected), `${expected} in ${text}`)
  },
)

test('the same facts give the same bytes, in every process and time zone', async () => {
  const here = Buffer.from(await renderLetter(letter)).toString('base64')
  assert.equal(Buffer.from(await renderLetter(letter)).toString('base64'), here)
  const program = `
    const { renderLetter } = await import(${JSON.stringify(new URL('letter-pdf.ts', import.meta.url).href)})
    process.stdout.write(Buffer.from(await renderLetter(${JSON.stringify(letter)})).toString('base64'))`
  const there = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8' },
    encoding: 'utf8',
  })
  assert.equal(there, here)
})

test('whatever the names are, the letter has one page', async () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 })
  await fc.assert(
    fc.asyncProperty(name, name, name, fc.integer({ min: 1, max: 4 }), async (a, b, c, count) => {
      const ports = Array.from({ length: count }, (_, index) => port(index + 1, c))
      const bytes = await renderLetter({ ...letter, accountName: a, providerName: b, locationName: c, ports })
      const pages = Buffer.from(bytes)
        .toString('latin1')
        .match(/\/Type \/Page\n/g)
      assert.equal(pages?.length, 1)
    }),
    { numRuns: 50 },
  )
})

test(
  'a letter that the font lacks is replaced by what a reader sees',
  skipWithout('pdftotext', pdftotext),
  async () => {
    const text = read(await renderLetter({ ...letter, accountName: 'Zürich – Čapek 東京', providerName: 'A\nB' }))
    assert.ok(text.includes('Zürich – Capek ??'), text)
  },
)

/** The text of a PDF on one line: what stands in columns or over several lines is in one piece. */
function read(pdf: Uint8Array): string {
  return execFileSync(pdftotext ?? '', ['-', '-'], { input: pdf, encoding: 'utf8' }).replaceAll(/\s+/g, ' ')
}
