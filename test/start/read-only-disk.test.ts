// A disk that turns read-only under a running server: who orders is told, who reads is answered, and nothing is damaged.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { brokenIn } from '../invariants/invariants.ts'
import { accounts, prepare, underLoad, untrue } from '../invariants/load.ts'
import { rowsOfSqlite } from '../invariants/rows.ts'
import { disagreements, every } from '../invariants/seen.ts'
import { skipWithout } from '../tools/clients.ts'
import { operator } from '../tools/operator.ts'
import { call } from '../wire/signed.ts'
import { started } from './process.ts'

interface Disk extends Disposable {
  readonly directory: string
  /** Lets nobody write to these files, also who has them open, or lets everybody again. */
  allowWrites(allowed: boolean, files: readonly string[]): void
  /** The kernel finds something wrong with it, and from then on lets nobody write anything. */
  fail(): void
  /** As an administrator would: takes it away, has it checked, and mounts it again. */
  repair(): void
}

/** A file system of the kind that turns read-only; undefined where this machine does not let us have one. */
function ext4Disk(): Disk | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'crossconnect-disk-'))
  const images = mkdtempSync(join(tmpdir(), 'crossconnect-image-'))
  const image = join(images, 'first')
  const run = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  const mount = (from: string) => {
    const device = run('losetup', '--find', '--show', from)
    try {
      run('mount', '-o', 'errors=remount-ro', device, directory)
    } finally {
      // It stays as long as it is mounted.
      run('losetup', '--detach', device)
    }
    return device
  }
  const remove = () => {
    rmSync(images, { recursive: true })
    rmdirSync(directory)
  }
  let device: string
  try {
    run('truncate', '-s', '64M', image)
    run('mkfs.ext4', '-q', image)
    device = mount(image)
  } catch {
    remove()
    return undefined
  }
  return {
    directory,
    allowWrites: (allowed, files) => void run('chattr', allowed ? '-i' : '+i', ...files),
    fail: () => writeFileSync(`/sys/fs/ext4/${basename(device)}/trigger_fs_error`, '1'),
    repair() {
      run('umount', directory)
      // A copy: namespaces that were made meanwhile have it still mounted.
      const second = join(images, 'second')
      run('cp', '--sparse=always', image, second)
      // It answers 1 when it has mended something.
      run('sh', '-c', 'e2fsck -fy "$0" || [ $? = 1 ]', second)
      device = mount(second)
    },
    [Symbol.dispose]() {
      run('umount', directory)
      remove()
    },
  }
}

using probe = ext4Disk()

test('while a disk cannot be written to, orders are refused, reads are answered, and nothing is damaged', {
  ...skipWithout('a server on a disk that turns read-only', probe?.directory, 'no file system can be mounted'),
}, async () => {
  using disk = ext4Disk()
  assert.ok(disk)
  const data = join(disk.directory, 'data')
  const args = ['--quotas', 'none', '--timing', 'instant', '--log-level', 'error']
  const rows = () => rowsOfSqlite(join(data, 'crossconnect.sqlite'))
  const kept: string[] = []
  const order = async (url: string, directConnectGatewayName: string) => {
    const body = JSON.stringify({ directConnectGatewayName })
    const answer = await call(url, { target: 'CreateDirectConnectGateway', body })
    if (answer.status === 200) kept.push(directConnectGatewayName)
    return answer
  }
  await using server = await started(data, { args })
  const { url } = server
  const customers = { count: 8, url: () => url, ...(await prepare(url)) }

  const refuses = async () => {
    for (let n = 0; n < 20; n++) {
      const { status, code, json } = await order(url, 'while it is read-only')
      assert.deepEqual([status, code], [400, 'DirectConnectServerException'])
      assert.equal(json.message, 'The request could not be stored. Try again later.')
    }
    const byOperator = await operator(server, 'POST', '/accounts', { name: 'Read-only', kind: 'customer' })
    assert.deepEqual([byOperator.status, byOperator.code], [503, 'Unavailable'])
  }
  const sound = async (at: string, ledger: Parameters<typeof untrue>[1]) => {
    assert.deepEqual(brokenIn(rows()), [])
    assert.deepEqual(await disagreements(at, rows(), accounts), [])
    assert.deepEqual(await untrue(at, ledger), [])
    const listed = await every(at, 'DescribeDirectConnectGateways', 'directConnectGateways', 'test')
    const names = listed.map((each) => each['directConnectGatewayName'])
    assert.deepEqual(names.toSorted(), kept.toSorted())
  }

  const files = readdirSync(data)
    .filter((name) => /\.sqlite(-wal)?$/.test(name))
    .map((name) => join(data, name))
  const first = await underLoad(customers, async (answered) => {
    await answered(40)
    disk.allowWrites(false, files)
    await refuses()
  })
  assert.ok(first.strange.length > 0)
  for (const each of first.strange) assert.match(each, /DirectConnectServerException.*The request could not be stored/)
  await sound(url, first)
  disk.allowWrites(true, files)
  assert.equal((await order(url, 'it can be written to again')).status, 200)
  await sound(url, first)

  // Nobody is at work when it fails, since what is being written at that instant ext4 may acknowledge and still lose.
  const second = await underLoad(customers, (answered) => answered(40))
  disk.fail()
  await refuses()
  await sound(url, second)
  const { stderr } = await server.end('SIGKILL')
  assert.match(stderr, /a request could not be stored/)
  disk.repair()
  await using again = await started(data, { args })
  await sound(again.url, first)
  await sound(again.url, second)
  assert.equal((await order(again.url, 'after the repair')).status, 200)
})
