import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextInstant } from './next-instant.ts'

test('the next instant is the earliest one after now, wherever in the facts it stands', () => {
  const facts = [{ approvedAt: 5, cables: [{ from: 30, until: null }] }, { peers: [{ provisionedAt: 20 }] }]
  assert.deepEqual(
    [0, 5, 20, 30].map((now) => nextInstant(facts, now)),
    [5, 20, 30, null],
  )
})

test('numbers that are no instants do not count', () => {
  assert.equal(nextInstant({ vlan: 101, mtu: 9001, amazonSideAsn: 64512, createdAt: 1 }, 1), null)
})

test('a fault that flaps has an instant every second', () => {
  const flap = { faultKind: 'flap', from: 1_000, until: 9_000 }
  assert.deepEqual(
    [0, 1_000, 1_999, 2_000, 8_500].map((now) => nextInstant(flap, now)),
    [1_000, 2_000, 2_000, 3_000, 9_000],
  )
})
