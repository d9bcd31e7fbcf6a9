import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import { answers, type CableWorld, cableWorld, linuxFabric, packets } from '../../../test/tools/cable-world.ts'
import { until } from '../../../test/tools/until.ts'
import { runningProcesses } from '../../linux/daemons.ts'
import { addAddressLine, addPair, deleteLink, ipBatch, readLinks } from '../../linux/links.ts'
import { listNamespaces } from '../../linux/namespaces.ts'
import type { DesiredCable, DesiredDevice } from '../../product/desired/desired.ts'
import { openDevices } from './devices.ts'
import { interfaceOf } from './names.ts'
import type { Devices, Wire } from './parts.ts'

const cable = (name: string, facts: Partial<DesiredCable> = {}): DesiredCable => ({
  connectionId: `dxcon-${name.slice(-6)}`,
  portId: '1Gbps/01',
  interfaceName: name,
  plugged: true,
  mustEncrypt: false,
  lagId: null,
  ...facts,
})
const device = (cables: readonly DesiredCable[], minimumLinks?: number): DesiredDevice => ({
  id: 'EqDC2-d1',
  cables,
  bundles: minimumLinks === undefined ? [] : [{ lagId: 'dxlag-f1', minimumLinks }],
})
const wire = (vlan: number, carrierId: string): Wire => ({
  id: `dxvif-f${vlan}${carrierId.slice(-2)}`,
  deviceId: 'EqDC2-d1',
  gatewayId: 'dxgw-1 111122223333',
  carrierId,
  vlan,
})

const stateOf = (devices: Devices, id: string) => {
  const seen = devices.look().find((each) => each.id === id)
  return seen === undefined ? undefined : seen.up || seen.lastError
}

/** The address of our end of a wire, in the namespace of its gateway. */
async function addressed(world: CableWorld, { id, gatewayId }: Wire, address: string): Promise<string> {
  const namespace = world.options().names.gateway(gatewayId)
  await ipBatch(namespace, [addAddressLine(interfaceOf(id), address)])
  return namespace
}

test(
  'a port carries the VLANs of its virtual interfaces with frames of 9001 bytes, and no others',
  linuxFabric,
  async () => {
    await using world = cableWorld()
    const [a, b] = world.portNames
    const devices = openDevices(world.options())
    await using _ = { [Symbol.asyncDispose]: () => devices.end('remove') }
    const site = await world.site({
      name: 'a',
      ports: [a],
      lacp: false,
      vlans: { 101: '10.1.0.2/24', 102: '10.2.0.2/24' },
    })
    const other = await world.site({ name: 'b', ports: [b], lacp: false, vlans: { 101: '10.1.0.3/24' } })
    const [first, second] = [cable(a), cable(b)]
    const wires = [wire(101, first.connectionId)]
    await devices.apply([device([first, second])], wires)
    await addressed(world, wires[0] as Wire, '10.1.0.1/24')
    await until(() => stateOf(devices, first.connectionId) === true)
    await until(() => answers(site.hostOn(101), '10.1.0.1', 9001 - 28))
    const strangers = {
      'another VLAN': answers(site.hostOn(102), '10.1.0.1'),
      'the same VLAN of another cable': answers(other.hostOn(101), '10.1.0.1'),
      'the same VLAN of another customer': answers(other.hostOn(101), '10.1.0.2'),
    }
    for (const [what, answered] of Object.entries(strangers)) assert.equal(await answered, false, what)
  },
)

