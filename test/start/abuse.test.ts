// What a hostile network does to a server: it stays small, answers everybody else, and lives on.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { call, exchange } from '../wire/signed.ts'
import { node, type Running, started, temporary } from './process.ts'

const megabyte = 1024 * 1024
const isLong = process.env['CROSSCONNECT_LONG'] === '1'

/** Real memory of a process, bytes. */
function memoryOf({ pid }: Running): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

const open = (): number =>
  Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 1_000_000)

/**
 * How much more memory a server takes than `before`, once what it does not hold is given back: garbage is collected while
 * others are served, on a busy machine later than elsewhere. What is held stays, however long one waits.
 */
async function heldBeyond(server: Running, before: number, enough: number): Promise<number> {
  let more = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < 40 && more >= enough; attempt++) {
    await served(server, 50)
    more = memoryOf(server) - before
  }
  return more
}

/** Once the other end has hung up, however rudely. */
function hungUpOn(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => (socket.closed ? resolve(true) : socket.once('close', resolve)))
}

/** So many connections, each with something sent on it, in the end all destroyed. */
async function crowd(url: string, count: number, say: (index: number) => string | Uint8Array) {
  const { hostname, port } = new URL(url)
  const sockets: Socket[] = []
  while (sockets.length < count) {
    // As many at once as wait for a server that is busy.
    const some = Array.from({ length: Math.min(250, count - sockets.length) }, () => connect(Number(port), hostname))
    for (const socket of some) socket.on('error', () => {})
    await Promise.all(some.map((socket) => once(socket, 'connect')))
    for (const [index, socket] of some.entries()) socket.write(say(sockets.length + index))
    sockets.push(...some)
  }
  return {
    sockets,
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Whether a customer is served, and how long it took at worst, real milliseconds. */
async function served({ url }: Running, times = 10): Promise<number> {
  let worst = 0
  for (let n = 0; n < times; n++) {
    const askedAt = performance.now()
    const { status, text } = await call(url, { target: 'DescribeLocations' })
    assert.equal(status, 200, text)
    worst = Math.max(worst, performance.now() - askedAt)
  }
  return worst
}

test('ten thousand connections that say nothing, or half of something, take little memory and hold nobody up', async (t) => {
  using home = temporary()
  await using server = await started(home.path)
  // Of the files that a process may open, both ends need one for each connection.
  const count = Math.min(10_000, open() - 1_000)
  if (count < 10_000) t.diagnostic(`only ${count} connections: this process may open ${open()} files`)
  await served(server, 100)
  const before = memoryOf(server)
  const beginnings = [
    '',
    'POST / HT',
    'POST / HTTP/1.1\r\nHost: localhost\r\nX-Half: ',
    'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"half":',
    'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n',
  ]
  {
    using all = await crowd(server.url, count, (index) => beginnings[index % beginnings.length] ?? '')
    const worst = await served(server)
    const each = (memoryOf(server) - before) / count
    t.diagnostic(`${(each / 1024).toFixed(1)} kB a connection; somebody else waited ${worst.toFixed(0)} ms at worst`)
    assert.ok(each < 40 * 1024, `${each} bytes a connection`)
    assert.ok(all.sockets.every((socket) => !socket.closed))
  }
  await served(server)
})

test('bodies that never end take no more memory together than they may, and small requests find room', async (t) => {
  using home = temporary()
  await using server = await started(home.path)
  await served(server, 100)
  const before = memoryOf(server)
  const head = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${megabyte}\r\n\r\n`
  // Tiny chunks, since each could cost far more than it brings.
  const tiny = `POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(50_000)}`
  const large = Buffer.concat([Buffer.from(head), Buffer.alloc(megabyte - 1, 0x20)])
  using all = await crowd(server.url, 600, (index) => (index % 20 === 0 ? tiny : large))
  await served(server, 50)
  assert.ok(all.sockets.every((socket) => !socket.closed))
  const more = await heldBeyond(server, before, 300 * megabyte)
  t.diagnostic(`600 bodies of 1 MiB on their way take ${(more / megabyte).toFixed(0)} MiB`)
  assert.ok(more < 300 * megabyte, `${more} bytes`)
})

test('where only few files may be open, connections leave enough of them for the work', async () => {
  using home = temporary()
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
  const words = ['-c', 'ulimit -n 256; exec "$0" "$@"', node, main, 'serve']
  const program = { command: '/bin/sh', words, directory: home.path, group: false }
  await using server = await started(home.path, { args: ['--timing', 'instant'], program })
  const ordered = await order(server)
  {
    using all = await crowd(server.url, 400, () => '')
    await Promise.any(all.sockets.map((socket) => once(socket, 'close')))
  }
  let answer = { status: 0 }
  while (answer.status === 0) answer = await letter(server, ordered).catch(() => ({ status: 0 }))
  assert.equal(answer.status, 200, 'a letter opens the files of its fonts')
})

const order = async ({ url }: Running): Promise<string> => {
  const body = JSON.stringify({ location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'c' })
  return (await call(url, { target: 'CreateConnection', body })).json.connectionId
}
const letter = ({ url }: Running, connectionId: string) =>
  call(url, { target: 'DescribeLoa', body: JSON.stringify({ connectionId }) })

test('who sends requests and reads no answer is hung up on, and what that took is there for the next one', async (t) => {
  using home = temporary()
  await using server = await started(home.path)
  await served(server, 100)
  const request = 'GET /operator/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n'
  const taken: number[] = []
  for (let time = 0; time < 4; time++) {
    const before = memoryOf(server)
    using all = await crowd(server.url, 50, () => request.repeat(2_000))
    for (const socket of all.sockets) socket.pause()
    await Promise.all(all.sockets.map(hungUpOn))
    await served(server, 50)
    taken.push((memoryOf(server) - before) / megabyte)
  }
  t.diagnostic(`100000 answers that nobody reads take ${taken.map((each) => each.toFixed(0)).join(', then ')} MiB`)
  // What a process has taken once it keeps; held for somebody, it would be taken anew each time.
  assert.ok(Math.min(...taken.slice(1)) < 100, `${taken}`)
})

test('a flood from one key is throttled, and another customer is served as ever', async (t) => {
  using home = temporary()
  await using server = await started(home.path, { args: ['--throttle', '20'] })
  const end = new AbortController()
  const answers: (string | undefined)[] = []
  const startedAt = performance.now()
  const flood = Array.from({ length: 32 }, async () => {
    while (!end.signal.aborted) {
      const { status, code } = await call(server.url, { target: 'DescribeConnections', key: '111122223333' })
      answers.push(status === 200 ? 'answered' : code)
    }
  })
  const worst: number[] = []
  while (performance.now() - startedAt < 400) {
    const askedAt = performance.now()
    const { status } = await call(server.url, { target: 'DescribeConnections', key: '444455556666' })
    assert.equal(status, 200)
    worst.push(performance.now() - askedAt)
    await delay(60)
  }
  end.abort()
  await Promise.all(flood)
  const seconds = (performance.now() - startedAt) / 1_000
  const answered = answers.filter((code) => code === 'answered').length
  assert.ok(answered >= 20 && answered <= 20 * (seconds + 1), `${answered} in ${seconds} s`)
  assert.deepEqual(new Set(answers), new Set(['answered', 'ThrottlingException']))
  t.diagnostic(`${answers.length} requests in a flood; the other waited ${Math.max(...worst).toFixed(0)} ms at worst`)
})

const malformed: readonly string[] = [
  '\r\n\r\n\r\n',
  'GET\r\n\r\n',
  'POST / HTTP/0.9\r\n\r\n',
  'POST / HTTP/9.9\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
  'POST / HTTP/1.1\r\nHost localhost\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\u0000b\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: localhost\r\n folded: yes\r\n\r\n',
  'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
  'POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n',
  'POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n',
  'POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n',
  'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n',
  'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n',
  'POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\nx',
  'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\nx',
  `POST /${'%'.repeat(2_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(5_000)}\r\n`,
  `GET / HTTP/1.1\r\n${'A'.repeat(100_000)}: b\r\n\r\n`,
]

test('what is malformed is refused or hung up on, never answered with a failure of ours, and the server lives on', async () => {
  using home = temporary()
  await using server = await started(home.path)
  const { hostname, port } = new URL(server.url)
  /** What comes back once we have said all that we have to say. */
  const said = async (bytes: string | Uint8Array) => {
    const socket = connect(Number(port), hostname).setEncoding('latin1')
    let back = ''
    socket.on('data', (part: string) => (back += part))
    // Who is hung up on in the middle of a word may see that as an error.
    socket.on('error', () => {})
    socket.end(bytes)
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    socket.on('close', () => resolve())
    await closed
    return back
  }
  for (const text of malformed) {
    const back = await said(Buffer.from(text, 'latin1'))
    assert.doesNotMatch(back, /HTTP\/1\.1 (2|5)\d\d|smuggled/, JSON.stringify(text.slice(0, 100)))
  }
  const piece = fc.oneof(
    fc.constantFrom(...malformed),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 4 }), async (pieces) => {
      assert.doesNotMatch(await said(Buffer.from(pieces.join(''), 'latin1')), /HTTP\/1\.1 5\d\d/)
    }),
    { numRuns: isLong ? 20_000 : 300 },
  )
  await served(server)
  assert.equal(
    await exchange(server.url, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n').then((text) =>
      text.slice(0, 12),
    ),
    'HTTP/1.1 404',
  )
})
