import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { operator } from '../../test/tools/operator.ts'
import { startServer } from '../../test/tools/server.ts'
import { operatorApi } from './api.ts'

test('every path asks for the bearer token, also one that does not exist', async () => {
  await using server = await startServer()
  for (const { method, path } of operatorApi) {
    const { status, code } = await operator(server, method, path, undefined, { token: null })
    assert.deepEqual([status, code], [401, 'NotAdmitted'], `${method} ${path}`)
  }
  for (const authorization of [
    '',
    'test',
    'Bearer',
    'Bearer ',
    'Bearer tes',
    'Bearer testt',
    'Basic test',
    'Bearer test test',
  ])
    assert.equal(
      (await operator(server, 'GET', '/clock', undefined, { token: null, headers: { authorization } })).status,
      401,
    )
  assert.equal((await operator(server, 'GET', '/nothing', undefined, { token: 'wrong' })).status, 401)
  assert.equal((await operator(server, 'GET', '/nothing')).status, 404)
  assert.equal((await operator(server, 'PATCH', '/clock')).status, 404)
  assert.equal(
    (await operator(server, 'GET', '/clock', undefined, { headers: { authorization: 'bearer test' } })).status,
    200,
  )
})

test('the environment may replace the token of the development credentials', async () => {
  await using server = await startServer({ operatorToken: 'a better one' })
  assert.equal((await operator(server, 'GET', '/clock')).status, 401)
  assert.equal((await operator(server, 'GET', '/clock', undefined, { token: 'a better one' })).status, 401)
  await using other = await startServer({ operatorToken: 'better' })
  assert.equal((await operator(other, 'GET', '/clock', undefined, { token: 'better' })).status, 200)
})

test('without development credentials the token is made up and kept for its owner alone', async () => {
  await using server = await startServer({ developmentCredentials: false })
  const path = join(server.data, 'operator-token')
  const token = readFileSync(path, 'utf8').trim()
  assert.ok(token.length >= 40)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.equal((await operator(server, 'GET', '/clock')).status, 401)
  assert.equal((await operator(server, 'GET', '/clock', undefined, { token })).status, 200)
  await server.restart()
  assert.equal((await operator(server, 'GET', '/clock', undefined, { token })).status, 200, 'it stays the same')
  const { status, code } = await operator(server, 'POST', '/reset', undefined, { token })
  assert.deepEqual([status, code], [403, 'NotAllowed'])
})

test('a path that nobody can decode is refused as any other that leads nowhere, and counted', async () => {
  await using server = await startServer()
  for (const id of ['%zz', '%', '%ff', 'dxcon-%E0%A4%A']) {
    const known = await operator(server, 'GET', `/connections/${id}`)
    assert.deepEqual([known.status, known.code], [404, 'NotFound'])
    assert.ok(known.message.includes(`'${id}'`), known.message)
    assert.equal((await operator(server, 'GET', `/connections/${id}`, undefined, { token: null })).status, 401)
    const unknown = await operator(server, 'GET', `/nothing/${id}`)
    assert.deepEqual([unknown.code, unknown.message.endsWith(`/nothing/${id}'`)], ['NotFound', true])
  }
  const counted = await (await fetch(`${server.url}/metrics`)).text()
  assert.match(counted, /^crossconnect_http_requests_total\{door="operator",status="404"\} 8$/m)
})

test('a page of another origin is refused, whatever token it has', async () => {
  await using server = await startServer()
  const response = await fetch(`${server.url}/operator/v1/clock`, {
    headers: { authorization: 'Bearer test', origin: 'https://example.com' },
  })
  assert.equal(response.status, 403)
})

