// awsJson1.1 as AWS speaks it, seen from outside. @source behaviour catalogue H
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateDirectConnectGatewayCommand,
  DescribeDirectConnectGatewaysCommand,
  DescribeLocationsCommand,
  DirectConnectServiceException,
} from '@aws-sdk/client-direct-connect'
import { api } from '../../src/api.ts'
import { startServer } from '../tools/server.ts'
import { bytesOf, call, exchange, refused, send, signed, uuid, type Wish } from './signed.ts'

test('an answer is awsJson1.1: content type, request id, declared members only, nothing that is null', async () => {
  await using server = await startServer({ timing: 'instant' })
  const made = await call(server.url, {
    target: 'CreateDirectConnectGateway',
    body: JSON.stringify({ directConnectGatewayName: 'Zürich 🙂', unheardOf: { ignored: true } }),
  })
  assert.equal(made.status, 200)
  assert.equal(made.headers['content-type'], 'application/x-amz-json-1.1')
  assert.match(String(made.headers['x-amzn-requestid']), uuid)
  assert.equal(made.json.directConnectGateway.directConnectGatewayName, 'Zürich 🙂')
  assert.doesNotMatch(made.text, /null/)
  const other = await call(server.url, { target: 'DescribeDirectConnectGateways' })
  assert.notEqual(other.headers['x-amzn-requestid'], made.headers['x-amzn-requestid'])
  assert.equal('nextToken' in other.json, false)
})

test('times are epoch seconds, documents are base64', async () => {
  await using server = await startServer({ timing: 'instant' })
  const order = { location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'mine' }
  const ordered = await call(server.url, { target: 'CreateConnection', body: JSON.stringify(order) })
  const connectionId = JSON.stringify({ connectionId: ordered.json.connectionId })
  const before = Date.now() / 1_000
  const { json } = await call(server.url, { target: 'DescribeLoa', body: connectionId })
  assert.deepEqual(Object.keys(json).toSorted(), ['loaContent', 'loaContentType'])
  assert.match(Buffer.from(json.loaContent, 'base64').toString('latin1'), /^%PDF-/)
  const [connection] = (await call(server.url, { target: 'DescribeConnections', body: connectionId })).json.connections
  assert.equal(typeof connection.loaIssueTime, 'number')
  assert.ok(Math.abs(connection.loaIssueTime - before) < 60)
})

test('the official SDK reads the answers, the refusals and their request ids', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { locations, $metadata } = await client.send(new DescribeLocationsCommand({}))
  assert.ok((locations?.length ?? 0) > 0)
  assert.match(String($metadata.requestId), uuid)
  const refusal = client.send(new CreateDirectConnectGatewayCommand({ directConnectGatewayName: '' }))
  const error = await refusal.catch((reason: unknown) => reason)
  assert.ok(error instanceof DirectConnectServiceException)
  assert.equal(error.name, 'DirectConnectClientException')
  assert.match(error.message, /directConnectGatewayName/)
  assert.equal(error.$metadata.httpStatusCode, 400)
  assert.match(String(error.$metadata.requestId), uuid)
})

test('an operation that is not known, or not built, is refused as unknown, before its body is looked at', async () => {
  await using server = await startServer()
  const notBuilt = Object.entries(api).find(([, operation]) => operation === null)?.[0]
  const targets = [
    ['OvertureService.MakeCoffee', /MakeCoffee/],
    ['OvertureService.', /OvertureService\./],
    ['OvertureService.toString', /toString/],
    ['DescribeLocations.OvertureService', /not known here/],
    ['overtureservice.DescribeLocations', /not known here/],
    [`OvertureService.${'x'.repeat(5_000)}`, /^.{100,200}$/],
    ...(notBuilt === undefined ? [] : [[`OvertureService.${notBuilt}`, new RegExp(notBuilt)] as const]),
  ] as const
  for (const [target, message] of targets)
    refused(await call(server.url, { target, body: 'not JSON' }), 400, 'UnknownOperationException', message)
  refused(await call(server.url, {}), 400, 'UnknownOperationException', /X-Amz-Target is missing/)
})

