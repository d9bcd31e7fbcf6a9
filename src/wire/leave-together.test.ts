import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createLeaving } from './leave-together.ts'

test('what is ready in a turn that brought requests leaves together at its end, in the order in which it was ready', async () => {
  const left: number[] = []
  const leaving = createLeaving()
  for (const first of [1, 3]) {
    leaving.arrived()
    leaving.ready(() => left.push(first))
    leaving.arrived()
    await Promise.resolve()
    leaving.ready(() => left.push(first + 1))
    assert.equal(left.length, first - 1)
    await turn()
    assert.equal(left.length, first + 1)
  }
  assert.equal(left.join(), '1,2,3,4')
})

test('what is ready in a turn that brought no request leaves at once', async () => {
  const left: number[] = []
  const leaving = createLeaving()
  leaving.arrived()
  await turn()
  leaving.ready(() => left.push(1))
  assert.equal(left.join(), '1')
})

test('the first of many answers does not wait for all of them', async () => {
  const left: number[] = []
  const leaving = createLeaving()
  leaving.arrived()
  const all = Array.from({ length: 70 }, (_, index) => index)
  for (const each of all) leaving.ready(() => left.push(each))
  assert.ok(left.length > 0 && left.length < 70, `${left.length} left early`)
  await turn()
  assert.deepEqual(left, all)
})
