// Whatever a client signs and sends, it is told what was wrong with it: never a failure of ours, never our insides.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { api } from '../../src/api.ts'
import { enums } from '../../src/contract/enums.ts'
import { type MemberType, membersOf } from '../../src/contract/notation.ts'
import { errorsOf, isOperationName, operations } from '../../src/contract/operations.ts'
import type { StructureName } from '../../src/contract/structures.ts'
import { startServer } from '../tools/server.ts'
import { type Answer, call } from './signed.ts'

const casesPerOperation = 8

test('any body for any operation gets an answer that the operation declares', { timeout: 60_000 }, async (t) => {
  await using server = await startServer({ timing: 'instant' })
  let accepted = 0
  for (const name of Object.keys(operations).filter(isOperationName)) {
    const { input } = operations[name]
    const request = input === null ? fc.constant({}) : structure(input)
    const body = fc.oneof(
      { weight: 4, arbitrary: request.map((value) => JSON.stringify(value)) },
      { weight: 1, arbitrary: fc.json() },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) },
    )
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom('test', 'partner', '111122223333'), async (body, key) => {
        const answer = await call(server.url, { target: name, body, key })
        if (answer.status === 200) accepted++
        explained(answer, [
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

function explained(answer: Answer, codes: readonly string[]): void {
  if (answer.status === 200) {
    for (const id of answer.text.match(/dx(con|lag|vif|peer)-\w+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g) ?? [])
      shown.add(id)
    assert.equal(typeof answer.json, 'object')
    assert.doesNotMatch(answer.text, /:null/)
    return
  }
  assert.equal(answer.status, 400, answer.text)
  assert.ok(codes.includes(answer.code ?? ''), `${answer.text} is none of ${codes.join(', ')}`)
  assert.ok(answer.json.message.length > 0 && answer.json.message.length < 1_000, answer.text)
  assert.doesNotMatch(answer.json.message, insides)
}

/** Mostly what the contract asks for, so that requests come past it; now and then anything. */
function structure(name: StructureName): fc.Arbitrary<object> {
  const members = membersOf(name).map(({ name: member, type, required }) => {
    const likely = { weight: 12, arbitrary: valueOf(member, type) }
    const anything = { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) }
    const absent = { weight: required === true ? 1 : 6, arbitrary: fc.constant(undefined) }
    return [member, fc.oneof(likely, anything, absent)] as const
  })
  return fc.record(Object.fromEntries(members))
}

function valueOf(member: string, type: MemberType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'structure':
      return structure(type.name)
    case 'list':
      return fc.array(valueOf(member, type.item), { maxLength: 3 })
    case 'enum':
      return fc.constantFrom(...enums[type.name])
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'long':
      return fc.oneof(fc.integer(), fc.constantFrom(0, 1, 100, 101, 1_500, 4_094, 65_000, 65_536, 4_294_967_295))
    case 'string':
      return fc.oneof(
        { weight: 6, arbitrary: textFor(member) },
        { weight: 1, arbitrary: fc.constantFrom(...commonTexts) },
        { weight: 1, arbitrary: fc.string() },
      )
    case 'timestamp':
    case 'blob':
      return fc.jsonValue()
  }
}

/** The ids that answers have shown, so that requests find what others made. */
const shown = new Set<string>(['dxcon-f1234567'])

function textFor(member: string): fc.Arbitrary<string> {
  if (member.endsWith('Id') && texts[member] === undefined)
    return fc.nat(1_000).map((n) => [...shown][n % shown.size] ?? '')
  return fc.constantFrom(...(texts[member] ?? commonTexts))
}

const commonTexts = [
  'name',
  '',
  '111122223333',
  'dxcon-f1234567',
  'dxvif-f1234567',
  'dxlag-f1234567',
  'us-east-1',
  '2001:db8::1/125',
  '169.254.1.1/30',
  '0.0.0.0/0',
  'x'.repeat(300),
  '\u{202e}../../etc/passwd',
]

const texts: Readonly<Record<string, readonly string[]>> = {
  location: ['EqDC2', 'eqdc2', 'EqDC2-x', 'Nowhere'],
  bandwidth: ['1Gbps', '10Gbps', '50Mbps', '7Gbps'],
  connectionsBandwidth: ['1Gbps', '10Gbps', '50Mbps'],
  connectionBandwidth: ['1Gbps', '50Mbps'],
  connectionName: ['name'],
  virtualGatewayId: ['vgw-12345678', 'vgw-x'],
  ownerAccount: ['000000000000', '111111111111', '111122223333'],
  resourceArns: ['arn:aws:directconnect:us-east-1:000000000000:dxcon/dxcon-f1234567'],
  resourceArn: ['arn:aws:directconnect:us-east-1:000000000000:dxcon/dxcon-f1234567', 'arn:aws:s3:::bucket'],
  cidr: ['203.0.113.0/24', '10.0.0.0/8', '::/0', '1.2.3.4/33'],
  authKey: ['secretsecret', 'x', 'key with spaces'],
}
