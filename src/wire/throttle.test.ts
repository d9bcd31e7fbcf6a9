import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createThrottle } from './throttle.ts'

test('an account may make so many requests in any second, and as many at once after a pause', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.nat(400), { minLength: 1, maxLength: 200 }),
      (perSecond, pauses) => {
        let now = 0
        const admit = createThrottle(perSecond, () => now)
        const admitted: number[] = []
        for (const pause of pauses) {
          now += pause
          if (admit('a')) admitted.push(now)
        }
        for (const from of admitted)
          assert.ok(admitted.filter((at) => at >= from && at < from + 1_000).length <= 2 * perSecond)
        now += 1_000
        const after = Array.from({ length: perSecond + 1 }, () => admit('a'))
        assert.deepEqual(after, [...Array(perSecond).fill(true), false])
      },
    ),
  )
})

test('accounts do not share, real time that steps back takes nothing away, and those who left are forgotten', () => {
  let now = 10_000
  const admit = createThrottle(1, () => now)
  assert.deepEqual([admit('a'), admit('a'), admit('b')], [true, false, true])
  now = 0
  assert.deepEqual([admit('c'), admit('a')], [true, false])
  now = 1_000
  assert.equal(admit('a'), true)
  for (let n = 0; n < 30_000; n++) assert.equal(admit(`account ${n}`), true)
  assert.equal(admit('account 29999'), false)
})
