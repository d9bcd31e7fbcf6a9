import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { coverage, covered } from './tools/coverage.ts'

test('docs/coverage.md says what is built; `npm run coverage` writes it anew', () => {
  assert.equal(readFileSync(new URL('../docs/coverage.md', import.meta.url), 'utf8'), coverage())
})

test('every built operation has at least one test', () => {
  const untested = covered().operations.filter(
    ({ built, rules, elsewhere }) => built && rules.length + elsewhere.length === 0,
  )
  assert.deepEqual(
    untested.map(({ name }) => name),
    [],
  )
})

test('every error that a built operation declares has a text', () => {
  const silent = covered().operations.filter(({ built, textless }) => built && textless.length > 0)
  assert.deepEqual(
    silent.map(({ name, textless }) => [name, textless]),
    [],
  )
})

test('a rule is found however its test calls the operation, an error text however far from the operation it stands', () => {
  const { operations } = covered()
  const seen = (name: string) => {
    const found = operations.find((one) => one.name === name)
    assert.ok(found !== undefined)
    const titles = [...found.rules, ...found.elsewhere].map(({ title }) => title)
    return { titles, texts: found.refusals.map(({ code, text }) => `${code}: ${text}`) }
  }
  assert.ok(seen('CreateConnection').titles.some((title) => title.startsWith('an account has at most 10 active')))
  assert.ok(seen('DescribeTags').titles.length < 40, "EC2's operation of the same name is another one")
  assert.ok(seen('DeleteLag').texts.includes('DirectConnectClientException: Could not find Lag with ID {id}'))
  assert.ok(
    seen('DeleteDirectConnectGatewayAssociationProposal').texts.includes(
      'DirectConnectClientException: Proposal {id} is not found.',
    ),
  )
  assert.ok(
    seen('TagResource').texts.includes(
      'TooManyTagsException: A resource can have at most 50 tags; this makes {tags.size}.',
    ),
  )
})
