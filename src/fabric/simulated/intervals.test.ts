import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { always, atLeast, before, both, either, type Intervals, never, not, seenAt, since } from './intervals.ts'

// The algebra against a naive model: whether something holds, asked point by point.

const points = Array.from({ length: 24 }, (_, index) => index - 2)

function holds(intervals: Intervals, at: number): boolean {
  return intervals.some(({ from, until }) => from <= at && (until === null || at < until))
}

/** At each point, whether it holds. */
const pointwise = (intervals: Intervals) => points.map((at) => holds(intervals, at))

/** Disjoint intervals in order, which may touch; they may have begun always, and the last may last for ever. */
const intervals: fc.Arbitrary<Intervals> = fc
  .record({ ends: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 8 }), alwaysWas: fc.boolean() })
  .chain(({ ends, alwaysWas }) => {
    const sorted = [...(alwaysWas ? [Number.NEGATIVE_INFINITY] : []), ...ends.toSorted((a, b) => a - b)]
    const starts = sorted.map((from, index) => ({ from, until: sorted[index + 1] ?? null }))
    return fc.subarray(starts)
  })

const instant = fc.option(fc.integer({ min: -1, max: 21 }))

function assertInOrder(result: Intervals): void {
  for (const [index, { from, until }] of result.entries()) {
    assert.ok(until === null || until > from, 'none is empty')
    const next = result[index + 1]
    if (next !== undefined) assert.ok(until !== null && until < next.from, 'they neither overlap nor touch')
  }
}

test('atLeast(n) holds where n or more hold, in intervals that neither overlap nor touch', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(intervals, { maxLength: 5 }), (needed, all) => {
      const result = atLeast(needed, all)
      assertInOrder(result)
      assert.deepEqual(
        pointwise(result),
        points.map((at) => all.filter((each) => holds(each, at)).length >= needed),
      )
    }),
    { numRuns: 1_000 },
  )
})

test('both holds where all hold, either where any does', () => {
  fc.assert(
    fc.property(fc.array(intervals, { minLength: 1, maxLength: 5 }), (all) => {
      assert.deepEqual(
        pointwise(both(...all)),
        points.map((at) => all.every((each) => holds(each, at))),
      )
      assert.deepEqual(
        pointwise(either(all)),
        points.map((at) => all.some((each) => holds(each, at))),
      )
    }),
  )
})

test('not holds where it does not, and not of not is the same again', () => {
  fc.assert(
    fc.property(intervals, (each) => {
      assertInOrder(not(each))
      assert.deepEqual(
        pointwise(not(each)),
        points.map((at) => !holds(each, at)),
      )
      assert.deepEqual(not(not(each)), either([each]))
    }),
  )
  assert.deepEqual([not(never), not(always)], [always, never])
})

test('since holds from its instant on, before until it, and without an instant never and always', () => {
  fc.assert(
    fc.property(instant, (at) => {
      assert.deepEqual(
        pointwise(since(at)),
        points.map((point) => at !== null && point >= at),
      )
      assert.deepEqual(
        pointwise(before(at)),
        points.map((point) => at === null || point < at),
      )
      if (at !== null) assert.deepEqual(not(since(at)), before(at))
    }),
  )
})

test('an observer sees the past only: whether it holds now, since when, and when it first did', () => {
  fc.assert(
    fc.property(fc.array(intervals, { minLength: 1, maxLength: 3 }), fc.constantFrom(...points), (all, now) => {
      const each = either(all)
      const seen = seenAt(each, now)
      assert.equal(seen.up, holds(each, now))
      const past = points.filter((at) => at <= now)
      const first = past.find((at) => holds(each, at))
      const everBefore = each[0]?.from === Number.NEGATIVE_INFINITY
      assert.equal(seen.firstUpAt, everBefore ? Number.NEGATIVE_INFINITY : (first ?? null))
      // The last point at which it became as it is now; if it never changed, it is so since ever.
      const changed = past.findLast((at) => holds(each, at) === seen.up && holds(each, at - 1) !== seen.up)
      assert.equal(seen.since, changed ?? (seen.up ? Number.NEGATIVE_INFINITY : null))
      assert.deepEqual(seenAt(both(each, before(now + 1)), now), seen, 'what comes later does not matter')
    }),
    { numRuns: 1_000 },
  )
})
