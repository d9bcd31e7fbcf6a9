import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { linuxFabric } from '../../../test/tools/cable-world.ts'
import { ownNamespaces } from '../../../test/tools/linux.ts'
import { until } from '../../../test/tools/until.ts'
import { run } from '../command.ts'
import { runningProcesses } from '../daemons.ts'
import { addPair } from '../links.ts'
import { ensureNamespace } from '../namespaces.ts'
import { applyBridges, type BridgeOrder } from './bridges.ts'
import { agreedMembers, readMembers } from './control.ts'
import { TransactionFailed } from './database.ts'
import { openVswitch, type Vswitch } from './instance.ts'

/** @source sched_setscheduler(2) */
const roundRobin = 2

/** @source proc_pid_stat(5): field 41, of which the second, the name, may hold anything */
function policyOf(pid: number, thread: string): number {
  const text = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')
  return Number(text.slice(text.lastIndexOf(') ') + 2).split(' ')[41 - 3])
}

interface SwitchWorld extends AsyncDisposable {
  readonly vswitch: Vswitch
  readonly directory: string
  /** An interface with something at its other end, ready for a bridge. */
  interface(name: string): Promise<{ readonly name: string; readonly index: number }>
  /** What Open vSwitch itself says of a column. */
  column(table: string, record: string, column: string): Promise<string>
}

async function switchWorld(): Promise<SwitchWorld> {
  const names = ownNamespaces()
  const namespace = names.of('switch')
  await ensureNamespace(namespace)
  const directory = mkdtempSync(join(tmpdir(), 'crossconnect-switch-'))
  const vswitch = await openVswitch({ directory, namespace, running: runningProcesses(), warn: () => {} })
  return {
    vswitch,
    directory,
    async interface(name) {
      const near = { namespace, name, mtu: 1500, up: true }
      return { name, index: await addPair(near, { ...near, name: `far-${name}` }) }
    },
    column: async (table, record, column) =>
      (await run('ovs-vsctl', [`--db=unix:${directory}/db.sock`, 'get', table, record, column])).trim(),
    async [Symbol.asyncDispose]() {
      await vswitch.end('remove')
      await names[Symbol.asyncDispose]()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

test('what is as it should be is not touched, and what changes leaves the rest alone', linuxFabric, async () => {
  await using world = await switchWorld()
  const { database } = world.vswitch
  const [uplink, first, second] = [await world.interface('mtu'), await world.interface('a'), await world.interface('b')]
  const order: BridgeOrder = { name: 'br', lacp: false, uplink: [uplink], access: [{ ...first, vlan: 101 }] }
  const transactions = () => world.column('open_vswitch', '.', 'next_cfg').then(Number)
  await applyBridges(database, [order])
  const before = await transactions()
  await applyBridges(database, [order])
  assert.equal(await transactions(), before)

  const identity = () => world.column('interface', 'a', '_uuid')
  const same = await identity()
  await applyBridges(database, [{ ...order, access: [...order.access, { ...second, vlan: 102 }] }])
  assert.equal(await transactions(), before + 1)
  assert.equal(await identity(), same)
  assert.equal(await world.column('port', 'br-uplink', 'trunks'), '[101, 102]')
  await applyBridges(database, [{ ...order, access: [{ ...first, vlan: 103 }] }])
  assert.deepEqual(
    [await world.column('port', 'br-uplink', 'trunks'), await world.column('port', 'a', 'tag')],
    ['[103]', '103'],
  )
  await applyBridges(database, [])
  assert.equal(database.rows('Bridge').size + database.rows('Port').size + database.rows('Interface').size, 0)
})

test('an interface of the same name that is another one takes the place of the first', linuxFabric, async () => {
  await using world = await switchWorld()
  const { database } = world.vswitch
  const order = (uplink: { name: string; index: number }): BridgeOrder => ({
    name: 'br',
    lacp: false,
    uplink: [uplink],
    access: [],
  })
  const uplink = await world.interface('up')
  await applyBridges(database, [order(uplink)])
  const before = await world.column('interface', 'up', '_uuid')
  await applyBridges(database, [order({ ...uplink, index: uplink.index + 2 })])
  assert.notEqual(await world.column('interface', 'up', '_uuid'), before)
})

test('an interface can move from a bridge of its own to a LAG, and back', linuxFabric, async () => {
  await using world = await switchWorld()
  const { database } = world.vswitch
  const [a, b] = [await world.interface('a'), await world.interface('b')]
  const alone = [a, b].map(
    (each): BridgeOrder => ({ name: `br-${each.name}`, lacp: false, uplink: [each], access: [] }),
  )
  const lag: BridgeOrder = { name: 'lag', lacp: true, uplink: [a, b], access: [] }
  await applyBridges(database, alone)
  await applyBridges(database, [lag])
  assert.equal(await world.column('port', 'lag-uplink', 'lacp'), 'active')
  assert.equal(database.rows('Bridge').size, 1)
  await applyBridges(database, alone)
  assert.equal(database.rows('Bridge').size, 2)
})

test('what switches goes before all else on the machine, with all its threads', linuxFabric, async () => {
  await using world = await switchWorld()
  const uplink = [await world.interface('a')]
  await applyBridges(world.vswitch.database, [{ name: 'br', lacp: false, uplink, access: [] }])
  const pid = world.vswitch.switchPid()
  const threads = readdirSync(`/proc/${pid}/task`)
  assert.ok(threads.length > 1)
  await until(() => threads.every((thread) => policyOf(pid, thread) === roundRobin))
})

test('what the database refuses is an error that says what it said', linuxFabric, async () => {
  await using world = await switchWorld()
  const row = { name: 'br', datapath_type: 7 }
  await assert.rejects(world.vswitch.database.transact([{ op: 'insert', table: 'Bridge', row }]), TransactionFailed)
})

test('LACP agrees on nothing with a partner that does not speak it', linuxFabric, async () => {
  await using world = await switchWorld()
  const uplink = [await world.interface('a')]
  await applyBridges(world.vswitch.database, [{ name: 'lag', lacp: true, uplink, access: [] }])
  const agreed = await until(() => agreedMembers(world.directory))
  assert.deepEqual([...agreed], [])
})

test('of what lacp/show prints, the members count that may be used', () => {
  const text = `---- dxlag-f1-uplink ----
  status: active negotiated
  sys_id: 02:26:57:8a:32:80

member: eth1: current attached
  port_id: 2
  may_enable: true

  actor sys_id: 02:26:57:8a:32:80

member: eth2: defaulted detached
  port_id: 1
  may_enable: false
`
  assert.deepEqual([...readMembers(text)], ['eth1'])
})