test(
  'a cable that is unplugged takes the light from both ends, and the carrier from the gateway',
  linuxFabric,
  async () => {
    await using world = cableWorld()
    const [a] = world.portNames
    const devices = openDevices(world.options())
    await using _ = { [Symbol.asyncDispose]: () => devices.end('remove') }
    const site = await world.site({ name: 'a', ports: [a], lacp: false, vlans: { 101: '10.1.0.2/24' } })
    const port = cable(a)
    const wires = [wire(101, port.connectionId)]
    await devices.apply([device([{ ...port, plugged: false }])], wires)
    const gateway = await addressed(world, wires[0] as Wire, '10.1.0.1/24')
    const carrier = async () => (await readLinks(gateway)).get(interfaceOf(wires[0]?.id ?? ''))?.carrier
    assert.equal(stateOf(devices, port.connectionId), 'no light on the link')
    assert.deepEqual([await site.hasLight(0), await carrier()], [false, false])

    await devices.apply([device([port])], wires)
    await until(async () => (await site.hasLight(0)) && (await carrier()))
    assert.equal(stateOf(devices, port.connectionId), true)

    let changes = 0
    devices.onChange(() => changes++)
    await site.setCable(0, false)
    await until(async () => (await carrier()) === false)
    assert.equal(stateOf(devices, port.connectionId), 'no light on the link')
    assert.ok(changes > 0, 'whoever asked is told')
    await site.setCable(0, true)
    await until(() => answers(site.hostOn(101), '10.1.0.1'))
  },
)

test(
  'an interface that the host does not have, or needs itself, is no port until that changes',
  linuxFabric,
  async () => {
    await using world = cableWorld()
    const [a, b, c] = world.portNames
    const devices = openDevices(world.options())
    await using ending = new AsyncDisposableStack()
    ending.defer(() => devices.end('remove'))
    await addPair(
      { namespace: null, name: b, mtu: 1500, up: true, addresses: ['192.0.2.9/32'] },
      { namespace: null, name: c, mtu: 1500, up: true },
    )
    const bridge = `${a.slice(0, -1)}z`
    await ipBatch(null, [`link add ${bridge} type bridge`, `link set ${c} master ${bridge}`])
    ending.defer(() => deleteLink(null, bridge))
    const ports = [a, b, c].map((name) => cable(name))
    const look = async () => {
      await devices.apply([device(ports)], [])
      return ports.map(({ connectionId }) => stateOf(devices, connectionId))
    }
    assert.deepEqual(await look(), [
      `the host has no interface named ${a}`,
      `${b} has addresses of the host, so it is not taken`,
      `${c} belongs to ${bridge} of the host, so it is not taken`,
    ])
    await world.site({ name: 'a', ports: [a], lacp: false, vlans: {} })
    await ipBatch(null, [`address del 192.0.2.9/32 dev ${b}`, `link set ${c} nomaster`])
    await until(async () => (await look()).every((state) => state === true))
  },
)

test('a port of which the interface vanishes and comes again carries packets again', linuxFabric, async () => {
  await using world = cableWorld()
  const [a] = world.portNames
  const devices = openDevices(world.options())
  await using _ = { [Symbol.asyncDispose]: () => devices.end('remove') }
  const port = cable(a)
  const wires = [wire(101, port.connectionId)]
  for (const name of ['a', 'b']) {
    const site = await world.site({ name, ports: [a], lacp: false, vlans: { 101: '10.1.0.2/24' } })
    await devices.apply([device([port])], wires)
    await addressed(world, wires[0] as Wire, '10.1.0.1/24')
    await until(() => answers(site.hostOn(101), '10.1.0.1'))
    await deleteLink(world.options().names.device('EqDC2-d1'), a)
    await until(() => stateOf(devices, port.connectionId) !== true)
  }
})

test(
  'interfaces come back to the host as they were, when their port is given up and at the end',
  linuxFabric,
  async () => {
    await using world = cableWorld()
    const [a, b] = world.portNames
    const devices = openDevices(world.options())
    await world.site({ name: 'a', ports: [a, b], lacp: false, vlans: {} })
    await ipBatch(null, [`link set ${a} up`, `link set ${b} mtu 1400`])
    await devices.apply([device([cable(a), cable(b)])], [])
    assert.equal((await readLinks(null)).has(a), false)
    await devices.apply([device([cable(b)])], [])
    const at = async (name: string) => {
      const { up, mtu, alias } = (await readLinks(null)).get(name) ?? {}
      return { up, mtu, alias }
    }
    assert.deepEqual(await at(a), { up: true, mtu: 1500, alias: null })
    await devices.end('remove')
    assert.deepEqual(await at(b), { up: false, mtu: 1400, alias: null })
    assert.deepEqual(listNamespaces(world.options().names.device('')), [])
  },
)

