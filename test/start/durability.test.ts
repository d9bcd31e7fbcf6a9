// What was answered is kept, however the process ends.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { call } from '../wire/signed.ts'
import { node, started, temporary } from './process.ts'

const create = (url: string, directConnectGatewayName: string) =>
  call(url, { target: 'CreateDirectConnectGateway', body: JSON.stringify({ directConnectGatewayName }) })

async function namesOf(url: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  let nextToken: string | undefined
  do {
    const { json } = await call(url, {
      target: 'DescribeDirectConnectGateways',
      body: JSON.stringify({ maxResults: 100, nextToken }),
    })
    for (const gateway of json.directConnectGateways) names.add(gateway.directConnectGatewayName)
    nextToken = json.nextToken
  } while (nextToken !== undefined)
  return names
}

test('a second start on the same data finds everything, the clock and the operator token too', async () => {
  using home = temporary()
  const operator = (url: string, method: string, body?: object) =>
    fetch(`${url}/operator/v1/clock`, {
      method,
      headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).then(async (response) => JSON.parse(await response.text()))
  {
    await using first = await started(home.path)
    assert.equal((await create(first.url, 'kept')).status, 200)
    await operator(first.url, 'POST', { advanceSeconds: 90 * 86_400 })
    assert.equal((await first.end()).code, 0)
  }
  await using second = await started(home.path)
  assert.deepEqual([...(await namesOf(second.url))], ['kept'])
  assert.equal((await operator(second.url, 'GET')).offsetSeconds, 90 * 86_400)
  await second.end()
})

test('killed in the middle of writing, it finds all that it had answered when it is started again', async (t) => {
  using home = temporary()
  const args = ['--quotas', 'none']
  const answered: string[] = []
  const asked = new Set<string>()
  for (let round = 0; round < 3; round++) {
    await using server = await started(home.path, { args })
    const found = await namesOf(server.url)
    assert.deepEqual(
      answered.filter((name) => !found.has(name)),
      [],
      'answered but lost',
    )
    assert.equal(found.isSubsetOf(asked), true, 'nothing is there that nobody asked for')
    const kill = new AbortController()
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      for (let n = 0; !kill.signal.aborted; n++) {
        const name = `${round}-${writer}-${n}`
        asked.add(name)
        const { status } = await create(server.url, name).catch(() => ({ status: 0 }))
        if (status === 200) answered.push(name)
      }
    })
    await delay(150 + 100 * round)
    const ended = server.end('SIGKILL')
    kill.abort()
    await Promise.all([ended, ...writers])
  }
  await using server = await started(home.path, { args })
  const found = await namesOf(server.url)
  assert.deepEqual(
    answered.filter((name) => !found.has(name)),
    [],
  )
  t.diagnostic(`${answered.length} writes were answered before three kills, ${asked.size} were asked for`)
})

test('from the second start on the first request is answered within 400 ms of spawning the process', async (t) => {
  using home = temporary()
  const first = await firstAnswer(home.path)
  const bare: number[] = []
  const warm: number[] = []
  // On a machine where a bare Node takes many times longer than on an ordinary one, so may we.
  const limit = () => Math.max(400, 12 * Math.min(...bare))
  while (warm.length < 5 || (warm.length < 15 && Math.min(...warm) >= limit())) {
    bare.push(await bareNode())
    warm.push(await firstAnswer(home.path))
  }
  const figure = (times: readonly number[]) =>
    `${Math.min(...times).toFixed(0)} ms at best, ${(times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0).toFixed(0)} ms median`
  t.diagnostic(
    `first start ${first.toFixed(0)} ms; then ${figure(warm)} of ${warm.length}; a bare node ${figure(bare)}`,
  )
  assert.ok(Math.min(...warm) < limit(), `${figure(warm)}, limit ${limit().toFixed(0)} ms`)
})

test('what was compiled is kept a second after the start, also when the process is killed', async () => {
  using home = temporary()
  await using server = await started(home.path)
  const files = () => readdirSync(join(home.path, 'compile-cache'), { recursive: true, withFileTypes: true })
  const deadline = performance.now() + 20_000
  while (files().filter((entry) => entry.isFile()).length < 100 && performance.now() < deadline) await delay(50)
  await server.end('SIGKILL')
  assert.ok(files().filter((entry) => entry.isFile()).length >= 100)
})

async function firstAnswer(data: string): Promise<number> {
  await using server = await started(data)
  const listeningAt = performance.now()
  assert.equal((await call(server.url, { target: 'DescribeDirectConnectGateways' })).status, 200)
  const took = server.listeningAfter + performance.now() - listeningAt
  await server.end()
  return took
}

async function bareNode(): Promise<number> {
  const spawnedAt = performance.now()
  await once(spawn(node, ['-e', '0'], { stdio: 'ignore' }), 'exit')
  return performance.now() - spawnedAt
}
