import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseShorthand, ShorthandError } from '../../../src/cli/operations/values/shorthand.ts'
import { startAwsCli } from '../../tools/aws-cli-driver.ts'
import { awsCli, skipWithout } from '../../tools/clients.ts'
import { startServer } from '../../tools/server.ts'

function ours(text: string): unknown {
  try {
    return parseShorthand(text)
  } catch (error) {
    if (error instanceof ShorthandError) return undefined
    throw error
  }
}

// Mostly the marks of the grammar, so that the random texts are near to what is meant, and what may be taken for a space.
const mark = fc.constantFrom(...'=,{}[]\'"\\ab-.#/: \t\n~|^_@', 'key=', 'a=b', '\\,', '{a=b}', '[c,d]', "'q r'", '"s"')
const odd = fc.constantFrom('é', '\u00a0', '\u0085', '\u001c', '\ufeff', '\u2003', '\u{1f600}', '\u007f', '\u0001')
const anything = fc.array(fc.oneof({ weight: 12, arbitrary: mark }, { weight: 1, arbitrary: odd }), { maxLength: 14 })

/** What people write: keys with values of every form. */
const { pairs } = fc.letrec<{ pairs: string; value: string }>((tie) => {
  const word = fc.constantFrom('b', 'c d', "'e, f'", '"g=\\"h\\""', '', 'x\\,y', '10.0.0.0/16', 'dxvif-1', 'k=l')
  const list = (items: fc.Arbitrary<string>) => fc.array(items, { maxLength: 3 }).map((each) => `[${each.join(', ')}]`)
  const key = fc.constantFrom('name', 'vlan', 'tags', 'a.b', 'a')
  const value = fc.oneof(
    { maxDepth: 3 },
    word,
    word.map((each) => `${each},${each}`),
    list(tie('value')),
    tie('pairs').map((each) => `{${each}}`),
  )
  const pair = fc.tuple(key, tie('value')).map(([name, each]) => `${name}=${each}`)
  return { value, pairs: fc.uniqueArray(pair, { minLength: 1, maxLength: 4 }).map((each) => each.join(',')) }
})

test('shorthand means what it means to the AWS CLI', skipWithout('the AWS CLI', awsCli), async () => {
  await using server = await startServer()
  await using aws = await startAwsCli(server)
  const same = async (text: string) => assert.deepEqual(ours(text), await aws.shorthand(text))
  for (const text of [
    'a=b',
    'a=b,c,d=e',
    'a=[b,{c=d}]',
    "a='b\\'c'",
    'a={b=[c]}',
    '',
    'a',
    'a=',
    'a=b,a=c',
    'a=b,c',
    '=b',
  ])
    await same(text)
  await fc.assert(fc.asyncProperty(pairs, same), { numRuns: 500 })
  await fc.assert(
    fc.asyncProperty(
      anything.map((each) => each.join('')),
      same,
    ),
    { numRuns: 3_000 },
  )
})