test('a bad request is a 400 that names the member and the value', async () => {
  await using server = await startServer()
  const cases: readonly (readonly [string, string, object, RegExp])[] = [
    ['POST', '/clock', {}, /advanceSeconds is required/],
    ['POST', '/clock', { advanceSeconds: '5' }, /'5' for advanceSeconds: it must be a number/],
    ['POST', '/clock', { advanceSeconds: null }, /null for advanceSeconds/],
    ['POST', '/clock', { advanceSeconds: [1] }, /a list for advanceSeconds/],
    ['POST', '/clock', { advanceSeconds: -1 }, /-1 for advanceSeconds: it must be at least 0/],
    ['POST', '/clock', { advanceSeconds: 1e12 }, /1000000000000 for advanceSeconds: it must be at most/],
    ['POST', '/clock', { advanceSeconds: 1, advance: 2 }, /no member 'advance': known are advanceSeconds/],
    ['POST', '/clock', [], /must be a JSON object, not a list/],
    ['POST', '/faults', { target: 'x', kind: 'up' }, /'up' for kind: it must be one of down, flap/],
    ['POST', '/faults', { target: 'a\u0000b', kind: 'down' }, /for target: it contains a NUL/],
    ['POST', '/faults', { target: '\ud800', kind: 'down' }, /for target: it contains/],
    ['POST', '/connections/dxcon-fffffff1/ask', { question: '' }, /'' for question: its length 0/],
    ['POST', '/connections/dxcon-fffffff1/ask', { question: '❤'.repeat(1_001) }, /for question: its length 1001/],
    ['GET', '/connections?state=broken', {}, /'broken' for state: it must be one of ordering/],
    ['GET', '/connections?limit=0', {}, /0 for limit/],
    ['GET', '/connections?limit=1e9', {}, /1000000000 for limit/],
    ['GET', '/connections?limit=two', {}, /for limit/],
    ['GET', '/connections?state=down&state=available', {}, /a list for state/],
    ['GET', '/connections?colour=red', {}, /no member 'colour'/],
    ['GET', '/connections?nextToken=abc', {}, /nextToken/],
    ['GET', '/audit?nextToken=abc', {}, /nextToken/],
    ['GET', '/audit?from=yesterday', {}, /'yesterday' for from: it must be a time such as/],
    ['GET', '/audit?from=2026-02-30T00:00:00Z', {}, /'2026-02-30T00:00:00Z' for from: it must be a time such as/],
    ['GET', '/audit?until=2026-04-31T23:30:00%2B02:00', {}, /for until: it must be a time such as/],
    ['GET', '/audit?until=2025-02-29T00:00Z', {}, /for until: it must be a time such as/],
    ['GET', '/audit?until=2026-13-01T00:00Z', {}, /for until: it must be a time such as/],
    ['GET', '/faults?active=perhaps', {}, /'perhaps' for active: it must be true or false/],
  ]
  for (const [method, path, body, expected] of cases) {
    const { status, code, message } = await operator(server, method, path, method === 'GET' ? undefined : body)
    assert.deepEqual([status, code], [400, 'InvalidRequest'], `${path} ${JSON.stringify(body)}`)
    assert.match(message, expected)
  }
})

test('a body that is not JSON is a 400, one of more than 1 MiB a 413', async () => {
  await using server = await startServer()
  for (const raw of ['{', 'advanceSeconds=1', '\u0000', new Uint8Array([0x7b, 0xff, 0x7d])]) {
    const { status, message } = await operator(server, 'POST', '/clock', undefined, { raw })
    assert.deepEqual([status, message], [400, 'The body is not JSON'])
  }
  const large = await operator(server, 'POST', '/clock', undefined, { raw: ' '.repeat(3 * 1024 * 1024) })
  assert.deepEqual([large.status, large.code], [413, 'TooLarge'])
  const whatever = { raw: '{"advanceSeconds":0}', headers: { 'content-type': 'text/plain' } }
  assert.equal((await operator(server, 'POST', '/clock', undefined, whatever)).status, 200)
})

test('no member of a request reaches a prototype', async () => {
  await using server = await startServer()
  for (const raw of [
    '{"advanceSeconds":1,"__proto__":{"polluted":1}}',
    '{"__proto__":{"advanceSeconds":1}}',
    '{"constructor":{"prototype":{"polluted":1}},"advanceSeconds":1}',
  ])
    assert.equal((await operator(server, 'POST', '/clock', undefined, { raw })).status, 400)
  assert.equal('polluted' in {}, false)
  for (const name of ['__proto__', 'constructor', 'toString', '..%2f..', '%F0%9F%92%A9', 'a'.repeat(250)])
    assert.equal((await operator(server, 'GET', `/connections/${name}`)).status, 404, name)
  assert.equal((await operator(server, 'GET', '/connections/%00')).status, 400)
  const long = await operator(server, 'GET', `/connections/${'a'.repeat(20_000)}`)
  assert.deepEqual([long.status, long.code], [400, 'InvalidRequest'])
  assert.match(long.message, /connectionId: its length 20000 /)
})

