import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { base32, codeBytes, groupedCode, readCode } from './code.ts'

test('a code has 80 bits of chance, in 16 characters that are read in four groups', () => {
  assert.equal(codeBytes, 10)
  assert.equal(base32(new Uint8Array(10).fill(0xff)), 'Z'.repeat(16))
  assert.equal(groupedCode('7Q2MX9RT0K4D8WZB'), '7Q2M-X9RT-0K4D-8WZB')
})

test('a code is known again however it is typed: any case, any hyphens, O for 0, I or L for 1', () => {
  const bytes = fc.uint8Array({ minLength: codeBytes, maxLength: codeBytes })
  fc.assert(
    fc.property(bytes, fc.constantFrom('O', 'o', '0'), fc.constantFrom('I', 'l', 'L', '1'), (drawn, zero, one) => {
      const code = base32(drawn)
      const typed = groupedCode(code).replaceAll('0', zero).replaceAll('1', one)
      assert.equal(readCode(typed), code)
      assert.equal(readCode(typed.toLowerCase().replaceAll('-', '')), code)
    }),
  )
})

test('what cannot be a code is none', () => {
  for (const text of [
    '',
    '7Q2MX9RT0K4D8WZ',
    '7Q2MX9RT0K4D8WZBB',
    '7Q2MX9RT0K4D8WZU',
    '7Q2M X9RT 0K4D 8WZB',
    '../../etc/passwd',
  ])
    assert.equal(readCode(text), undefined, text)
})
