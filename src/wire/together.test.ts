import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createTogether } from './together.ts'

test('what a turn brings is begun together, and its answers leave in the order in which they were ready', async () => {
  const seen: string[] = []
  const together = createTogether()
  const request = (name: string) =>
    together.arrived(() => {
      seen.push(`${name} begun`)
      void Promise.resolve().then(() => together.ready(() => seen.push(`${name} left`)))
    })
  for (const [first, second] of [
    ['a', 'b'],
    ['c', 'd'],
  ] as const) {
    request(first)
    await Promise.resolve()
    request(second)
    assert.deepEqual(seen.splice(0), [])
    await turn()
    assert.deepEqual(seen.splice(0), [`${first} begun`, `${second} begun`, `${first} left`, `${second} left`])
  }
})

test('what is ready in a turn that brought no request leaves at once', async () => {
  const left: number[] = []
  const together = createTogether()
  together.arrived(() => {})
  await turn()
  together.ready(() => left.push(1))
  assert.equal(left.join(), '1')
})

test('the first of many answers does not wait for all of them', async () => {
  const left: number[] = []
  const together = createTogether()
  const all = Array.from({ length: 70 }, (_, index) => index)
  for (const each of all) together.arrived(() => together.ready(() => left.push(each)))
  together.arrived(() => assert.ok(left.length > 0 && left.length < 70, `${left.length} left early`))
  await turn()
  assert.deepEqual(left, all)
})