test('a port that was just taken when the server ended carries frames of 9001 bytes', linuxFabric, async () => {
  await using world = cableWorld()
  const [a] = world.portNames
  const devices = openDevices(world.options())
  await using _ = { [Symbol.asyncDispose]: () => devices.end('remove') }
  const site = await world.site({ name: 'a', ports: [a], lacp: false, vlans: { 101: '10.1.0.2/24' } })
  const led = wire(101, cable(a).connectionId)
  await devices.apply([device([])], [])
  const namespace = world.options().names.device('EqDC2-d1')
  await ipBatch(null, [`link set dev ${a} alias crossconnect:port:1500:down`, `link set dev ${a} netns ${namespace}`])
  await devices.apply([device([cable(a)])], [led])
  await addressed(world, led, '10.1.0.1/24')
  await until(() => answers(site.hostOn(101), '10.1.0.1', 9001 - 28))
})

test('a LAG is up while enough members are, and loses no packet when one of two fails', linuxFabric, async () => {
  await using world = cableWorld()
  const [a, b] = world.portNames
  const devices = openDevices(world.options())
  await using _ = { [Symbol.asyncDispose]: () => devices.end('remove') }
  const site = await world.site({ name: 'a', ports: [a, b], lacp: true, vlans: { 101: '10.1.0.2/24' } })
  const members = [a, b].map((name) => cable(name, { lagId: 'dxlag-f1' }))
  const wires = [wire(101, 'dxlag-f1')]
  await devices.apply([device(members, 1)], wires)
  await addressed(world, wires[0] as Wire, '10.1.0.1/24')
  await until(() => stateOf(devices, 'dxlag-f1') === true)
  await until(() => answers(site.hostOn(101), '10.1.0.1'))

  const sending = packets(site.hostOn(101), '10.1.0.1')
  await until(() => sending.answered() > 20)
  await site.setCable(0, false)
  await until(() => stateOf(devices, members[0]?.connectionId ?? '') !== true)
  const sentThen = sending.answered()
  await until(() => sending.answered() > sentThen + 50)
  const { lost } = await sending.end()
  assert.ok(lost <= 1, `${lost} packets lost`)
  assert.equal(stateOf(devices, 'dxlag-f1'), true)

  await devices.apply([device(members, 2)], wires)
  assert.equal(stateOf(devices, 'dxlag-f1'), 'too few members are up')
  await until(async () => !(await answers(site.hostOn(101), '10.1.0.1')))
  await site.setCable(0, true)
  await until(() => answers(site.hostOn(101), '10.1.0.1'))
})

test('a LAG whose other end knows nothing of LACP is down', linuxFabric, async () => {
  await using world = cableWorld()
  const [a] = world.portNames
  const devices = openDevices(world.options())
  await using _ = { [Symbol.asyncDispose]: () => devices.end('remove') }
  const site = await world.site({ name: 'a', ports: [a], lacp: false, vlans: { 101: '10.1.0.2/24' } })
  const member = cable(a, { lagId: 'dxlag-f1' })
  const wires = [wire(101, 'dxlag-f1')]
  await devices.apply([device([member], 1)], wires)
  await addressed(world, wires[0] as Wire, '10.1.0.1/24')
  await until(() => stateOf(devices, member.connectionId) === true)
  assert.equal(stateOf(devices, 'dxlag-f1'), 'too few members are up')
  assert.equal(await answers(site.hostOn(101), '10.1.0.1'), false)
})

