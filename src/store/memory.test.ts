import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemory } from './memory.ts'

const records = (count: number) => Array.from({ length: count }, (_, id) => ({ id }))
const remembered = (memory: ReturnType<typeof createMemory>, questions: readonly string[]) =>
  questions.reduce((sum, question) => sum + (memory.recall('connection', question, 1)?.length ?? 0), 0)

test('however many questions are asked, only so many records are remembered', () => {
  const memory = createMemory('reader')
  const questions = Array.from({ length: 1_000 }, (_, n) => `question ${n}`)
  for (const question of questions) memory.keep('connection', question, 0, null, records(100))
  assert.equal(memory.recall('connection', 'question 999', 1)?.length, 100)
  assert.ok(remembered(memory, questions) <= 32_000)
})

test('however long the questions are, they take no more memory than the records may', () => {
  const memory = createMemory('writer')
  const questions = Array.from({ length: 400 }, (_, n) => `${n} ${'x'.repeat(500_000)}`)
  for (const question of questions) memory.keep('connection', question, 0, null, [])
  const kept = questions.filter((question) => memory.recall('connection', question, 1) !== undefined)
  assert.ok(kept.length <= 64, `${kept.length} questions of half a megabyte`)
})

test('an answer that is no page is not remembered, and pushes no other out', () => {
  const memory = createMemory('reader')
  memory.keep('connection', 'page', 0, null, records(100))
  memory.keep('connection', 'all', 0, null, records(5_000))
  assert.equal(memory.recall('connection', 'all', 1), undefined)
  assert.equal(memory.recall('connection', 'page', 1)?.length, 100)
})

test('what a kind that changes has forgotten takes no room from what others remember', () => {
  const memory = createMemory('writer')
  memory.keep('connection', 'usual', 0, null, records(1))
  for (let change = 0; change < 10_000; change++) {
    memory.keep('virtual-interface', `question ${change}`, 0, null, records(10))
    memory.forget('virtual-interface')
  }
  assert.equal(memory.recall('connection', 'usual', 1)?.length, 1)
  assert.equal(memory.recall('virtual-interface', 'question 9999', 1), undefined)
})

test('readers who share a transaction remember what is asked for again, and for that not each that is asked for once', () => {
  const memory = createMemory('sharing readers')
  const ask = (question: string) => {
    const known = memory.recall('connection', question, 1) !== undefined
    if (!known) memory.keep('connection', question, 0, null, records(1))
    return known
  }
  assert.deepEqual([ask('usual'), ask('usual'), ask('usual')], [false, false, true])
  for (let n = 0; n < 100_000; n++) assert.equal(ask(`once ${n}`), false)
  assert.equal(ask('usual'), true)
  for (let round = 0; round < 20; round++) for (let n = 0; n < 1_000; n++) ask(`in turn ${n}`)
  for (let n = 0; n < 1_000; n++) assert.ok(ask(`in turn ${n}`), 'whichever questions are asked in turn')
  memory.forget()
  assert.deepEqual([ask('another'), ask('another'), ask('another')], [false, false, true])
})
