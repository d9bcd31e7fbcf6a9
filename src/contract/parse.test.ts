import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isOperationName, operations } from './operations.ts'
import { InvalidInput, parseInput } from './parse.ts'
import type { OperationName } from './types.ts'

const refusal = (operation: OperationName, body: unknown): InvalidInput => {
  try {
    parseInput(operation, body)
  } catch (error) {
    assert.ok(error instanceof InvalidInput, String(error))
    return error
  }
  assert.fail('accepted')
}

const tagResource = (tags: unknown) => ({ resourceArn: 'arn:aws:directconnect:eu-west-1:1:dxcon/dxcon-1', tags })

/** [operation, body, message]; a message that starts with "Invalid type" is a SerializationException. */
const refused: readonly (readonly [OperationName, unknown, string])[] = [
  ['CreateConnection', { location: 'EqDC2', connectionName: 'one' }, 'Field bandwidth is required'],
  ['CreateConnection', {}, 'Field location is required'],
  ['CreateConnection', undefined, 'Field location is required'],
  ['DeleteConnection', { connectionId: null }, 'Field connectionId is required'],
  [
    'CreatePrivateVirtualInterface',
    { connectionId: 'dxcon-1', newPrivateVirtualInterface: { virtualInterfaceName: 'one' } },
    'Field newPrivateVirtualInterface.vlan is required',
  ],
  ['TagResource', tagResource([{ key: 'a' }, { value: 'b' }]), 'Field tags[1].key is required'],
  ['TagResource', tagResource([{ key: 5 }]), 'Invalid type, tags[0].key must be a string'],
  ['TagResource', tagResource({ key: 'a' }), 'Invalid type, tags must be a list'],
  ['TagResource', tagResource(['a']), 'Invalid type, tags[0] must be an object'],
  ['TagResource', tagResource([null]), 'Invalid type, tags[0] must be an object'],
  ['TagResource', tagResource([[]]), 'Invalid type, tags[0] must be an object'],
  ['TagResource', tagResource([]), 'Invalid value for tags: length 0 is less than 1'],
  ['TagResource', tagResource([{ key: '' }]), 'Invalid value for tags[0].key: length 0 is less than 1'],
  [
    'TagResource',
    tagResource([{ key: 'a', value: 'v'.repeat(300) }]),
    'Invalid value for tags[0].value: length 300 is more than 256',
  ],
  [
    'TagResource',
    tagResource([{ key: 'a!' }]),
    "Invalid value 'a!' for tags[0].key: it must match ^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$",
  ],
  ['UntagResource', { resourceArn: 'arn', tagKeys: ['a', null] }, 'Invalid type, tagKeys[1] must be a string'],
  [
    'CreateBGPPeer',
    { newBGPPeer: { addressFamily: 'foo' } },
    "Invalid value 'foo' for newBGPPeer.addressFamily: it must be one of ipv4, ipv6",
  ],
  [
    'ListVirtualInterfaceRoutes',
    { filters: { routeDirection: 'toString' } },
    "Invalid value 'toString' for filters.routeDirection: it must be one of accepted, advertised",
  ],
  ['CreateBGPPeer', { newBGPPeer: { addressFamily: 4 } }, 'Invalid type, newBGPPeer.addressFamily must be a string'],
  ['CreateBGPPeer', { newBGPPeer: { asn: '65000' } }, 'Invalid type, newBGPPeer.asn must be an integer'],
  ['CreateBGPPeer', { newBGPPeer: { asn: 1.5 } }, 'Invalid type, newBGPPeer.asn must be an integer, not 1.5'],
  [
    'CreateBGPPeer',
    { newBGPPeer: { asn: 4_200_000_000 } },
    'Invalid type, newBGPPeer.asn must be an integer from -2147483648 to 2147483647, not 4200000000',
  ],
  [
    'CreateBGPPeer',
    JSON.parse('{"newBGPPeer":{"asnLong":9007199254740993}}'),
    'Invalid type, newBGPPeer.asnLong must be an integer from -9007199254740991 to 9007199254740991, not 9007199254740992',
  ],
  [
    'CreateBGPPeer',
    JSON.parse('{"newBGPPeer":{"asnLong":1e400}}'),
    'Invalid type, newBGPPeer.asnLong must be an integer, not Infinity',
  ],
  [
    'ListVirtualInterfaceRoutes',
    { filters: { asPath: [64512, '64513'] } },
    'Invalid type, filters.asPath[1] must be an integer',
  ],
  [
    'UpdateVirtualInterfaceAttributes',
    { virtualInterfaceId: 'dxvif-1', enableSiteLink: 'true' },
    'Invalid type, enableSiteLink must be a boolean',
  ],
  [
    'UpdateVirtualInterfaceAttributes',
    { virtualInterfaceId: 'dxvif-1', prefixPoolAllocatedCountIpv4: -1 },
    'Invalid value -1 for prefixPoolAllocatedCountIpv4: it is less than 0',
  ],
  [
    'GetResiliencyGroup',
    { resiliencyGroupId: 'dxrg-1' },
    'Invalid value for resiliencyGroupId: length 6 is less than 22',
  ],
  [
    'UpdateConnectionsBillingMode',
    { connectionIds: Array(201).fill('dxcon-1'), billingMode: 'PayAsYouGo' },
    'Invalid value for connectionIds: length 201 is more than 200',
  ],
  ['DescribeLocations', [], 'Invalid type, the request body must be a JSON object'],
  ['DescribeLags', null, 'Invalid type, the request body must be a JSON object'],
  ['DescribeLags', 'lags', 'Invalid type, the request body must be a JSON object'],
]

