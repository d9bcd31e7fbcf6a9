import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { until } from '../../test/tools/until.ts'
import { adoptDaemon, type DaemonOrder, runningProcesses, startDaemon, stopAll } from './daemons.ts'

/** A program that says a word at once and then waits; nobody else has its command line. */
function order(): DaemonOrder & Disposable {
  const directory = mkdtempSync(join(tmpdir(), 'crossconnect-daemon-'))
  const file = join(directory, 'words')
  writeFileSync(file, 'begun\n')
  return {
    program: '/usr/bin/tail',
    args: ['-f', file],
    namespace: null,
    log: join(directory, 'log'),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  }
}

test('a daemon is found again by whoever did not start it, and can be stopped', async () => {
  using sought = order()
  const started = startDaemon(sought)
  await until(() => readFileSync(sought.log, 'utf8') === 'begun\n')
  const adopted = adoptDaemon(sought, runningProcesses())
  assert.equal(adopted?.pid, started.pid)
  started.release()
  await adopted?.stop()
  assert.equal(adopted?.isAlive(), false)
  assert.equal(adoptDaemon(sought), undefined)
})

test('the end of a daemon is noticed, by who started it and by who adopted it', async () => {
  using sought = order()
  const started = startDaemon(sought)
  await until(() => readFileSync(sought.log, 'utf8') === 'begun\n')
  const adopted = adoptDaemon(sought)
  const noticed: string[] = []
  started.onEnd(() => noticed.push('started'))
  adopted?.onEnd(() => noticed.push('adopted'))
  process.kill(started.pid, 'SIGKILL')
  await until(() => noticed.length === 2)
  assert.equal(started.isAlive(), false)
})

test('a daemon that we stop, or let go of, ends without a word', async () => {
  using sought = order()
  const started = startDaemon(sought)
  const noticed: string[] = []
  started.onEnd(() => noticed.push('ended'))
  await started.stop()
  await started.stop()
  assert.deepEqual(noticed, [])
})

test('whatever runs a program in a directory can be stopped, with whichever flags it was begun', async () => {
  using sought = order()
  const started = startDaemon({ ...sought, args: ['-n', '7', ...sought.args] })
  await until(() => readFileSync(sought.log, 'utf8') === 'begun\n')
  assert.equal(adoptDaemon(sought), undefined)
  await stopAll(sought.program, '/no/such/directory')
  assert.equal(started.isAlive(), true)
  started.release()
  await stopAll(sought.program, dirname(sought.log))
  assert.equal(started.isAlive(), false)
})

test('a program that is not there has ended at once', async () => {
  using sought = order()
  const noticed: string[] = []
  const started = startDaemon({ ...sought, program: '/no/such/program' })
  started.onEnd(() => noticed.push('ended'))
  await until(() => noticed.length === 1)
  assert.equal(started.isAlive(), false)
})