test('a body that is not JSON, not an object, or not UTF-8 is a SerializationException', async () => {
  await using server = await startServer()
  const target = 'DescribeDirectConnectGateways'
  for (const body of ['{', 'nonsense', '{"a":1}x', "{'a':1}", '\0', Buffer.from('{"nextToken":"\xff"}', 'latin1')])
    refused(await call(server.url, { target, body }), 400, 'SerializationException', /not JSON in UTF-8/)
  for (const body of ['null', '[]', '"text"', '7', 'true', `${'['.repeat(100_000)}${']'.repeat(100_000)}`])
    refused(
      await call(server.url, { target, body }),
      400,
      'SerializationException',
      /request body must be a JSON object/,
    )
  for (const body of ['', ' {}\r\n', '\u{feff}{}', '{"__proto__":{"directConnectGatewayId":7}}', '{"maxResults":null}'])
    assert.equal((await call(server.url, { target, body })).status, 200, JSON.stringify(body))
})

test('a member that is wrong is named by its path, with the code of what is wrong with it', async () => {
  await using server = await startServer()
  const wrong: readonly (readonly [string, unknown, string, RegExp])[] = [
    ['DescribeDirectConnectGateways', { maxResults: '5' }, 'SerializationException', /maxResults must be an integer/],
    ['DescribeDirectConnectGateways', { maxResults: 1.5 }, 'SerializationException', /maxResults .* not 1.5/],
    ['DescribeDirectConnectGateways', { maxResults: 2 ** 40 }, 'SerializationException', /maxResults/],
    [
      'DescribeDirectConnectGateways',
      { directConnectGatewayId: {} },
      'SerializationException',
      /GatewayId must be a string/,
    ],
    ['DeleteDirectConnectGateway', {}, 'DirectConnectClientException', /^Field directConnectGatewayId is required$/],
    ['DeleteDirectConnectGateway', { directConnectGatewayId: null }, 'DirectConnectClientException', /is required/],
    [
      'CreateDirectConnectGateway',
      { directConnectGatewayName: 'x', tags: {} },
      'SerializationException',
      /tags must be a list/,
    ],
    [
      'CreateDirectConnectGateway',
      { directConnectGatewayName: 'x', tags: [] },
      'DirectConnectClientException',
      /tags: length 0/,
    ],
    [
      'CreateDirectConnectGateway',
      { directConnectGatewayName: 'x', tags: [{ key: 'a' }, { key: 7 }] },
      'SerializationException',
      /tags\[1\]\.key must be a string/,
    ],
    [
      'CreateDirectConnectGateway',
      { directConnectGatewayName: 'x', tags: [{ value: 'a' }] },
      'DirectConnectClientException',
      /tags\[0\]\.key is required/,
    ],
    [
      'CreateDirectConnectGateway',
      { directConnectGatewayName: 'x', tags: [{ key: '<' }] },
      'DirectConnectClientException',
      /tags\[0\]\.key: it must match/,
    ],
  ]
  for (const [target, body, code, message] of wrong)
    refused(await call(server.url, { target, body: JSON.stringify(body) }), 400, code, message)
})

test('a body of more than 1 MiB is refused with 413, also when nothing says how long it is', async () => {
  await using server = await startServer()
  const padded = (bytes: number) => `{"x":"${'x'.repeat(bytes - 8)}"}`
  const target = 'DescribeLocations'
  const wish = (bytes: number): Wish => ({ target, body: padded(bytes) })
  assert.equal((await call(server.url, wish(2 ** 20))).status, 200)
  for (const bytes of [2 ** 20 + 1, 5 * 2 ** 20])
    for (const chunked of [false, true])
      refused(
        await send(server.url, await signed(server.url, wish(bytes)), chunked),
        413,
        'RequestEntityTooLargeException',
        /1 MiB/,
      )
  const large = server.client().send(new DescribeDirectConnectGatewaysCommand({ nextToken: 'x'.repeat(3 * 2 ** 20) }))
  await assert.rejects(large, { name: 'RequestEntityTooLargeException' })
  assert.equal((await send(server.url, await signed(server.url, wish(2 ** 20)), true)).status, 200)
})

