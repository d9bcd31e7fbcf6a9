import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createLeaving } from './leave-together.ts'

test('what is ready in one turn of the event loop leaves together, in the order in which it was ready', async () => {
  const left: number[] = []
  const together = createLeaving()
  together(() => left.push(1))
  await Promise.resolve()
  together(() => left.push(2))
  assert.equal(left.length, 0)
  await turn()
  together(() => left.push(3))
  assert.equal(left.join(), '1,2')
  await turn()
  assert.equal(left.join(), '1,2,3')
})

test('the first of many answers does not wait for all of them', async () => {
  const left: number[] = []
  const together = createLeaving()
  for (let each = 1; each <= 70; each++) together(() => left.push(each))
  const early = left.length
  await turn()
  assert.ok(early > 0 && early < 70, `${early} left early`)
  assert.deepEqual(
    left,
    Array.from({ length: 70 }, (_, index) => index + 1),
  )
})
