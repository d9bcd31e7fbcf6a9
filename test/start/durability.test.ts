// What was answered is kept, however the process ends.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { auditedRequests, brokenIn } from '../invariants/invariants.ts'
import { accounts, type Ledger, prepare, underLoad, untrue } from '../invariants/load.ts'
import { rowsOfSqlite } from '../invariants/rows.ts'
import { disagreements } from '../invariants/seen.ts'
import { skipWithout } from '../tools/clients.ts'
import { ext4Disk } from '../tools/ext4-disk.ts'
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

using probe = ext4Disk()

test('when the power fails right after an answer, what was answered is on the disk', {
  ...skipWithout('a server on a disk that loses its power', probe?.directory, 'no file system can be mounted'),
}, async () => {
  using disk = ext4Disk()
  assert.ok(disk)
  const data = join(disk.directory, 'data')
  const args = ['--quotas', 'none', '--timing', 'instant']
  const rows = () => rowsOfSqlite(join(data, 'crossconnect.sqlite'))
  await using server = await started(data, { args })
  const site = await prepare(server.url)
  const ledger = await underLoad({ count: 16, url: () => server.url, ...site }, async (answered) => {
    await answered(200)
    await server.end('SIGKILL')
    disk.losePower()
  })
  assert.deepEqual(brokenIn(rows()), [])
  await using again = await started(data, { args })
  assert.deepEqual(await untrue(again.url, ledger), [])
  assert.deepEqual(await disagreements(again.url, rows(), accounts), [])
  await again.end()
})

const kills = process.env['CROSSCONNECT_LONG'] === '1' ? 50 : 5

test(`killed ${kills} times in the middle of load, it finds all that it had answered, and nothing is half done`, async (t) => {
  using home = temporary()
  const args = ['--quotas', 'none', '--timing', 'instant']
  const ledgers: Ledger[] = []
  let site: Awaited<ReturnType<typeof prepare>> | undefined
  for (let round = 0; round <= kills; round++) {
    await using server = await started(home.path, { args })
    const rows = rowsOfSqlite(join(home.path, 'crossconnect.sqlite'))
    assert.deepEqual(brokenIn(rows), [])
    assert.deepEqual(await disagreements(server.url, rows, accounts), [])
    const audited = auditedRequests(rows)
    for (const ledger of ledgers) {
      assert.deepEqual(await untrue(server.url, ledger), [])
      assert.deepEqual(
        ledger.acknowledged.filter((request) => !audited.has(request)),
        [],
        'answered but not in the audit trail',
      )
    }
    if (round === kills) break
    site ??= await prepare(server.url)
    const ledger = await underLoad({ count: 16, url: () => server.url, ...site }, async (answered) => {
      await answered(20 + Math.random() * 60)
      await delay(Math.random() * 20)
      await server.end('SIGKILL')
    })
    assert.deepEqual(ledger.strange, [])
    ledgers.push(ledger)
  }
  const sum = (count: (ledger: Ledger) => number) => ledgers.reduce((total, ledger) => total + count(ledger), 0)
  t.diagnostic(
    `${sum(({ acknowledged }) => acknowledged.length)} changes were answered before ${kills} kills; ${sum(({ things }) => things.length)} things`,
  )
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
