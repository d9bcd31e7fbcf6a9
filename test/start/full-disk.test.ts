// A disk with no room, or one that cannot be written to: who asks is told, nothing is damaged, and all goes on when it can.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { type SmallDisk, smallDisk } from '../contracts/stores.ts'
import { brokenIn } from '../invariants/invariants.ts'
import { accounts, prepare, underLoad, untrue } from '../invariants/load.ts'
import { rowsOfSqlite } from '../invariants/rows.ts'
import { disagreements, every } from '../invariants/seen.ts'
import { skipWithout } from '../tools/clients.ts'
import { operator } from '../tools/operator.ts'
import { call } from '../wire/signed.ts'
import { ran, started } from './process.ts'

using probe = smallDisk(1)
const withSmallDisk = skipWithout('a server on a full disk', probe?.directory, 'no file system can be mounted')

function disk(megabytes: number): SmallDisk {
  const made = smallDisk(megabytes)
  if (made === undefined) throw new Error('there is no small disk')
  return made
}

/** Where much does not fit, something smaller may still: asks until that does not either. */
async function whenFull<A extends { readonly status: number }>(ask: () => Promise<A>): Promise<A> {
  for (;;) {
    const answer = await ask()
    if (answer.status >= 300) return answer
  }
}

test(
  'on a full disk writes are refused, reads are answered, and when there is room again all goes on',
  withSmallDisk,
  async (t) => {
    using small = disk(24)
    const data = join(small.directory, 'data')
    const rows = () => rowsOfSqlite(join(data, 'crossconnect.sqlite'))
    const args = ['--quotas', 'none', '--timing', 'instant', '--log-level', 'error']
    await using first = await started(data, { args })
    const site = await prepare(first.url)
    const made: string[] = []
    const make = async (name: string) => {
      const answer = await call(first.url, {
        target: 'CreateDirectConnectGateway',
        body: JSON.stringify({ directConnectGatewayName: name }),
      })
      if (answer.status === 200) made.push(answer.json.directConnectGateway.directConnectGatewayId)
      return answer
    }
    const customers = { count: 8, url: () => first.url, ...site }

    const ledger = await underLoad(customers, async () => {
      for (let n = 0; n < 40; n++) await make('before')
      small.fill(256 * 1024)
      for (let n = 0; n < 20; n++) await whenFull(() => make('fills the disk'))
    })
    assert.ok(ledger.strange.length > 0)
    for (const each of ledger.strange)
      assert.match(each, /DirectConnectServerException.*The request could not be stored/)
    const { status, code, json } = await whenFull(() => make('no room'))
    assert.deepEqual([status, code], [400, 'DirectConnectServerException'])
    assert.equal(json.message, 'The request could not be stored. Try again later.')
    const byOperator = await whenFull(() => operator(first, 'POST', '/accounts', { name: 'No room', kind: 'customer' }))
    assert.deepEqual([byOperator.status, byOperator.code], [503, 'Unavailable'])
    assert.match(byOperator.message, /could not be stored/)

    const sound = async (url: string) => {
      assert.deepEqual(brokenIn(rows()), [])
      assert.deepEqual(await disagreements(url, rows(), accounts), [])
      assert.deepEqual(await untrue(url, ledger), [])
      const listed = await every(url, 'DescribeDirectConnectGateways', 'directConnectGateways', 'test')
      assert.deepEqual(listed.map((each) => each['directConnectGatewayId']).toSorted(), made.toSorted())
    }
    await sound(first.url)
    small.free()
    assert.equal((await make('room again')).status, 200)
    await sound(first.url)
    const { stderr } = await first.end('SIGKILL')
    assert.match(stderr, /a request could not be stored/)
    assert.match(stderr, /database or disk is full/)
    t.diagnostic(
      `${ledger.strange.length} requests were refused for want of room, ${ledger.acknowledged.length} were answered`,
    )
    await using second = await started(data, { args })
    await sound(second.url)
  },
)

test(
  'a data directory on a disk that is read-only or full is refused in one line at the start',
  withSmallDisk,
  async () => {
    using small = disk(16)
    const data = join(small.directory, 'data')
    const start = () => ran(['--port', '0', '--data', data])
    {
      await using server = await started(data)
      await call(server.url, { target: 'CreateDirectConnectGateway', body: '{"directConnectGatewayName":"kept"}' })
      await server.end()
    }
    const remount = (how: string) => execFileSync('mount', ['-o', `remount,${how}`, small.directory])
    remount('ro')
    const readOnly = await start()
    remount('rw')
    assert.deepEqual([readOnly.code, readOnly.stdout], [2, ''])
    assert.match(readOnly.stderr, /^crossconnect: --data [^\n]*data: its disk is read-only\n$/)

    small.fill(0)
    const full = await start()
    small.free()
    assert.deepEqual([full.code, full.stdout], [2, ''])
    assert.match(full.stderr, /^crossconnect: --data [^\n]*data: [^\n]*full\n$/)

    await using server = await started(data)
    const { json } = await call(server.url, { target: 'DescribeDirectConnectGateways' })
    assert.equal(json.directConnectGateways[0].directConnectGatewayName, 'kept')
  },
)
