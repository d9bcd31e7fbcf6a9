import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createLog, type Log } from '../observe/log.ts'
import { Fault } from '../product/fault.ts'
import { createServer, type Limits, usualTimes } from './server.ts'

async function listening(
  limits: Partial<Limits>,
  routes = (_server: FastifyInstance) => {},
  log: Log = createLog('silent'),
) {
  const server = createServer({
    developmentCredentials: true,
    log,
    limits: { ...usualTimes, connections: 100, ...limits },
  })
  routes(server)
  await server.listen({ port: 0, host: '127.0.0.1' })
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { port, server: server.server, [Symbol.asyncDispose]: () => server.close() }
}

/** What a connection got until it was closed, after it had sent `text`. */
async function untilClosed(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  let back = ''
  socket.on('data', (part: string) => (back += part))
  // Who is hung up on in the middle of a word may see that as an error.
  socket.on('error', () => {})
  if (text !== '') socket.write(text)
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  socket.on('close', () => resolve())
  await closed
  return back
}

test('a request that does not arrive in time is answered with 408 and its connection closed; so is one that never begins', async () => {
  await using server = await listening({ arrivalMs: 200 })
  const [silent, headers, body] = await Promise.all([
    untilClosed(server.port, ''),
    untilClosed(server.port, 'POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow:'),
    untilClosed(server.port, 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf'),
  ])
  for (const answer of [silent, headers, body]) {
    assert.match(answer, /^HTTP\/1\.1 408 /)
    assert.match(answer, /"__type":"RequestTimeoutException"/)
  }
})

test('who asks and does not read the answer is disconnected', async () => {
  const routes = (server: FastifyInstance) =>
    server.get('/large', (_request, reply) => void reply.send('x'.repeat(32 * 1024 * 1024)))
  await using server = await listening({ restMs: 200 }, routes)
  const accepted = once(server.server, 'connection')
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.pause()
  socket.write('GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n')
  const [theirs] = await accepted
  await once(theirs, 'close')
  let bytes = 0
  socket.on('data', (chunk) => (bytes += chunk.length))
  socket.resume()
  await once(socket, 'close')
  assert.ok(bytes > 0 && bytes < 32 * 1024 * 1024, `${bytes} bytes`)
})

test('connections beyond the limit are closed at once, and there is room again when others have left', async () => {
  await using server = await listening({ connections: 4 })
  const first = Array.from({ length: 4 }, () => connect(server.port, '127.0.0.1'))
  await Promise.all(first.map((socket) => once(socket, 'connect')))
  assert.equal(await untilClosed(server.port, ''), '')
  for (const socket of first) socket.destroy()
  const request = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
  let answer = ''
  while (answer === '') answer = await untilClosed(server.port, request)
  assert.match(answer, /^HTTP\/1\.1 404 /)
})

test('a connection may have 64 requests that are not answered; with one more it is hung up on', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  const routes = (server: FastifyInstance) =>
    server.get('/slow', async (_request, reply) => {
      await answered
      return reply.send('x')
    })
  await using server = await listening({}, routes)
  const request = 'GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n'
  assert.equal(await untilClosed(server.port, request.repeat(65)), '')
  const last = 'GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
  const back = untilClosed(server.port, request.repeat(63) + last)
  answer()
  assert.equal((await back).match(/HTTP\/1\.1 200/g)?.length, 64)
})

test('what fails is one line in the log, whether the engine has written it or nobody has', async () => {
  const lines: string[] = []
  const log: Log = { info: () => {}, warn: () => {}, error: (_facts, message) => lines.push(message) }
  const routes = (server: FastifyInstance) => {
    server.get('/told', async () => {
      throw new Fault('DirectConnectServerException', 'Unable to process request')
    })
    server.get('/untold', async () => {
      throw new TypeError('a defect')
    })
  }
  await using server = await listening({}, routes, log)
  for (const path of ['told', 'untold']) {
    const response = await fetch(`http://127.0.0.1:${server.port}/${path}`, { headers: { connection: 'close' } })
    assert.equal(response.status, 500)
    assert.match(await response.text(), /"InternalFailure"/)
  }
  assert.deepEqual(lines, ['a request failed by our own fault'])
})