test('a connection that must be encrypted is down: this fabric has no MACsec', linuxFabric, async () => {
  await using world = cableWorld()
  const [a] = world.portNames
  const devices = openDevices(world.options())
  await using _ = { [Symbol.asyncDispose]: () => devices.end('remove') }
  const site = await world.site({ name: 'a', ports: [a], lacp: false, vlans: {} })
  const port = cable(a, { mustEncrypt: true })
  await devices.apply([device([port])], [])
  assert.equal(stateOf(devices, port.connectionId), 'this fabric has no MACsec, which the connection must have')
  assert.equal(await site.hasLight(0), false)
})

test('whoever takes over what runs loses no packet, and what dies is back within 5 s', linuxFabric, async (t) => {
  await using world = cableWorld()
  const [a, b, c] = world.portNames
  const site = await world.site({ name: 'a', ports: [a], lacp: false, vlans: { 101: '10.1.0.2/24' } })
  const lag = await world.site({ name: 'b', ports: [b, c], lacp: true, vlans: { 101: '10.1.1.2/24' } })
  const port = cable(a)
  const desired = [device([port, cable(b, { lagId: 'dxlag-f1' }), cable(c, { lagId: 'dxlag-f1' })], 1)]
  const wires = [wire(101, port.connectionId), wire(101, 'dxlag-f1')]
  const earlier = openDevices(world.options())
  await earlier.apply(desired, wires)
  await addressed(world, wires[0] as Wire, '10.1.0.1/24')
  await addressed(world, wires[1] as Wire, '10.1.1.1/24')
  await until(() => answers(site.hostOn(101), '10.1.0.1'))
  await until(() => answers(lag.hostOn(101), '10.1.1.1'))

  const sending = [packets(site.hostOn(101), '10.1.0.1'), packets(lag.hostOn(101), '10.1.1.1')]
  await earlier.end('keep')
  const devices = openDevices(world.options())
  await using _ = { [Symbol.asyncDispose]: () => devices.end('remove') }
  await devices.apply(desired, wires)
  assert.deepEqual(
    devices.look().map(({ up }) => up),
    [true, true, true, true],
  )
  for (const each of sending) assert.equal((await each.end()).lost, 0)

  for (const program of ['ovsdb-server', 'ovs-vswitchd']) {
    const victim = switchProcess(world, program)
    const dying = [packets(site.hostOn(101), '10.1.0.1'), packets(lag.hostOn(101), '10.1.1.1')]
    await until(() => (dying[1]?.answered() ?? 0) > 10)
    const killedAt = performance.now()
    process.kill(victim, 'SIGKILL')
    await until(() => ![0, victim].includes(switchProcess(world, program)))
    await until(
      async () => (await answers(site.hostOn(101), '10.1.0.1')) && (await answers(lag.hostOn(101), '10.1.1.1')),
    )
    const healedAfter = Math.round(performance.now() - killedAt)
    const gaps = await Promise.all(dying.map(async (each) => (await each.end()).longestGapMs))
    assert.ok(Math.max(healedAfter, ...gaps) < 5_000, `${program}: ${healedAfter} ms, ${gaps} ms without packets`)
    t.diagnostic(`killed, ${program} and all packets were there again after ${healedAfter} ms; gaps of ${gaps} ms`)
  }
  await devices.apply(desired, wires)
  assert.deepEqual(world.warnings.filter((text) => text.includes('died')).length, 2)
})

/** The process of our switch; 0: there is none. */
function switchProcess(world: CableWorld, program: string): number {
  const { directory } = world.options()
  const found = [...runningProcesses()].find(
    ([line]) => line.startsWith(`/usr/sbin/${program}\0`) && line.includes(`${directory}/`),
  )
  return found?.[1] ?? 0
}

