// How the process starts and ends, and what it says when it cannot start.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { awsCli, skipWithout } from '../tools/clients.ts'
import { until } from '../tools/until.ts'
import { bytesOf, call, connection, exchange, signed } from '../wire/signed.ts'
import { type Ended, ran, started, temporary } from './process.ts'

/** One line on standard error, nothing else, exit code 2. */
function refused({ code, stdout, stderr }: Ended, reason: RegExp): void {
  assert.deepEqual([code, stdout], [2, ''], stderr)
  assert.match(stderr, /^crossconnect: [^\n]+\n$/)
  assert.match(stderr, reason)
}

test('a flag or a variable that cannot be: one line that names it, exit code 2', async () => {
  const [flag, variable, unknown, extra] = await Promise.all([
    ran(['--port', '70000']),
    ran([], { CROSSCONNECT_TIMING: 'slow' }),
    ran(['--bogus']),
    ran(['extra']),
  ])
  refused(flag, /--port 70000: /)
  refused(variable, /--timing slow \(CROSSCONNECT_TIMING\): /)
  refused(unknown, /'--bogus'/)
  refused(extra, /'extra'/)
})

test('help goes to standard output, exit code 0, and starts nothing', async () => {
  const { code, stdout, stderr } = await ran(['--help'])
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /^Usage: crossconnect serve \[flags\]/m)
  assert.match(stdout, /^ +npm start -- \[flags\]/m)
})

test('a data directory that cannot be used: one line that names it, exit code 2', async () => {
  using home = temporary()
  const inHome = (name: string) => join(home.path, name)
  const prepared = (name: string, file: string, content: string) => {
    mkdirSync(inHome(name))
    writeFileSync(join(inHome(name), file), content)
    return inHome(name)
  }
  writeFileSync(inHome('file'), '')
  const wrong: readonly (readonly [data: string, reason: RegExp])[] = [
    [inHome('file'), /it is not a directory/],
    [join(inHome('file'), 'below'), /not a directory/],
    ['/proc/crossconnect', /nothing can be made there/],
    ['/proc', /nothing can be made there/],
    [prepared('short-key', 'secret.key', 'too short'), /secret\.key does not hold a key/],
    [prepared('corrupt', 'crossconnect.sqlite', 'this is no database, '.repeat(500)), /not a database/],
    [laterVersion(inHome('later')), /later version/],
  ]
  const outcomes = await Promise.all(wrong.map(([data]) => ran(['--port', '0', '--data', data])))
  for (const [index, outcome] of outcomes.entries()) {
    const [data, reason] = wrong[index] ?? ['', /^$/]
    refused(outcome, reason)
    assert.ok(outcome.stderr.includes(`--data ${data}: `), outcome.stderr)
  }
})

test('a data directory that another server uses, or whose key is not its own, is refused', async () => {
  using home = temporary()
  {
    await using first = await started(home.path)
    refused(await ran(['--port', '0', '--data', home.path]), /another server is using it/)
    assert.equal((await call(first.url, { target: 'DescribeLocations' })).status, 200, 'the first is not disturbed')
    assert.equal((await first.end()).code, 0)
  }
  writeFileSync(join(home.path, 'secret.key'), Buffer.alloc(32, 1).toString('base64'))
  refused(await ran(['--port', '0', '--data', home.path]), /not the key that sealed this database/)
})

test('a port that is in use, or an address of another machine: one line, exit code 2', async () => {
  using home = temporary()
  const occupant = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => void occupant.once('listening', resolve))
  const address = occupant.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  refused(await ran(['--port', port, '--data', home.path]), new RegExp(`--port ${port}: another program listens on it`))
  occupant.close()
  refused(await ran(['--host', '192.0.2.1', '--port', '0', '--data', home.path]), /--host 192\.0\.2\.1: /)
})

test('what is kept is for its owner alone', async () => {
  using home = temporary()
  const data = join(home.path, 'deep', 'data')
  await using server = await started(data)
  assert.equal(statSync(data).mode & 0o777, 0o700)
  assert.equal(statSync(join(data, 'secret.key')).mode & 0o777, 0o600)
  await server.end()
})

test('the first line that begins with listening ends with the URL, and the banner is short', async () => {
  using home = temporary()
  await using server = await started(home.path)
  const lines = server.stdout().trimEnd().split('\n')
  assert.ok(lines.length <= 12)
  for (const line of lines) assert.ok(line.length <= 80, line)
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  await server.end()
})

test(
  'the aws line of the banner works when it is pasted with the exports above it',
  skipWithout('the banner with the AWS CLI', awsCli),
  async () => {
    using home = temporary()
    await using server = await started(home.path)
    const pasted = server
      .stdout()
      .split('\n')
      .filter((line) => /^(export|aws) /.test(line))
    assert.ok(pasted.at(-1)?.startsWith('aws directconnect '))
    const { stdout } = await promisify(execFile)('/bin/bash', ['-c', pasted.join('\n')], {
      env: { PATH: `${dirname(awsCli ?? '')}:/usr/bin:/bin`, HOME: home.path },
      maxBuffer: 2 ** 24,
    })
    assert.ok(JSON.parse(stdout).locations.length > 0, basename(awsCli ?? ''))
    await server.end()
  },
)

test('without the development credentials the banner says where the operator token is', async () => {
  using home = temporary()
  await using server = await started(home.path, { args: ['--no-development-credentials'] })
  const path = /bearer token in (\S+)$/m.exec(server.stdout())?.[1] ?? ''
  assert.doesNotMatch(server.stdout(), /AWS_SECRET_ACCESS_KEY/)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  const clock = (token: string) =>
    fetch(`${server.url}/operator/v1/clock`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal((await clock('test')).status, 401)
  assert.equal((await clock(readFileSync(path, 'utf8').trim())).status, 200)
})

test('SIGTERM answers what is in flight, closes what is idle, and ends with 0', async () => {
  using home = temporary()
  await using server = await started(home.path)
  const request = bytesOf(await signed(server.url, { target: 'DescribeLocations' }))
  const idle = exchange(server.url, request)
  const cut = request.length - 1
  const { socket, answered } = connection(server.url)
  socket.write(request.slice(0, cut), 'latin1')
  await listens(server.url)
  const ending = server.end('SIGTERM')
  await until(async () => !(await listens(server.url)))
  socket.write(request.slice(cut), 'latin1')
  assert.match(await answered, /^HTTP\/1\.1 200 OK[\s\S]*"locations"/)
  assert.match(await idle, /^HTTP\/1\.1 200 OK/)
  assert.deepEqual({ ...(await ending), stdout: '' }, { code: 0, signal: null, stdout: '', stderr: '' })
  assert.deepEqual(
    readdirSync(home.path).filter((name) => name.endsWith('-wal')),
    [],
    'the log is tidied into the database',
  )
})

test('a second signal ends it at once', async () => {
  using home = temporary()
  await using server = await started(home.path)
  const { socket, answered } = connection(server.url)
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n')
  await listens(server.url)
  void server.end('SIGINT')
  await until(async () => !(await listens(server.url)))
  const { signal } = await server.end('SIGINT')
  assert.equal(signal, 'SIGINT')
  await answered.catch(() => {})
})

/** Whether it answers whoever comes now; if so, it has read what was sent before. */
function listens(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { headers: { connection: 'close' } }).then(
    () => true,
    () => false,
  )
}

/** A database that is one migration ahead of this program. */
function laterVersion(data: string): string {
  mkdirSync(data)
  const database = new DatabaseSync(join(data, 'crossconnect.sqlite'))
  database.exec('PRAGMA user_version = 1000')
  database.close()
  return data
}
