import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  CreateLagCommand,
  DeleteConnectionCommand,
  DescribeConnectionsCommand,
  DescribeLoaCommand,
} from '@aws-sdk/client-direct-connect'
import { PNG } from 'pngjs'
import decodeQr from 'qr/decode.js'
import { pdftotext, skipWithout } from '../../../test/tools/clients.ts'
import { operator } from '../../../test/tools/operator.ts'
import { startServer, type TestServer } from '../../../test/tools/server.ts'
import { call } from '../../../test/wire/signed.ts'

const account = '111122223333'
const json = { accept: 'application/json' }

/** What stands in the square of a letter's first page, as a telephone's camera reads it. */
function scanned(pdf: Uint8Array | undefined): string {
  const png = execFileSync('/usr/bin/pdftoppm', ['-r', '120', '-png', '-singlefile', '-'], { input: pdf })
  return decodeQr(PNG.sync.read(png))
}

async function ordered(server: TestServer) {
  const client = server.client(account)
  const asked = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'sécret <name>', providerName: 'Zayo' }
  const { connectionId = '' } = await client.send(new CreateConnectionCommand(asked))
  await client.send(new DescribeConnectionsCommand({ connectionId }))
  const download = async () => scanned((await client.send(new DescribeLoaCommand({ connectionId }))).loaContent)
  return { client, connectionId, download }
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests look at answers whose types they state themselves
const inJson = async (url: string): Promise<any> => (await get(url, json)).json()

const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, { headers: { connection: 'close', ...headers } })

test(
  'who scans the code of a letter learns whether it is valid, superseded, expired or withdrawn',
  skipWithout('pdftotext', pdftotext),
  async () => {
    await using server = await startServer({ timing: 'instant' })
    const { client, connectionId, download } = await ordered(server)
    const first = await download()
    assert.ok(first.startsWith(`${server.url}/loa/`), first)
    const state = async (url: string) => (await inJson(url)).state
    assert.equal(await state(first), 'valid')
    await server.advance(60)
    const second = await download()
    assert.deepEqual([await state(first), await state(second)], ['superseded', 'valid'])
    await server.advance(90 * 24 * 60 * 60 + 1)
    assert.deepEqual([await state(first), await state(second)], ['superseded', 'expired'])
    await client.send(new DeleteConnectionCommand({ connectionId }))
    await server.advance(1)
    assert.deepEqual([await state(first), await state(second)], ['withdrawn', 'withdrawn'])
  },
)

test(
  'the answer says no more than the letter does: its number, its days, the location and the ports',
  skipWithout('pdftotext', pdftotext),
  async () => {
    await using server = await startServer({ timing: 'instant' })
    const { connectionId, download } = await ordered(server)
    const url = await download()
    const answer = await get(url, json)
    assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
    const { letterNumber, issuedAt, expiresAt, ...rest } = await inJson(url)
    assert.match(letterNumber, /^LOA-\d{8}-[0-9A-Z]{6}$/)
    assert.equal(Date.parse(expiresAt) - Date.parse(issuedAt), 90 * 24 * 60 * 60 * 1_000)
    assert.deepEqual(rest, {
      state: 'valid',
      locationCode: 'EqDC2',
      ports: [{ connectionId, portId: '10Gbps/01', state: 'valid' }],
    })
    const html = await (await get(url, { accept: 'text/html,application/json;q=0.9' })).text()
    assert.match(html, /<h1>This letter is valid<\/h1>/)
    for (const shown of [letterNumber, connectionId, 'EqDC2', issuedAt.slice(0, 10), expiresAt.slice(0, 10)])
      assert.ok(html.includes(shown), shown)
    for (const hidden of ['sécret', 'Zayo', account, 'Account']) assert.ok(!html.includes(hidden), hidden)
  },
)

