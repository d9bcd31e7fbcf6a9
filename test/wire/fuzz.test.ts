// Whatever a client signs and sends, it is told what was wrong with it: never a failure of ours, never our insides.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { api } from '../../src/api.ts'
import { errorsOf, isOperationName, operations } from '../../src/contract/operations.ts'
import type { OperationName } from '../../src/contract/types.ts'
import { misfits } from '../fuzz/fits.ts'
import { inputOf, keys } from '../fuzz/inputs.ts'
import { createMemory } from '../fuzz/memory.ts'
import { startServer } from '../tools/server.ts'
import { type Answer, call } from './signed.ts'

const casesPerOperation = 8
const odds = { likely: 12, anything: 1, absent: 1, absentOptional: 6 }

test('any body for any operation gets an answer that the operation declares', { timeout: 60_000 }, async (t) => {
  await using server = await startServer({ timing: 'instant' })
  const memory = createMemory()
  let accepted = 0
  for (const name of Object.keys(operations).filter(isOperationName)) {
    const body = fc.oneof(
      { weight: 4, arbitrary: inputOf(name, odds) },
      { weight: 1, arbitrary: fc.json() },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) },
    )
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(...keys), async (wish, key) => {
        const isText = typeof wish === 'string' || wish instanceof Uint8Array
        const body = isText ? wish : JSON.stringify(memory.granted(key, wish))
        const answer = await call(server.url, { target: name, body, key })
        if (answer.status === 200) {
          accepted++
          memory.saw(key, answer.text)
        }
        explained(name, answer, [
          ...errorsOf(name).filter((code) => code !== 'DirectConnectServerException'),
          'SerializationException',
          ...(api[name] === null ? ['UnknownOperationException'] : []),
        ])
      }),
      { numRuns: casesPerOperation },
    )
  }
  t.diagnostic(`${accepted} of ${casesPerOperation * Object.keys(operations).length} requests were accepted`)
})

test('any request line and headers get an answer, and the server lives on', async () => {
  await using server = await startServer()
  const token = fc.stringMatching(/^[A-Za-z0-9.%~!*'();:@&=+$,/?#[\]-]{1,40}$/)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('POST', 'GET', 'PUT', 'HEAD', 'QUERY', 'PROPFIND', 'OPTIONS'),
      token,
      fc.array(fc.tuple(fc.stringMatching(/^x?[a-z-]{1,20}$/), token), { maxLength: 4 }),
      async (method, path, headers) => {
        const kept = headers.filter(([name]) => !/^(te|transfer-encoding|expect|upgrade|connection)$/.test(name))
        const answer = await call(server.url, {
          method,
          path: `/${path.replace('#', '')}`,
          headers: Object.fromEntries(kept),
          target: 'DescribeLocations',
        })
        assert.ok(answer.status < 500, answer.text)
        assert.doesNotMatch(answer.text, insides)
      },
    ),
    { numRuns: 100 },
  )
  assert.equal((await call(server.url, { target: 'DescribeLocations' })).status, 200)
})

const insides = /\\n\s+at |file:\/\/|node_modules|TypeError|RangeError|SQLITE/

function explained(name: OperationName, answer: Answer, codes: readonly string[]): void {
  if (answer.status === 200) return assert.deepEqual(misfits(name, answer.json), [], answer.text)
  assert.equal(answer.status, 400, answer.text)
  assert.ok(codes.includes(answer.code ?? ''), `${answer.text} is none of ${codes.join(', ')}`)
  assert.ok(answer.json.message.length > 0 && answer.json.message.length < 1_000, answer.text)
  assert.doesNotMatch(answer.json.message, insides)
}
