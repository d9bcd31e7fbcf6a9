// Who may speak: each way of being wrong has its own code, as AWS has it. @source behaviour catalogue H, design section 8
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer, type TestServer } from '../tools/server.ts'
import { call, refused, type Signed, send, signed, type Wish } from './signed.ts'

const target = 'DescribeLocations'

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000)

test('each way of signing wrongly has its own code', async () => {
  await using server = await startServer()
  const { url } = server
  const mismatch = /^The request signature we calculated does not match/
  const wrong: readonly (readonly [Wish, number, string, RegExp])[] = [
    [{ key: 'AKIANOBODY' }, 403, 'UnrecognizedClientException', /security token .* is invalid/],
    [{ key: '12345678901' }, 403, 'UnrecognizedClientException', /invalid/],
    [{ secret: 'wrong' }, 403, 'InvalidSignatureException', mismatch],
    [{ service: 's3' }, 403, 'InvalidSignatureException', /scoped to correct service: 'directconnect'/],
    [{ service: 'iam' }, 403, 'InvalidSignatureException', /scoped to correct service: 'directconnect'/],
    [{ service: 's3', region: 'Not_A_Region' }, 403, 'InvalidSignatureException', /valid region.* correct service/],
    [{ date: minutesFromNow(-6) }, 403, 'InvalidSignatureException', /^Signature expired: /],
    [{ date: minutesFromNow(6) }, 403, 'InvalidSignatureException', /^Signature not yet current: /],
    [{ form: 'presigned', date: minutesFromNow(-2) }, 403, 'InvalidSignatureException', /^Signature expired: /],
    [{ form: 'presigned', secret: 'wrong' }, 403, 'InvalidSignatureException', mismatch],
  ]
  for (const [wish, status, code, message] of wrong)
    refused(await call(url, { target, ...wish }), status, code, message)
  for (const minutes of [-4, 4])
    assert.equal((await call(url, { target, date: minutesFromNow(minutes) })).status, 200, `${minutes} minutes off`)
})

test('what was changed, added or taken away after signing is noticed', async () => {
  await using server = await startServer()
  const { url } = server
  const original = await signed(url, { target, headers: { 'x-mine': 'a' } })
  const without = (name: string) => Object.fromEntries(Object.entries(original.headers).filter(([own]) => own !== name))
  const authorization = original.headers['authorization'] ?? ''
  const changed: readonly (readonly [Partial<Signed>, number, string, RegExp])[] = [
    [{ body: Buffer.from('{ }') }, 403, 'InvalidSignatureException', /does not match/],
    [{ path: '/?x=1' }, 403, 'InvalidSignatureException', /does not match/],
    [{ headers: { ...original.headers, 'x-mine': 'b' } }, 403, 'InvalidSignatureException', /does not match/],
    [
      { headers: { ...original.headers, 'x-amz-target': 'OvertureService.DescribeLags' } },
      403,
      'InvalidSignatureException',
      /does not match/,
    ],
    [{ headers: without('x-mine') }, 403, 'InvalidSignatureException', /'x-mine' is a 'SignedHeader'/],
    [
      { headers: { ...original.headers, 'x-amz-extra': '1' } },
      400,
      'IncompleteSignatureException',
      /'x-amz-extra' must be a 'SignedHeader'/,
    ],
    [{ headers: without('authorization') }, 403, 'MissingAuthenticationTokenException', /Missing Authentication Token/],
    [{ headers: without('x-amz-date') }, 400, 'IncompleteSignatureException', /'X-Amz-Date' or a 'Date' header/],
    [
      { headers: { ...original.headers, authorization: authorization.replace(/, Signature=.*/, '') } },
      400,
      'IncompleteSignatureException',
      /requires 'Signature' parameter/,
    ],
    [{ headers: { ...original.headers, authorization: 'Bearer x' } }, 400, 'IncompleteSignatureException', /key=value/],
    [
      { headers: { ...original.headers, authorization: 'Basic eDp5' } },
      400,
      'IncompleteSignatureException',
      /key=value/,
    ],
  ]
  assert.equal((await send(url, original)).status, 200)
  for (const [change, status, code, message] of changed)
    refused(await send(url, { ...original, ...change }), status, code, message)
})

test('a presigned request works with the target in its query or in a header, and only as it was signed', async () => {
  await using server = await startServer()
  const { url } = server
  const inQuery = { form: 'presigned', query: { 'X-Amz-Target': `OvertureService.${target}` } } as const
  assert.equal((await call(url, inQuery)).status, 200)
  // The official presigner moves the header into the query, in lower case.
  assert.equal((await call(url, { target, form: 'presigned' })).status, 200)
  assert.equal((await call(url, { target, form: 'presigned', keepInHeader: ['x-amz-target'] })).status, 200)
  const once = await signed(url, inQuery)
  const other = { ...once, path: once.path.replace('DescribeLocations', 'DescribeLags') }
  refused(await send(url, other), 403, 'InvalidSignatureException', /does not match/)
  refused(await send(url, { ...once, method: 'GET' }), 404, 'UnknownOperationException', /POST/)
  refused(await call(url, { form: 'presigned' }), 400, 'UnknownOperationException', /X-Amz-Target is missing/)
  const both = { ...once, headers: { ...once.headers, authorization: 'AWS4-HMAC-SHA256 x' } }
  refused(await send(url, both), 403, 'InvalidSignatureException', /Found both/)
})

test('the development credentials take any session token; keys that an operator made take none', async () => {
  await using server = await startServer()
  const { url } = server
  for (const form of ['header', 'presigned'] as const)
    assert.equal((await call(url, { target, form, sessionToken: 'whatever' })).status, 200, form)
  const key = await madeKey(server, '123456789012')
  assert.equal((await call(url, { target, ...key })).status, 200)
  refused(await call(url, { target, ...key, sessionToken: 'x' }), 403, 'UnrecognizedClientException', /invalid/)
  refused(await call(url, { target, ...key, secret: 'test' }), 403, 'InvalidSignatureException', /does not match/)
})

test('without the development credentials nobody gets in with them', async () => {
  await using server = await startServer({ developmentCredentials: false, operatorToken: 'test' })
  for (const key of ['test', 'partner', '111122223333'])
    refused(await call(server.url, { target, key }), 403, 'UnrecognizedClientException', /invalid/)
  const key = await madeKey(server, '123456789012')
  assert.equal((await call(server.url, { target, ...key })).status, 200)
})

test('moving the clock of the product locks nobody out', async () => {
  await using server = await startServer()
  await server.advance(90 * 86_400)
  assert.equal((await call(server.url, { target })).status, 200)
})

async function madeKey(server: TestServer, accountId: string): Promise<{ key: string; secret: string }> {
  const made = await server.operator('POST', '/accounts', { accountId, name: 'Made', kind: 'customer' })
  return { key: made.accessKey.accessKeyId, secret: made.accessKey.secretAccessKey }
}
