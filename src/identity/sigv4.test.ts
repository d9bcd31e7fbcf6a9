import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { AccessKeys } from './access-keys.ts'
import type { ReceivedRequest } from './canonical-request.ts'
import {
  answer,
  DRAFT,
  NOW,
  presigned,
  STORED,
  signed,
  signedByHand,
  TEMPORARY,
  verify,
  withAuthorization,
  withHeader,
  withoutHeader,
  withParameter,
} from './sigv4.test-fixture.ts'
import { onTheWire, type SignedDraft } from './sigv4.test-signer.ts'
import { verifySignature } from './sigv4.ts'

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

test('a signed request tells the account, the principal, the key, the region and the service', async () => {
  assert.deepEqual(await verify(await signed()), {
    accountId: '000000000000',
    principalArn: 'arn:aws:iam::000000000000:root',
    accessKeyId: 'test',
    region: 'eu-central-1',
    service: 'directconnect',
  })
  assert.equal((await verify(await presigned({ accessKeyId: '123456789012' }))).accountId, '123456789012')
})

// The AWS Signature Version 4 test suite: AKIDEXAMPLE, 20150830T123600Z, us-east-1, service.
const VECTORS: readonly (readonly [
  name: string,
  signature: string,
  signedHeaders: string,
  Partial<ReceivedRequest>,
])[] = [
  ['get-vanilla', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31', 'host;x-amz-date', {}],
  [
    'get-vanilla-query-order-key-case',
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    'host;x-amz-date',
    { url: '/?Param2=value2&Param1=value1' },
  ],
  [
    'get-header-value-trim',
    'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    'host;my-header1;my-header2;x-amz-date',
    { rawHeaders: ['My-Header1', ' value1', 'My-Header2', ' "a   b   c"'] },
  ],
  [
    'get-header-key-duplicate',
    'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    'host;my-header1;x-amz-date',
    { rawHeaders: ['My-Header1', 'value2', 'My-Header1', 'value2', 'My-Header1', 'value1'] },
  ],
  [
    'post-vanilla',
    '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    'host;x-amz-date',
    { method: 'POST' },
  ],
  [
    'post-x-www-form-urlencoded',
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    'content-type;host;x-amz-date',
    {
      method: 'POST',
      rawHeaders: ['Content-Type', 'application/x-www-form-urlencoded'],
      body: Buffer.from('Param1=value1'),
    },
  ],
]
for (const [name, signature, signedHeaders, request] of VECTORS)
  test(`AWS's test vector ${name} is accepted`, async () => {
    const example: AccessKeys = {
      find: async (accessKeyId) => ({
        ...STORED,
        accessKeyId,
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      }),
    }
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${signedHeaders}, Signature=${signature}`
    const common = ['Host', 'example.amazonaws.com', 'X-Amz-Date', '20150830T123600Z', 'Authorization', authorization]
    const rawHeaders = common.concat(request.rawHeaders ?? [])
    await verifySignature({ method: 'GET', url: '/', body: new Uint8Array(), ...request, rawHeaders }, example, {
      services: ['service'],
      now: () => Date.parse('2015-08-30T12:36:00Z'),
    })
  })

test('the host must be signed', async () => {
  const refusal =
    "IncompleteSignatureException 400: 'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
  assert.equal(await answer(withAuthorization(await signed(), (v) => v.replace('host;', ''))), refusal)
  assert.equal(await answer(withParameter(await presigned(), 'X-Amz-SignedHeaders', () => 'date')), refusal)
})

test('every x-amz header that is present must be signed', async () => {
  const extra = ['X-Amz-Target', 'OvertureService.DeleteConnection'] as const
  const refusal = "IncompleteSignatureException 400: 'x-amz-target' must be a 'SignedHeader' in the AWS Authorization."
  const adding = ({ headers, ...rest }: SignedDraft) => ({ ...rest, headers: [...headers, extra] })
  assert.equal(await answer(adding(await signed())), refusal)
  assert.equal(await answer(adding(await presigned())), refusal)
})

test('other headers, such as those that proxies add, need not be signed', async () => {
  const added = [
    ['X-Forwarded-For', '192.0.2.1'],
    ['X-Amzn-Trace-Id', 'Root=1'],
    ['User-Agent', 'x'],
  ] as const
  const request = await signed()
  assert.equal(await answer({ ...request, headers: [...request.headers, ...added] }), 'accepted')
})

test('a header that was signed but did not arrive is named', async () => {
  const request = await signed({}, { headers: { host: 'localhost', 'content-type': 'x' } })
  assert.equal(
    await answer(withoutHeader(request, 'content-type')),
    "InvalidSignatureException 403: 'content-type' is a 'SignedHeader' in the AWS Authorization, but not a header of the request.",
  )
})

test('the signed headers may be listed in any order and case', async () => {
  const request = withAuthorization(await signed(), (v) => v.replace('host;x-amz-date', 'X-Amz-Date;Host'))
  assert.equal(await answer(request), 'accepted')
})

test('a header signed a thousand times counts once', async () => {
  const request = withAuthorization(await signed(), (v) => v.replace('host;', 'host;'.repeat(1000)))
  assert.equal(await answer(request), 'accepted')
})

test('the values of a repeated header are joined with commas', async () => {
  const { headers: sent, ...request } = await signed({}, { headers: { host: 'localhost', 'x-amz-meta': 'a,b c,d' } })
  const apart = ['a', ' b   c ', 'd'].map((value) => ['X-Amz-Meta', value] as const)
  assert.equal(
    await answer({ ...request, headers: [...sent.filter(([n]) => n !== 'x-amz-meta'), ...apart] }),
    'accepted',
  )
})

test('an unknown access key is refused with UnrecognizedClientException', async () => {
  assert.equal(
    await answer(await signed({ accessKeyId: 'AKIANOBODY' })),
    'UnrecognizedClientException 403: The security token included in the request is invalid.',
  )
})

const MISTAKES: readonly (readonly [string, (request: SignedDraft) => SignedDraft])[] = [
  ['the form', (request) => withoutHeader(request, 'x-amz-date')],
  ['the signed headers', (request) => withAuthorization(request, (v) => v.replace('host;', ''))],
  ['the scope', (request) => withAuthorization(request, (v) => v.replace('eu-central-1', 'EU'))],
  ['the time', (request) => withHeader(request, 'x-amz-date', () => '20261120T000000Z')],
]
for (const [what, mistake] of MISTAKES)
  test(`nobody learns whether a key exists before ${what} is right`, async () => {
    const existing = await answer(mistake(await signed()))
    assert.match(existing, /^(Incomplete|Invalid)Signature/)
    assert.equal(await answer(mistake(await signed({ accessKeyId: 'AKIANOBODY' }))), existing)
  })

test('a wrong secret is refused with InvalidSignatureException and the text of AWS', async () => {
  const refusal = `InvalidSignatureException 403: ${MISMATCH}`
  assert.equal(await answer(await signed({ secretAccessKey: 'tset' })), refusal)
  assert.equal(await answer(await presigned({ secretAccessKey: 'tset' })), refusal)
})

test('a secret that was replaced no longer signs', async () => {
  let secretAccessKey = 'first'
  const changing: AccessKeys = { find: async (accessKeyId) => ({ ...STORED, accessKeyId, secretAccessKey }) }
  const options = { services: ['directconnect'], now: () => NOW.getTime() }
  const request = onTheWire(await signed({ secretAccessKey: 'first' }))
  await verifySignature(request, changing, options)
  secretAccessKey = 'second'
  await assert.rejects(verifySignature(request, changing, options), { code: 'InvalidSignatureException' })
})

test('development credentials take any session token', async () => {
  assert.equal(await answer(await signed({ sessionToken: 'left over from work' })), 'accepted')
  assert.equal(await answer(await presigned({ sessionToken: 'left/over+from=work' })), 'accepted')
})

test('an empty session token is none', async () => {
  assert.equal(
    await answer(
      signedByHand({ host: 'localhost', 'x-amz-date': '20261121T001000Z', 'x-amz-security-token': '' }, STORED),
    ),
    'accepted',
  )
})

for (const form of ['header', 'presigned'] as const) {
  const invalidToken = 'UnrecognizedClientException 403: The security token included in the request is invalid.'

  test(`a session token sent with a long-term key is refused (${form} form)`, async () => {
    const { accessKeyId, secretAccessKey } = STORED
    assert.equal(await answer(await signed({ form, accessKeyId, secretAccessKey })), 'accepted')
    assert.equal(await answer(await signed({ form, accessKeyId, secretAccessKey, sessionToken: 'x' })), invalidToken)
  })

  test(`a temporary key needs its own session token (${form} form)`, async () => {
    const { accessKeyId, secretAccessKey } = TEMPORARY
    const using = (sessionToken?: string) => signed({ form, accessKeyId, secretAccessKey, sessionToken })
    assert.equal(await answer(await using('the token')), 'accepted')
    assert.equal(await answer(await using('another one')), invalidToken)
    assert.equal(await answer(await using()), invalidToken)
  })
}

test('a signature is good for five minutes', async () => {
  assert.equal(await answer(await signed(), inSeconds(300)), 'accepted')
  assert.equal(
    await answer(await signed({ date: new Date('2026-11-21T00:00:00Z') })),
    'InvalidSignatureException 403: Signature expired: 20261121T000000Z is now earlier than 20261121T000500Z (20261121T001000Z - 5 min.)',
  )
  assert.match(await answer(await signed(), inSeconds(301)), /Signature expired/)
})

test('a clock may be five minutes ahead', async () => {
  assert.equal(await answer(await signed(), inSeconds(-300)), 'accepted')
  assert.equal(
    await answer(await signed({ date: inSeconds(301) })),
    'InvalidSignatureException 403: Signature not yet current: 20261121T001501Z is still later than 20261121T001500Z (20261121T001000Z + 5 min.)',
  )
  assert.match(await answer(await presigned(), inSeconds(-301)), /Signature not yet current/)
})

test('a presigned URL is good from five minutes before its date until it expires', async () => {
  const request = await presigned({ expiresSeconds: 90 })
  assert.equal(await answer(request, inSeconds(-300)), 'accepted')
  assert.equal(await answer(request, inSeconds(90)), 'accepted')
  assert.equal(
    await answer(request, inSeconds(91)),
    'InvalidSignatureException 403: Signature expired: 20261121T001000Z is now earlier than 20261121T001001Z (20261121T001131Z - 90 sec.)',
  )
  const week = await presigned({ expiresSeconds: 604_800 })
  assert.equal(await answer(week, inSeconds(604_800)), 'accepted')
  assert.match(await answer(week, inSeconds(604_801)), /Signature expired/)
})

test('a service that is not here is refused with the name of the one that is', async () => {
  assert.equal(
    await answer(await signed({ service: 's3' })),
    "InvalidSignatureException 403: Credential should be scoped to correct service: 'directconnect'.",
  )
})

test('of several services the one in the scope is told', async () => {
  const services = ['directconnect', 'ec2']
  assert.equal((await verify(await signed({ service: 'ec2' }), NOW, services)).service, 'ec2')
  assert.match(
    await answer(await signed({ service: 's3' }), NOW, services),
    /correct service: 'directconnect' or 'ec2'\.$/,
  )
})

for (const region of ['', 'EU', 'eu_central', '1-eu', '-', 'a'.repeat(64)])
  test(`a region consists of a letter, then lower-case letters, digits and hyphens, unlike "${region}"`, async () => {
    assert.equal(
      await answer(withAuthorization(await signed(), (v) => v.replace('eu-central-1', region))),
      `InvalidSignatureException 403: Credential should be scoped to a valid region, not '${region}'.`,
    )
  })

test('the scope ends with aws4_request', async () => {
  assert.equal(
    await answer(withAuthorization(await signed(), (v) => v.replace('aws4_request', 'aws5_request'))),
    "InvalidSignatureException 403: Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.",
  )
})

test('the date of the scope is that of X-Amz-Date', async () => {
  assert.equal(
    await answer(withAuthorization(await signed(), (v) => v.replace('/20261121/', '/20261120/'))),
    "InvalidSignatureException 403: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261120' != '20261121', from '20261121T001000Z'.",
  )
})

test('all that is wrong with a scope is said at once', async () => {
  assert.equal(
    await answer(withAuthorization(await signed(), (v) => v.replace(/test\/[^,]*/, 'test/b/C/d/e'))),
    "InvalidSignatureException 403: Credential should be scoped to a valid region, not 'C'. Credential should be scoped to correct service: 'directconnect'. Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20261121', from '20261121T001000Z'.",
  )
})

test('x-amz-content-sha256 must be the hash of the body', async () => {
  assert.equal(await answer(await signed({ contentHash: true })), 'accepted')
  const rightHash = createHash('sha256').update(DRAFT.body).digest('hex')
  // By hand: the official signer signs the hash that it is given, right or wrong.
  const claiming = (payloadHash: string) =>
    signedByHand({ host: 'localhost', 'x-amz-content-sha256': payloadHash, 'x-amz-date': '20261121T001000Z' })
  assert.equal(await answer(claiming(rightHash)), 'accepted')
  assert.equal(await answer(claiming(rightHash.replace(/./, 'x'))), `InvalidSignatureException 403: ${MISMATCH}`)
})

test('a payload cannot stay unsigned', async () => {
  const headers = { host: 'localhost', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const refusal = `InvalidSignatureException 403: ${MISMATCH}`
  assert.equal(await answer(await signed({}, { headers })), refusal)
  assert.equal(await answer(await presigned({}, { headers })), refusal)
})

test('what node:http receives from a socket is what the client signed', async () => {
  const received = Promise.withResolvers<ReceivedRequest>()
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url = '', rawHeaders } = incoming
    received.resolve({ method, url, rawHeaders, body: Buffer.concat(await incoming.toArray()) })
    outgoing.end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const draft = {
    method: 'POST',
    path: '/a//b/../%E6%97%A5%20',
    query: { ключ: ['ü', 'a b'], empty: '' },
    headers: { host: 'localhost', 'x-amz-meta-name': '  naïve   日本 ', 'content-length': '5' },
    body: Buffer.from('ünit'),
  }
  const wire = onTheWire(await signed({}, draft))
  const lines = wire.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${wire.rawHeaders[i + 1]}\r\n`] : []))
  const socket = connect(address.port, '127.0.0.1')
  socket.write(`${wire.method} ${wire.url} HTTP/1.1\r\n${lines.join('')}Connection: close\r\n\r\n`, 'latin1')
  socket.end(wire.body)
  try {
    assert.equal(await answer(await received.promise), 'accepted')
  } finally {
    socket.destroy()
    server.close()
  }
})
