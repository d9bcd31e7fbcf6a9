import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedSightings, type Seen } from './seen.ts'
import type { Sighting } from './sighting.ts'

const route = { cidr: '10.0.0.0/8', asPath: [65000], communities: [], med: null }

/** What is kept after some looks, each at its instant. */
function keptAfter(...looks: readonly (readonly [now: number, seen: readonly Seen[]])[]) {
  const kept = new Map<string, Sighting>()
  const saved: number[] = []
  for (const [now, seen] of looks) {
    const changed = changedSightings(seen, kept, now)
    saved.push(changed.length)
    for (const each of changed) kept.set(each.id, each)
  }
  return { kept, saved }
}

const up: Seen = { id: 'dxpeer-f1', up: true, lastError: null, accepted: [route] }
const down: Seen = { id: 'dxpeer-f1', up: false, lastError: 'the link beneath is down' }

test('what was up once has been up for the first time then, however often it falls', () => {
  const { kept } = keptAfter([1, [down]], [2, [up]], [3, [down]], [4, [up]])
  const { firstUpAt, since, lastError } = kept.get('dxpeer-f1') ?? {}
  assert.deepEqual([firstUpAt, since, lastError], [2, 4, null])
})

test('what is seen as it was seen before is not saved again', () => {
  assert.deepEqual(keptAfter([1, [up]], [2, [up]], [3, [up]]).saved, [1, 0, 0])
})

test('a route is installed since it was first seen as it is', () => {
  const { kept } = keptAfter([1, [up]], [2, [{ ...up, accepted: [route, { ...route, cidr: '11.0.0.0/8' }] }]])
  assert.deepEqual(
    kept.get('dxpeer-f1')?.accepted.map(({ cidr, installedAt }) => [cidr, installedAt]),
    [
      ['10.0.0.0/8', 1],
      ['11.0.0.0/8', 2],
    ],
  )
  const again = keptAfter([1, [up]], [2, [down]], [3, [up]])
  assert.equal(again.kept.get('dxpeer-f1')?.accepted[0]?.installedAt, 3)
})

test('what was up and is seen no more is down', () => {
  const { kept, saved } = keptAfter([1, [up]], [2, []], [3, []])
  assert.deepEqual([kept.get('dxpeer-f1')?.up, kept.get('dxpeer-f1')?.since], [false, 2])
  assert.deepEqual(saved, [1, 1, 0])
})
