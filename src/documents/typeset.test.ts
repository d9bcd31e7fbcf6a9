import assert from 'node:assert/strict'
import { test } from 'node:test'
import { facesFor } from './faces.ts'
import { visibleCharacters } from './printable.ts'
import { brokenInto, cutTo, runsOf, withFaces } from './typeset.ts'

const shown = async (text: string) => runsOf(withFaces(text, await facesFor(text))).map((run) => run.text)

test('a line is drawn from left to right, and what is read from the right stays in the order of reading', async () => {
  assert.deepEqual(await shown('abc def'), ['abc', ' ', 'def'])
  assert.deepEqual(await shown('שלום עולם'), ['עולם', ' ', 'שלום'])
  assert.deepEqual(await shown('שלום 12'), ['12', ' ', 'שלום'])
  assert.deepEqual(await shown('abc שלום def'), ['abc', ' ', 'שלום', ' ', 'def'])
})

test('brackets around what is read from the right are mirrored', async () => {
  assert.deepEqual(await shown('של(ום)'), ['(', 'ום', ')', 'של'])
})

test('digits of Arabic are read from the left, one by one', async () => {
  assert.deepEqual(await shown('شركة ۱۲'), ['۱', '۲', ' ', 'شركة'])
})

test('at most three marks stand on one letter, and what is more is printed as something missing', () => {
  assert.deepEqual(visibleCharacters(`a${'\u0316'.repeat(9)}b`), ['a\u0316\u0316\u0316', '\uFFFD', 'b'])
  assert.deepEqual(visibleCharacters('\u0316b'), ['\uFFFD', 'b'])
})

test('what joins letters is kept where a script needs it, and visible elsewhere', () => {
  assert.deepEqual(visibleCharacters('می\u200Cخواهم').join('').includes('\u200C'), true)
  assert.deepEqual(visibleCharacters('a\u200Db'), ['a', '\uFFFD', 'b'])
})

test('whoever writes kana gets the Japanese forms of what Chinese and Japanese share', async () => {
  const faceOf = async (text: string) => withFaces(text, await facesFor(text))[0]?.face.name ?? ''
  assert.match(await faceOf('社カ'), /^noto-sans-jp/)
  assert.match(await faceOf('社'), /^noto-sans-sc/)
  assert.match(await faceOf('社한'), /^noto-sans-kr/)
})

test('a line breaks at spaces, then within a word, and never begins or ends with a space', async () => {
  const glyphs = withFaces('aa bb cccccc d', await facesFor(''))
  const lines = brokenInto(glyphs, 5, (run) => run.text.length)
  assert.deepEqual(
    lines.map((line) => line.map(({ text }) => text).join('')),
    ['aa bb', 'ccccc', 'c d'],
  )
  const [ellipsis] = withFaces('…', await facesFor(''))
  const [first] = lines
  assert.ok(ellipsis && first)
  assert.equal(
    cutTo(first, 4, ellipsis, (run) => run.text.length)
      .map(({ text }) => text)
      .join(''),
    'aa …',
  )
})