describe('a request that breaks the contract is refused', () => {
  for (const [operation, body, message] of refused) {
    test(message, () => {
      const error = refusal(operation, body)
      assert.equal(error.message, message)
      const isType = message.startsWith('Invalid type')
      assert.equal(error.code, isType ? 'SerializationException' : 'DirectConnectClientException')
    })
  }

  test('without quoting a key', () => {
    const error = refusal('CreateBGPPeer', { newBGPPeer: { authKey: 'secret\0' } })
    assert.doesNotMatch(error.message, /secret/)
    assert.doesNotMatch(refusal('CreateBGPPeer', { newBGPPeer: { authKey: ['secret'] } }).message, /secret/)
  })

  test('where a text could not be stored as it came', () => {
    for (const location of ['a\0b', 'a\ud800', '\udc00a']) {
      assert.equal(
        refusal('CreateConnection', { location }).message,
        'Invalid value for location: it contains a NUL character or half a surrogate pair',
      )
    }
  })
})

describe('a request that keeps the contract is accepted', () => {
  test('with the members that the contract knows, and no others', () => {
    const body = { connectionId: 'dxcon-1', virtualInterfaceId: 'dxvif-1', color: 'red' }
    assert.deepEqual(parseInput('DeleteConnection', body), { connectionId: 'dxcon-1' })
    assert.deepEqual(parseInput('DescribeLocations', body), {})
  })

  test('with null for a member that is absent', () => {
    const parsed = parseInput('DescribeConnections', { connectionId: null, maxResults: 5 })
    assert.deepEqual(parsed, { maxResults: 5 })
    assert.ok(!('connectionId' in parsed))
  })

  test('without a body where nothing is required', () => {
    assert.deepEqual(parseInput('DescribeConnections', undefined), {})
    assert.deepEqual(parseInput('DescribeLocations', undefined), {})
  })

  test('with tags in any script, counted in code points', () => {
    const tags = [
      { key: 'été 東京_.:/=+-@', value: '' },
      { key: '𝒜'.repeat(128), value: '𠀀'.repeat(256) },
      { key: 'Ελλάδα\u3000مثال', value: '٣' },
    ]
    assert.deepEqual(parseInput('TagResource', tagResource(tags)).tags, tags)
    const tooLong = refusal('TagResource', tagResource([{ key: '𝒜'.repeat(129) }]))
    assert.equal(tooLong.message, 'Invalid value for tags[0].key: length 129 is more than 128')
  })

  test('for every operation of the contract', () => {
    for (const name in operations) {
      assert.ok(isOperationName(name))
      if (operations[name].input === null) parseInput(name, {})
      else assert.throws(() => parseInput(name, []), InvalidInput)
    }
  })
})

describe('a hostile request does no harm', () => {
  test('through the names of members', () => {
    const body = JSON.parse('{"__proto__":{"connectionId":"dxcon-1"},"constructor":{"prototype":{"polluted":1}}}')
    assert.equal(refusal('DeleteConnection', body).message, 'Field connectionId is required')
    const parsed = parseInput('DescribeConnections', body)
    assert.deepEqual(Object.keys(parsed), [])
    assert.equal(Object.getPrototypeOf(parsed), Object.prototype)
    assert.ok(!('polluted' in {}))
    assert.deepEqual(parseInput('DescribeConnections', Object.create({ connectionId: 'dxcon-1' })), {})
  })

  test('through depth', () => {
    let deep: unknown = 'x'
    for (let depth = 0; depth < 200_000; depth++) deep = depth % 2 ? [deep] : { tags: deep }
    assert.deepEqual(parseInput('DescribeConnections', { deep }), {})
    assert.equal(refusal('TagResource', tagResource([deep])).message, 'Invalid type, tags[0] must be an object')
    assert.equal(refusal('DescribeConnections', { connectionId: deep }).code, 'SerializationException')
    assert.equal(refusal('DescribeConnections', deep).code, 'SerializationException')
  })

  test('through size', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({ key: `k${index}` }))
    assert.equal(parseInput('TagResource', tagResource(many)).tags.length, 100_000)
    const huge = 'k'.repeat(10_000_000)
    assert.equal(
      refusal('TagResource', tagResource([{ key: huge }])).message,
      'Invalid value for tags[0].key: length 10000000 is more than 128',
    )
    const { message } = refusal('DescribeLoa', { connectionId: 'dxcon-1', loaContentType: huge })
    assert.equal(message, `Invalid value '${'k'.repeat(64)}…' for loaContentType: it must be one of application/pdf`)
  })

  test('through what a terminal or a log would obey', () => {
    const { message } = refusal('DescribeLoa', { connectionId: 'd', loaContentType: '\u001b[2J\r\n\u202e\u2028x' })
    assert.equal(
      message,
      "Invalid value '\\u{1b}[2J\\u{d}\\u{a}\\u{202e}\\u{2028}x' for loaContentType: it must be one of application/pdf",
    )
  })

  test('through a pair that a cut would halve', () => {
    const { message } = refusal('DescribeLoa', { connectionId: 'd', loaContentType: `a${'😀'.repeat(80)}` })
    assert.ok(message.isWellFormed())
    assert.ok(message.startsWith(`Invalid value 'a${'😀'.repeat(63)}…' for`))
  })
})

test('an operation is known by its exact name', () => {
  assert.ok(isOperationName('CreateLag'))
  for (const name of ['createLag', 'CreateLag ', 'toString', '__proto__', 'constructor', '']) {
    assert.ok(!isOperationName(name), name)
  }
})
