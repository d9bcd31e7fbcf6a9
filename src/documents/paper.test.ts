import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paperOf } from './paper.ts'

test('the paper is US Letter where printers hold that, and A4 everywhere else', () => {
  for (const country of ['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE']) assert.equal(paperOf(country).name, 'LETTER')
  for (const country of ['DE', 'GB', 'JP', 'BR', 'AU', 'ZA', 'ZZ', 'constructor'])
    assert.equal(paperOf(country).name, 'A4')
})
