// `crossconnect backup` and `restore`, as somebody's nightly script runs them.
import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { crossconnect, spawned, typed } from '../tools/command-line.ts'
import { call } from '../wire/signed.ts'
import { started, temporary } from './process.ts'

const nowhere = { url: 'http://127.0.0.1:9' }
const run = (words: readonly string[], environment = {}) => crossconnect(nowhere, words, { environment })
const order = (url: string, directConnectGatewayName: string) =>
  call(url, { target: 'CreateDirectConnectGateway', body: JSON.stringify({ directConnectGatewayName }) })
const namesAt = async (url: string) =>
  (await call(url, { target: 'DescribeDirectConnectGateways' })).json.directConnectGateways.map(
    (gateway: { readonly directConnectGatewayName: string }) => gateway.directConnectGatewayName,
  )

test('a backup that was taken while the server ran is restored over what was done since', async () => {
  using home = temporary()
  const [data, file] = [join(home.path, 'data'), join(home.path, 'monday.sqlite')]
  mkdirSync(data)
  {
    await using server = await started(data)
    await order(server.url, 'before')
    const made = await spawned(nowhere, ['backup', file, '--data', data])
    assert.deepEqual([made.status, made.stderr], [0, `backup of ${data}: 100 %\n`])
    assert.match(made.stdout, /monday\.sqlite: \d+ kB; it is of use only with the key in .*data\/secret\.key\n$/)
    await order(server.url, 'after')

    const inUse = await run(['restore', file, '--force'], { CROSSCONNECT_DATA: data })
    assert.deepEqual([inUse.status, inUse.stdout], [1, ''])
    assert.match(inUse.stderr, /^crossconnect: --data .*: another server is using it\n$/)
    await server.end()
  }
  const kept = await run(['restore', file, '--data', data])
  assert.equal(kept.status, 2)
  assert.match(kept.stderr, /it holds a database already; --force replaces it/)
  const restored = await spawned(nowhere, ['restore', file, '--data', data, '--force'])
  assert.deepEqual([restored.status, restored.stderr], [0, ''])
  await using server = await started(data)
  assert.deepEqual(await namesAt(server.url), ['before'])
})

test('a backup replaces no file unless it is told to, and never lies beside the database', async () => {
  using home = temporary()
  using other = temporary()
  await using server = await started(home.path)
  const [folder, file] = [join(other.path, 'folder'), join(other.path, 'file')]
  mkdirSync(folder)
  writeFileSync(file, 'mine')
  const backup = (...words: readonly string[]) => run(['backup', ...words, '--data', home.path])
  assert.match((await backup(file)).stderr, /file: there is such a file already; --force replaces it/)
  assert.match((await backup(folder, '--force')).stderr, /folder: it is no file that could be replaced/)
  const database = join(home.path, 'crossconnect.sqlite')
  assert.match((await backup(database, '--force')).stderr, /it lies in the data directory/)
  assert.equal(readFileSync(file, 'utf8'), 'mine')
  assert.equal((await backup(file, '--force')).status, 0)
  assert.equal(statSync(file).mode & 0o077, 0, 'it is for its owner alone')
  const none = await backup(join(other.path, 'none', 'file'))
  assert.deepEqual([none.status, none.stdout], [1, ''])
  assert.match(none.stderr, /^crossconnect: .*none.file: it cannot be written \(ENOENT\)\n$/)
  await server.end()
})

test('what cannot be backed up or restored is said in one line, and changes nothing', async () => {
  using home = temporary()
  const [data, file] = [join(home.path, 'data'), join(home.path, 'file')]
  const nothing = await run(['backup', file, '--data', data])
  assert.deepEqual([nothing.status, nothing.stdout], [1, ''])
  assert.match(nothing.stderr, /^crossconnect: --data .*data: .*holds no database\n$/)
  assert.equal(existsSync(data) || existsSync(file), false)

  writeFileSync(file, 'text')
  mkdirSync(data)
  copyFileSync(file, join(data, 'secret.key'))
  const key = await run(['restore', file, '--data', data])
  assert.match(key.stderr, /secret\.key does not hold a key of 32 bytes/)
  const damaged = await run(['restore', file, '--data', data], {
    CROSSCONNECT_SECRET_KEY: Buffer.alloc(32).toString('base64'),
  })
  assert.equal(damaged.status, 1)
  assert.match(damaged.stderr, /^crossconnect: .*file is not a whole backup of crossconnect\n$/)
  assert.equal(existsSync(join(data, 'crossconnect.sqlite')), false)

  for (const word of ['backup', 'restore']) {
    const elsewhere = await run([word, file, '--force', '--database', 'postgres://127.0.0.1/x'])
    assert.equal(elsewhere.status, 1)
    assert.match(elsewhere.stderr, /PostgreSQL has tools of its own for this, such as pg_dump/)
    assert.match((await run([word])).stderr, /FILE/)
  }
})

test('on a terminal the progress of a backup is one line that goes when it is done', async () => {
  using home = temporary()
  using other = temporary()
  await using server = await started(home.path)
  const { stdout, status } = await typed(server, ['backup', join(other.path, 'file'), '--data', home.path])
  await server.end()
  assert.equal(status, 0)
  const [, line = '', last = ''] = stdout.split('\r\u001B[2K')
  assert.match(line, /^backup of .*: 100 % \(\d+ s\)$/)
  assert.match(last, /: \d+ kB; /)
})