test('a device of which the namespace or the files were deleted is made again', linuxFabric, async () => {
  await using world = cableWorld()
  const [a] = world.portNames
  const port = cable(a)
  const wires = [wire(101, port.connectionId)]
  const { names, directory } = world.options()
  const takeAway = {
    namespace: async () => void execFileSync('ip', ['netns', 'delete', names.device('EqDC2-d1')]),
    files: async () => rmSync(directory, { recursive: true }),
  }
  for (const [what, take] of Object.entries(takeAway)) {
    const site = await world.site({ name: what, ports: [a], lacp: false, vlans: { 101: '10.1.0.2/24' } })
    const before = openDevices(world.options())
    await before.apply([device([port])], wires)
    await before.end('keep')
    await take()
    // The interface went with the namespace.
    const again =
      what === 'files'
        ? site
        : await world.site({ name: 'again', ports: [a], lacp: false, vlans: { 101: '10.1.0.2/24' } })
    const devices = openDevices(world.options())
    await devices.apply([device([port])], wires)
    await addressed(world, wires[0] as Wire, '10.1.0.1/24')
    await until(() => answers(again.hostOn(101), '10.1.0.1'))
    await devices.end('remove')
    await deleteLink(null, a)
  }
})

test('a virtual interface that goes to another device is there at once', linuxFabric, async () => {
  await using world = cableWorld()
  const [a, b] = world.portNames
  const devices = openDevices(world.options())
  await using _ = { [Symbol.asyncDispose]: () => devices.end('remove') }
  const vlans = { 101: '10.1.0.2/24' }
  const sites = [
    await world.site({ name: 'a', ports: [a], lacp: false, vlans }),
    await world.site({ name: 'b', ports: [b], lacp: false, vlans }),
  ]
  const cables = [cable(a), cable(b)]
  const both = cables.map((each, index): DesiredDevice => ({ ...device([each]), id: `EqDC2-d${index + 1}` }))
  for (const index of [0, 1]) {
    const deviceId = both[index]?.id ?? ''
    const led: Wire = { ...wire(101, cables[index]?.connectionId ?? ''), id: 'dxvif-f101', deviceId }
    await devices.apply(both, [led])
    await addressed(world, led, '10.1.0.1/24')
    await until(() => answers(sites[index]?.hostOn(101) ?? '', '10.1.0.1'))
  }
  assert.deepEqual(world.warnings, [])
})

test(
  'a virtual interface that comes or goes costs the others no packet, nor does a second member of a LAG',
  linuxFabric,
  async () => {
    await using world = cableWorld()
    const [a, b] = world.portNames
    const devices = openDevices(world.options())
    await using _ = { [Symbol.asyncDispose]: () => devices.end('remove') }
    const site = await world.site({
      name: 'a',
      ports: [a, b],
      lacp: true,
      vlans: { 101: '10.1.0.2/24', 102: '10.2.0.2/24' },
    })
    const members = [a, b].map((name) => cable(name, { lagId: 'dxlag-f1' }))
    const [first, second] = [wire(101, 'dxlag-f1'), wire(102, 'dxlag-f1')]
    await devices.apply([device(members.slice(0, 1), 1)], [first])
    await addressed(world, first, '10.1.0.1/24')
    await until(() => answers(site.hostOn(101), '10.1.0.1'))

    const steps: Readonly<Record<string, readonly [readonly DesiredCable[], readonly Wire[]]>> = {
      'another virtual interface': [members.slice(0, 1), [first, second]],
      'a second member': [members, [first, second]],
      'the other virtual interface goes': [members, [first]],
      'the second member goes': [members.slice(0, 1), [first]],
    }
    const lost: Record<string, number> = {}
    for (const [what, [cables, wires]] of Object.entries(steps)) {
      const sending = packets(site.hostOn(101), '10.1.0.1')
      await until(() => sending.answered() > 10)
      await devices.apply([device(cables, 1)], wires)
      const then = sending.answered()
      await until(() => sending.answered() > then + 50)
      lost[what] = (await sending.end()).lost
    }
    assert.deepEqual(lost, Object.fromEntries(Object.keys(steps).map((what) => [what, 0])))
  },
)
