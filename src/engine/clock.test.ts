import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createClock } from './clock.ts'

test('product time is real time plus the offset', () => {
  let real = 1_000
  const clock = createClock(() => real)
  assert.equal(clock.now(), 1_000)
  clock.follow(90_000)
  assert.equal(clock.now(), 91_000)
  real += 5
  assert.equal(clock.now(), 91_005)
})

test('product time never goes backwards, whatever real time does, as long as the offset does not', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ real: fc.nat(), advance: fc.nat() })), (steps) => {
      let real = 0
      let offset = 0
      let before = Number.NEGATIVE_INFINITY
      const clock = createClock(() => real)
      for (const step of steps) {
        real = step.real
        offset += step.advance
        clock.follow(offset)
        const now = clock.now()
        assert.ok(now >= before && now >= real + offset)
        before = now
      }
    }),
  )
})

test('a reset, which begins a new history, takes product time back to real time', () => {
  const clock = createClock(() => 1_000)
  clock.follow(90_000)
  assert.equal(clock.now(), 91_000)
  clock.follow(0)
  assert.equal(clock.now(), 1_000)
})
