// What a web page that the user happens to visit may do with a server on the same machine: nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer } from '../tools/server.ts'
import { call } from './signed.ts'

const doors = [
  { name: 'customers', wish: { target: 'DescribeLocations' } },
  { name: 'operators', wish: { method: 'GET', path: '/operator/v1/clock', headers: { authorization: 'Bearer test' } } },
  { name: 'health', wish: { method: 'GET', path: '/healthz', body: '' } },
  { name: 'nothing', wish: { method: 'GET', path: '/console/', body: '' } },
] as const

test('a browser page of another origin is refused at every door', async () => {
  await using server = await startServer()
  const { host, port } = new URL(server.url)
  const pages: readonly Readonly<Record<string, string>>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `http://127.0.0.1:${Number(port) + 1}` },
    { origin: `http://localhost:${port}` },
    { origin: '' },
    { origin: 'file://' },
    { origin: `http://${host}`, 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    // A name of the page's own that was pointed at this machine: to the browser it is the same origin.
    { host: `evil.example:${port}`, origin: `http://evil.example:${port}`, 'sec-fetch-site': 'same-origin' },
    { host: `evil.example:${port}` },
    { host: 'evil.example' },
    { host: `127.0.0.1.evil.example:${port}` },
    { host: `localhost.evil.example:${port}` },
    { host: `evil.example@127.0.0.1:${port}x` },
  ]
  for (const { name, wish } of doors)
    for (const page of pages) {
      const answer = await call(server.url, {
        ...wish,
        headers: { ...('headers' in wish ? wish.headers : {}), ...page },
      })
      assert.deepEqual([answer.status, answer.code], [403, 'AccessDeniedException'], `${name} ${JSON.stringify(page)}`)
      assert.equal(answer.headers['access-control-allow-origin'], undefined)
    }
  const asked = await call(server.url, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  })
  assert.deepEqual([asked.status, asked.headers['access-control-allow-origin']], [403, undefined])
})

test('our own pages, and clients that are no browsers, are heard by every name of this machine', async () => {
  await using server = await startServer()
  const { host, port } = new URL(server.url)
  const callers: readonly Readonly<Record<string, string>>[] = [
    {},
    { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { host: `localhost:${port}`, origin: `http://localhost:${port}` },
    { host: `LOCALHOST:${port}` },
    { host: `directconnect.us-east-1.localhost:${port}` },
    { host: `[::1]:${port}` },
    { host: `192.0.2.7:${port}` },
    { host: `host.docker.internal:${port}` },
  ]
  for (const headers of callers) {
    const answer = await call(server.url, { target: 'DescribeLocations', headers })
    assert.equal(answer.status, 200, JSON.stringify(headers))
  }
})

test('without the development credentials any name will do, but a page still speaks to its own origin only', async () => {
  await using server = await startServer({ developmentCredentials: false })
  const health = (headers: Readonly<Record<string, string>>) =>
    call(server.url, { method: 'GET', path: '/healthz', body: '', headers })
  assert.equal((await health({ host: 'dx.example.net' })).status, 200)
  assert.equal((await health({ host: 'dx.example.net', origin: 'https://dx.example.net' })).status, 200)
  assert.equal((await health({ host: 'dx.example.net', origin: 'https://evil.example' })).status, 403)
  assert.equal((await health({ host: 'dx.example.net', 'sec-fetch-site': 'cross-site' })).status, 403)
})
