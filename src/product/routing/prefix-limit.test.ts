import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Interval } from '../history.ts'
import { announcedPrefixes, idleFor, type PrefixHistory, type Steps } from './prefix-limit.ts'

const always: readonly Interval[] = [{ from: 0, until: null }]
const allowing = (value: number): Steps => [{ from: Number.NEGATIVE_INFINITY, value }]
const story = (facts: Partial<PrefixHistory>): PrefixHistory => ({
  wouldBeUp: always,
  announced: [],
  allowed: allowing(100),
  clears: [],
  ...facts,
})

test('with as many prefixes as are allowed a session stays up, with one more it goes Idle at once', () => {
  assert.deepEqual(idleFor(story({ announced: [{ from: 5, value: 100 }] })), [])
  assert.deepEqual(idleFor(story({ announced: [{ from: 5, value: 101 }] })), [{ from: 5, until: null }])
})

test('it stays Idle though prefixes are withdrawn, and though it is cleared, until both have happened in this order', () => {
  const announced = [
    { from: 5, value: 101 },
    { from: 10, value: 3 },
  ]
  assert.deepEqual(idleFor(story({ announced })), [{ from: 5, until: null }])
  assert.deepEqual(idleFor(story({ announced, clears: [7] })), [{ from: 5, until: null }])
  assert.deepEqual(idleFor(story({ announced, clears: [7, 12] })), [{ from: 5, until: 12 }])
})

test('it comes back by itself when enough is allowed, and not when a little more is', () => {
  const announced = [{ from: 5, value: 150 }]
  const raised = (value: number) => [...allowing(100), { from: 9, value }]
  assert.deepEqual(idleFor(story({ announced, allowed: raised(150) })), [{ from: 5, until: 9 }])
  assert.deepEqual(idleFor(story({ announced, allowed: raised(149) })), [{ from: 5, until: null }])
})

test('less that is allowed later does not make wrong what was right before', () => {
  const announced = [
    { from: 5, value: 150 },
    { from: 8, value: 50 },
  ]
  const allowed = [...allowing(200), { from: 9, value: 100 }]
  assert.deepEqual(idleFor(story({ announced, allowed })), [])
})

test('what is announced while the session is down for other reasons counts when it comes up', () => {
  const announced = [
    { from: 5, value: 101 },
    { from: 8, value: 1 },
    { from: 20, value: 101 },
  ]
  const wouldBeUp = [
    { from: 10, until: 15 },
    { from: 30, until: null },
  ]
  assert.deepEqual(idleFor(story({ announced, wouldBeUp })), [{ from: 30, until: null }])
})

test('a list that was replaced in the millisecond in which it came was never announced', () => {
  const routes = (id: string, from: number, until: number | null, ipv4: number) => ({
    id,
    createdAt: from,
    virtualInterfaceId: 'dxvif-f1',
    from,
    until,
    routes: [],
    accepted: { ipv4, ipv6: 0 },
  })
  const ever = [routes('b', 5, 9, 1), routes('a', 5, 5, 500), routes('c', 9, null, 2)]
  assert.deepEqual(announcedPrefixes(ever, 'ipv4'), [
    { from: 5, value: 1 },
    { from: 9, value: 2 },
  ])
})

// The same, instant by instant, by a machine that is told everything that happens.

const end = 30

const steps = (least: number): fc.Arbitrary<Steps> =>
  fc
    .uniqueArray(fc.record({ from: fc.integer({ min: 0, max: end }), value: fc.integer({ min: 0, max: 6 }) }), {
      maxLength: 6,
      selector: ({ from }) => from,
    })
    .map((some) => [{ from: Number.NEGATIVE_INFINITY, value: least }, ...some.toSorted((a, b) => a.from - b.from)])

const intervals: fc.Arbitrary<readonly Interval[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: end }), { maxLength: 8 })
  .map((ends) => {
    const sorted = ends.toSorted((a, b) => a - b)
    return sorted.flatMap((from, index) => (index % 2 === 0 ? [{ from, until: sorted[index + 1] ?? null }] : []))
  })

const holds = (some: readonly Interval[], at: number) =>
  some.some(({ from, until }) => from <= at && (until === null || at < until))
const valueAt = (some: Steps, at: number) => some.findLast(({ from }) => from <= at)?.value ?? 0

test('whether a session is Idle at an instant follows from what happened up to then', () => {
  fc.assert(
    fc.property(
      fc.record({
        wouldBeUp: intervals,
        announced: steps(0),
        allowed: steps(3),
        clears: fc.array(fc.integer({ min: 0, max: end }), { maxLength: 5 }),
      }),
      (history) => {
        const idle = idleFor(history)
        let expected = false
        for (let at = 0; at <= end + 1; at++) {
          const allowed = valueAt(history.allowed, at)
          const isOver = valueAt(history.announced, at) > allowed
          const isRaised = allowed > valueAt(history.allowed, at - 1)
          if (expected && !isOver && (history.clears.includes(at) || isRaised)) expected = false
          if (isOver && holds(history.wouldBeUp, at)) expected = true
          assert.equal(holds(idle, at), expected, `at ${at}`)
        }
        for (const [index, { from, until }] of idle.entries()) {
          assert.ok(until === null ? index === idle.length - 1 : until > from)
          assert.ok(from >= (idle[index - 1]?.until ?? 0))
        }
      },
    ),
    { numRuns: 2_000 },
  )
})
