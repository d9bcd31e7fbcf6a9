import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countAnswers } from './traffic.ts'

const answer = (ms: number, sequence: number, trip = 0.5) =>
  `[${(ms / 1_000).toFixed(6)}] 64 bytes from 10.0.0.4: icmp_seq=${sequence} ttl=62 time=${trip} ms`
const silence = (ms: number, sequence: number) => `[${(ms / 1_000).toFixed(6)}] no answer yet for icmp_seq=${sequence}`

test('what is lost is what was sent and not answered since the last look', () => {
  const count = countAnswers()
  count.begin(1_000)
  for (const line of ['PING 10.0.0.4 (10.0.0.4) 56(84) bytes of data.', answer(1_010, 1), answer(1_020, 2, 1.5)])
    count.line(line)
  assert.deepEqual(count.sample(), { sent: 2, received: 2, roundTripMs: 1.5 })
  count.line(silence(1_040, 3))
  count.line(answer(1_050, 4))
  assert.deepEqual(count.sample(), { sent: 2, received: 1, roundTripMs: 0.5 })
  for (const sequence of [5, 6, 7]) count.line(silence(1_060, sequence))
  assert.deepEqual(count.sample(), { sent: 3, received: 0, roundTripMs: null })
})

test('the longest gap lies between two answers, before the first or after the last', () => {
  const gapOf = (answers: readonly number[], until: number) => {
    const count = countAnswers()
    count.begin(1_000)
    for (const [index, at] of answers.entries()) count.line(answer(at, index + 1))
    return count.longestGapMs(until)
  }
  assert.equal(gapOf([1_010, 1_880, 1_890], 1_900), 870)
  assert.equal(gapOf([1_500, 1_510], 1_520), 500)
  assert.equal(gapOf([1_010, 1_020], 3_020), 2_000)
  assert.equal(gapOf([], 2_000), 1_000)
})

test('a packet that is answered late is not lost, and one of the last moment is not looked at', () => {
  const count = countAnswers()
  count.begin(1_000)
  assert.equal(count.firstAnswerAt(), null)
  for (const line of [silence(1_020, 1), silence(1_030, 2), answer(1_035, 2, 15), answer(1_040, 4)]) count.line(line)
  assert.equal(count.firstAnswerAt(), 1_035)
  assert.equal(count.highest(), 4)
  count.line(silence(1_050, 5))
  assert.equal(count.lost(4), 2)
  assert.equal(count.lost(5), 3)
})
