import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MacSecKey, type MacSecKeyState, macSecKeyState } from './macsec-key.ts'
import { isUsable } from './rules.ts'

const now = 1_000
const key: MacSecKey = {
  secretArn: 'arn',
  ckn: 'c',
  askedAt: 0,
  associatedAt: now,
  disassociateAskedAt: null,
  disassociatedAt: null,
}

const examples: Readonly<Record<MacSecKeyState, readonly MacSecKey[]>> = {
  associating: [{ ...key, associatedAt: now + 1 }],
  associated: [key, { ...key, disassociateAskedAt: now + 1, disassociatedAt: now + 2 }],
  disassociating: [
    { ...key, disassociateAskedAt: now, disassociatedAt: now + 1 },
    { ...key, associatedAt: now + 1, disassociateAskedAt: now, disassociatedAt: now + 1 },
  ],
  disassociated: [{ ...key, disassociateAskedAt: now - 1, disassociatedAt: now }],
}

test('a MACsec key is in the first state of its table whose facts hold', () => {
  assert.deepEqual(new Set(macSecKeyState.rows.map(([state]) => state)), new Set(Object.keys(examples)))
  for (const [state, keys] of Object.entries(examples))
    for (const each of keys) assert.equal(macSecKeyState.at(each, undefined, now), state)
})

test('nothing is encrypted with a key that is not associated yet, or on its way out', () => {
  assert.equal(isUsable(key, now), true)
  for (const each of [...examples.associating, ...examples.disassociating, ...examples.disassociated])
    assert.equal(isUsable(each, now), false)
})
