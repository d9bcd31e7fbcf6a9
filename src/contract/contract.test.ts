import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Constraint, constraints } from './constraints.ts'
import { type Member, membersOf } from './notation.ts'
import { errorsOf, isOperationName, type OperationContract, operations } from './operations.ts'
import { secretMembers } from './redact.ts'
import { type StructureName, structures } from './structures.ts'

const everyOperation = Object.entries<OperationContract>(operations)
const isStructureName = (name: string): name is StructureName => Object.hasOwn(structures, name)
const everyMember = Object.keys(structures)
  .filter(isStructureName)
  .flatMap((name): readonly Member[] => membersOf(name))

test('whatever is not a pure read writes, and so do the three that issue a letter', () => {
  for (const [name, { writes }] of everyOperation) {
    const reads = /^(Describe|List|Get)/.test(name) && !name.endsWith('Loa')
    assert.equal(writes, !reads, name)
  }
  assert.equal(everyOperation.filter(([, { writes }]) => writes).length, 53)
})

const has = (structure: StructureName | null, member: string) => structure !== null && member in structures[structure]

test('the paginated operations are those that take maxResults and nextToken and answer nextToken', () => {
  for (const [name, { input, output, paginated = false }] of everyOperation) {
    assert.equal(has(input, 'maxResults'), paginated, name)
    assert.equal(has(input, 'nextToken'), paginated, name)
    if (paginated) assert.ok(has(output, 'nextToken'), name)
  }
  assert.equal(everyOperation.filter(([, { paginated }]) => paginated).length, 13)
})

test('every operation may answer the client and the server exception', () => {
  for (const [name] of everyOperation) {
    assert.ok(isOperationName(name))
    const all = errorsOf(name)
    assert.ok(all.includes('DirectConnectClientException') && all.includes('DirectConnectServerException'), name)
    assert.equal(new Set(all).size, all.length, name)
  }
})

test('every structure is reached from an operation', () => {
  const reached = new Set<StructureName>()
  const visit = (name: StructureName | null) => {
    if (name === null || reached.has(name)) return
    reached.add(name)
    for (const { type } of membersOf(name)) {
      const inner = type.kind === 'list' ? type.item : type
      if (inner.kind === 'structure') visit(inner.name)
    }
  }
  for (const [, { input, output }] of everyOperation) {
    visit(input)
    visit(output)
  }
  assert.deepEqual([...reached].toSorted(), Object.keys(structures).toSorted())
})

test('every constraint stands on a value of its own type, and every pattern is anchored', () => {
  for (const { name, type } of everyMember) {
    for (const each of type.kind === 'list' ? [type, type.item] : [type]) {
      if ('constraint' in each && each.constraint !== undefined) assert.equal(each.constraint.on, each.kind, name)
    }
  }
  for (const [name, { pattern }] of Object.entries<Constraint>(constraints)) {
    if (pattern === undefined) continue
    assert.match(pattern, /^\^.*\$$/, name)
    // One quantifier within another is what makes matching take exponential time.
    assert.doesNotMatch(pattern, /[*+}]\)[*+{]/, name)
    assert.ok(new RegExp(pattern, 'u'))
  }
})

test('no key is held to a constraint or an enum, whose refusal would quote it', () => {
  const secrets = everyMember.filter(({ name }) => secretMembers.some((secret) => secret === name))
  assert.ok(secrets.length > 5)
  for (const { type } of secrets) assert.deepEqual(type, { kind: 'string', constraint: undefined })
})