test('whatever is sent, the answer is not a 5xx', async () => {
  await using server = await startServer()
  const writes = operatorApi.filter(({ method, path }) => method !== 'GET' && path !== '/reset')
  const request = fc.record({
    operation: fc.constantFrom(...writes),
    id: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((text) => text.isWellFormed()),
    body: fc.oneof(
      fc.dictionary(
        fc.constantFrom('target', 'kind', 'name', 'code', 'ports', 'prefixes', 'routes', '__proto__'),
        fc.jsonValue(),
      ),
      fc.jsonValue(),
    ),
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ operation, id, body }) => {
      const path = operation.path.replaceAll(/:\w+/g, () => encodeURIComponent(id).replaceAll('.', '%2e'))
      const response = await fetch(`${server.url}/operator/v1${path}`, {
        method: operation.method,
        headers: { authorization: 'Bearer test' },
        body: JSON.stringify(body),
      })
      assert.ok(response.status < 500, `${operation.name}: ${response.status} ${await response.text()}`)
    }),
    { numRuns: 300 },
  )
})

test('the description names every operation with its members, and needs no token', async () => {
  await using server = await startServer()
  const response = await fetch(`${server.url}/operator/openapi.json`)
  const described = JSON.parse(await response.text())
  assert.equal(described.openapi, '3.0.3')
  for (const { method, path, name, body } of operatorApi) {
    const at = described.paths[`/operator/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`][method.toLowerCase()]
    assert.equal(at.operationId, name)
    const members = at.requestBody?.content['application/json'].schema.properties ?? {}
    assert.deepEqual(Object.keys(members), Object.keys(body.properties), name)
    for (const status of ['4XX', '5XX'])
      assert.deepEqual(at.responses[status].content['application/json'].schema.required, ['error'], `${name} ${status}`)
  }
  const names = operatorApi.map(({ name }) => name)
  assert.equal(new Set(names).size, names.length, 'the audit trail tells them apart')
})

test('where the description has choices and says that null may stand there, null is one of them', async () => {
  await using server = await startServer()
  const response = await fetch(`${server.url}/operator/openapi.json`)
  const choices: unknown[][] = []
  JSON.parse(await response.text(), (_member, value) => {
    if (value?.nullable === true && value.enum !== undefined) choices.push(value.enum)
    return value
  })
  assert.ok(choices.length > 0)
  for (const among of choices) assert.ok(among.includes(null), String(among))
})

test('a banner says where the operator token is, and the log never shows a secret', async () => {
  const data = mkdtempSync(join(tmpdir(), 'crossconnect-'))
  const args = ['src/main.ts', '--port', '0', '--data', data, '--no-development-credentials', '--log-level', 'debug']
  const child = spawn(process.execPath, args)
  let output = ''
  let log = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text))
  try {
    while (!output.includes('operator:')) await once(child.stdout, 'data')
    const url = /^listening .*?(http\S+)$/m.exec(output)?.[1] ?? ''
    assert.match(output, /operator: .* \S*operator-token/)
    assert.ok(output.trim().split('\n').length <= 12)
    const token = readFileSync(join(data, 'operator-token'), 'utf8').trim()
    const as = { token }
    const made = await operator({ url }, 'POST', '/accounts', { name: 'Somebody', kind: 'customer' }, as)
    assert.equal(made.status, 201)
    await operator({ url }, 'POST', '/accounts', { name: 'x', kind: made.body.accessKey.secretAccessKey }, as)
    await operator({ url }, 'POST', '/connections/dxcon-ffffffff/approve', {}, as)
    const { length } = log
    child.kill('SIGTERM')
    await once(child, 'exit')
    assert.ok(log.length >= length)
    for (const secret of [token, made.body.accessKey.secretAccessKey]) {
      assert.ok(!log.includes(secret))
      assert.ok(!output.includes(secret))
    }
  } finally {
    child.kill('SIGKILL')
    rmSync(data, { recursive: true, force: true })
  }
})