test('headers of more than 64 KiB are refused with 431, and the server lives on', async () => {
  await using server = await startServer()
  for (const bytes of [70_000, 500_000]) {
    const back = await exchange(
      server.url,
      `POST / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(bytes)}\r\n\r\n`,
    )
    assert.match(back, /^HTTP\/1\.1 431 /)
    assert.match(back, /x-amzn-RequestId: [\da-f-]{36}\r\n/)
    assert.match(back, /\{"__type":"RequestHeaderFieldsTooLargeException","message":"The headers/)
  }
  const long = await call(server.url, { target: 'DescribeLocations', headers: { 'x-long': 'x'.repeat(60_000) } })
  assert.equal(long.status, 200)
})

test('what is not HTTP is refused with 400', async () => {
  await using server = await startServer()
  const back = await exchange(server.url, 'nonsense\r\n\r\n')
  assert.match(back, /^HTTP\/1\.1 400 [\s\S]*x-amzn-RequestId: [\s\S]*"__type":"ValidationError"/)
  const hostless = await exchange(server.url, 'POST / HTTP/1.1\r\nConnection: close\r\n\r\n')
  assert.match(hostless, /^HTTP\/1\.1 403 [\s\S]*MissingAuthenticationTokenException/)
})

test('the content type does not matter as long as it is one, nor does a missing one', async () => {
  await using server = await startServer()
  const target = 'DescribeLocations'
  for (const type of [
    'application/json',
    'application/x-amz-json-1.0',
    'application/x-amz-json-1.1; charset=utf-8',
    'text/plain',
    'a/b',
  ])
    assert.equal((await call(server.url, { target, headers: { 'content-type': type } })).status, 200, type)
  assert.equal((await call(server.url, { target, headers: { 'content-type': null } })).status, 200)
  refused(
    await call(server.url, { target, headers: { 'content-type': 'garbage' } }),
    415,
    'ValidationError',
    /Media Type/,
  )
})

test('operations without input take an empty body, no body, and {}', async () => {
  await using server = await startServer()
  for (const body of ['', '{}', '{"anything":1}'])
    assert.equal((await call(server.url, { target: 'DescribeLocations', body })).status, 200)
  const { headers, path } = await signed(server.url, { target: 'DescribeLocations', body: '' })
  const lines = Object.entries(headers).map((pair) => `${pair.join(': ')}\r\n`)
  const back = await exchange(server.url, `POST ${path} HTTP/1.1\r\n${lines.join('')}Connection: close\r\n\r\n`)
  assert.match(back, /^HTTP\/1\.1 200 OK/)
})

test('other methods and paths are refused in a way that says where operations go', async () => {
  await using server = await startServer()
  const at = (method: string, path: string) => call(server.url, { method, path, target: 'DescribeLocations', body: '' })
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    refused(await at(method, '/'), 404, 'UnknownOperationException', /sent with POST to \//)
  refused(await at('POST', '/other'), 404, 'UnknownOperationException', /POST \/other/)
  refused(await at('GET', '/'.padEnd(10_000, 'x')), 404, 'UnknownOperationException', /^.{100,250}$/)
  refused(await at('POST', '/%zz'), 404, 'UnknownOperationException', /POST \/%zz;/)
  const head = await at('HEAD', '/')
  assert.deepEqual([head.status, head.text], [404, ''])
  assert.match(String(head.headers['x-amzn-requestid']), uuid)
  const health = await fetch(`${server.url}/healthz`)
  assert.equal(health.status, 200)
})

test('one connection carries many requests, also when they are sent before the first is answered', async () => {
  await using server = await startServer()
  const one = bytesOf(await signed(server.url, { target: 'DescribeLocations' }))
  const bad = bytesOf(await signed(server.url, { target: 'MakeCoffee' }))
  const count = (text: string) => text.match(/HTTP\/1\.1 \d+/g) ?? []
  const back = await exchange(server.url, one + bad + one, (text) => count(text).length === 3 && text.endsWith('}'))
  assert.deepEqual(count(back), ['HTTP/1.1 200', 'HTTP/1.1 400', 'HTTP/1.1 200'])
})

test('two identical requests at once are two requests', async () => {
  await using server = await startServer()
  const twin = await signed(server.url, {
    target: 'CreateDirectConnectGateway',
    body: JSON.stringify({ directConnectGatewayName: 'twin' }),
  })
  const answers = await Promise.all([send(server.url, twin), send(server.url, twin)])
  const ids = answers.map(({ json }) => json.directConnectGateway.directConnectGatewayId)
  assert.equal(new Set(ids).size, 2)
})

test('an account may make so many requests a second, and others are not held up by it', async () => {
  await using server = await startServer({ throttle: 5 })
  const burst = await Promise.all(
    Array.from({ length: 30 }, () => call(server.url, { target: 'DescribeLocations', key: '111122223333' })),
  )
  const throttled = burst.filter(({ status }) => status !== 200)
  assert.ok(throttled.length >= 20 && throttled.length <= 25, `${throttled.length} of 30`)
  for (const answer of throttled) refused(answer, 400, 'ThrottlingException', /Rate exceeded/)
  assert.equal((await call(server.url, { target: 'DescribeLocations', key: '444455556666' })).status, 200)
})