test(
  'the page runs nothing, loads nothing, and stands in no frame and no cache',
  skipWithout('pdftotext', pdftotext),
  async () => {
    await using server = await startServer({ timing: 'instant' })
    const { download } = await ordered(server)
    for (const url of [await download(), `${server.url}/loa/0000-0000-0000-0000`]) {
      const answer = await get(url)
      const html = await answer.text()
      const [, style = ''] = /<style>([^]*?)<\/style>/.exec(html) ?? []
      const hash = createHash('sha256').update(style).digest('base64')
      assert.equal(
        answer.headers.get('content-security-policy'),
        `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      )
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
      assert.equal(answer.headers.get('referrer-policy'), 'no-referrer')
      assert.equal(answer.headers.get('x-frame-options'), 'DENY')
      assert.doesNotMatch(html, /<script|\son\w+=|style=|<img|<link|href=|src=/)
    }
  },
)

test(
  'a code is read without case, with or without hyphens, with O for 0 and I or L for 1',
  skipWithout('pdftotext', pdftotext),
  async () => {
    await using server = await startServer({ timing: 'instant' })
    const { download } = await ordered(server)
    const url = await download()
    const code = url.slice(url.lastIndexOf('/') + 1)
    assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    for (const typed of [code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('0', 'o').replaceAll('1', 'l')])
      assert.equal((await get(`${server.url}/loa/${typed}`, json)).status, 200, typed)
  },
)

test('of every code that no letter has the answer is the same', async () => {
  await using server = await startServer()
  const answers = new Set<string>()
  for (const code of [
    '0000-0000-0000-0000',
    'ZZZZZZZZZZZZZZZZ',
    'x',
    '%00',
    "'%20or%201=1",
    '..%2f..%2fetc',
    '%zz',
    '%ff',
    'a'.repeat(200),
  ]) {
    for (const headers of [json, {}]) {
      const answer = await get(`${server.url}/loa/${code}`, headers)
      const shown = ['content-type', 'content-security-policy', 'cache-control'].map((name) => answer.headers.get(name))
      assert.equal(answer.status, 404, code)
      answers.add(JSON.stringify([shown, await answer.text()]))
    }
  }
  assert.equal(answers.size, 2)
  assert.ok([...answers].some((answer) => answer.includes('No letter has this code')))
  assert.equal((await fetch(`${server.url}/loa/0000-0000-0000-0000`, { method: 'POST' })).status, 404)
})

test('who asks what a letter is worth says no name, and the audit trail does not call them an operator', async () => {
  await using server = await startServer({ audit: 'reads' })
  await get(`${server.url}/loa/0000-0000-0000-0000`, json)
  const [event] = (await operator(server, 'GET', '/audit?eventName=VerifyLetter')).body.events
  assert.deepEqual([event.userIdentity, event.eventSource], [{ type: 'Unknown' }, 'letters.crossconnect'])
  const { events } = (await operator(server, 'GET', '/audit?accountId=')).body
  assert.deepEqual(events, [], 'what operators did')
})

test('a person may follow a link to a letter, but no page of another origin may ask for one', async () => {
  await using server = await startServer()
  const { port } = new URL(server.url)
  const ask = (headers: Readonly<Record<string, string>>, path = '/loa/0000-0000-0000-0000', method = 'GET') =>
    call(server.url, { method, path, body: '', headers }).then((answer) => answer.status)
  const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  assert.equal(await ask(followed), 404)
  assert.equal(await ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }), 403)
  assert.equal(await ask({ 'sec-fetch-site': 'cross-site' }), 403)
  assert.equal(await ask({ ...followed, 'sec-fetch-dest': 'iframe' }), 403)
  assert.equal(await ask({ ...followed, origin: 'https://evil.example' }), 403)
  assert.equal(await ask({ ...followed, host: `evil.example:${port}` }), 403)
  assert.equal(await ask(followed, '/healthz'), 403)
  assert.equal(await ask(followed, '/operator/v1/letters'), 403)
})

test(
  'the letter prints the public address that the server was given, and keeps what it printed',
  skipWithout('pdftotext', pdftotext),
  async () => {
    await using server = await startServer({ timing: 'instant', publicUrl: 'https://dx.example.net/x' })
    const { download } = await ordered(server)
    assert.match(await download(), /^https:\/\/dx\.example\.net\/x\/loa\/(\w{4}-){3}\w{4}$/)
  },
)

test('of a LAG one code says what each port is worth', skipWithout('pdftotext', pdftotext), async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const lag = { location: 'EqDC2', connectionsBandwidth: '10Gbps', lagName: 'bundle', numberOfConnections: 2 }
  const { lagId, connections = [] } = await client.send(new CreateLagCommand(lag))
  const [first, second] = connections.map(({ connectionId }) => connectionId)
  await client.send(new DescribeConnectionsCommand({ connectionId: first }))
  const url = scanned((await client.send(new DescribeLoaCommand({ connectionId: lagId }))).loaContent)
  await client.send(new DescribeLoaCommand({ connectionId: first }))
  const answer = await inJson(url)
  assert.deepEqual(
    [answer.state, answer.ports.map((port: { state: string }) => port.state)],
    ['superseded', ['superseded', 'valid']],
  )
  const html = await (await get(url)).text()
  assert.match(html, /This holds for some of its ports only/)
  assert.match(html, new RegExp(`${second}, 10Gbps/0\\d: valid`))
})
