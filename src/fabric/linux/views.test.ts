import assert from 'node:assert/strict'
import { readdirSync, rmSync } from 'node:fs'
import { test } from 'node:test'
import {
  type GatewayWorld,
  gatewayTools,
  gatewayWorld,
  numbered,
  numberedSession,
  waysTo,
} from '../../../test/tools/gateway-world.ts'
import { until } from '../../../test/tools/until.ts'
import { run } from '../../linux/command.ts'
import { runningProcesses } from '../../linux/daemons.ts'
import { readCounters, replaceTable } from '../../linux/firewall.ts'
import type { Router } from '../../linux/frr/router.ts'
import { ipBatch } from '../../linux/links.ts'
import type { DesiredGateway, DesiredVirtualInterface } from '../../product/desired/desired.ts'
import { interfaceOf } from './names.ts'

const vpcs = [
  { id: 'vpc-east', region: 'us-east-1', cidrs: ['10.0.0.0/16', '2001:db8:aa00::/56'] },
  { id: 'vpc-west', region: 'us-west-1', cidrs: ['10.1.0.0/16'] },
]
const announced = ['10.0.0.0/16', '10.1.0.0/16'].map((cidr) => ({ cidr, asPath: [64_512], communities: [] }))
const site = (number: number, region: string, siteLinkEnabled = false) =>
  numbered(number, { region, siteLinkEnabled }, { announced })

function gatewayWith(vifs: readonly DesiredVirtualInterface[], vpcIds = vpcs.map(({ id }) => id)): DesiredGateway {
  return { id: 'dxgw-1', asn: 64_512, virtualInterfaces: vifs, vpcIds }
}

/** Whether something sent from one address to another is answered. */
function answers(namespace: string, from: string, to: string): Promise<boolean> {
  return run('ping', ['-c1', '-W1', '-I', from, to], { namespace }).then(
    () => true,
    () => false,
  )
}

/** Which of some customers what is sent reaches. */
async function reached(world: GatewayWorld, numbers: readonly number[], send: () => Promise<boolean>) {
  const heard =
    'counter pings {}\nchain heard {\ntype filter hook prerouting priority 0;\nicmp type echo-request counter name pings\n}\n'
  const namespaces = numbers.map((number) => world.names.device(`device-${number}`))
  for (const namespace of namespaces) await replaceTable(namespace, 'inet heard', heard)
  const isAnswered = await send()
  const counts = await Promise.all(namespaces.map((namespace) => readCounters(namespace, 'inet heard')))
  return { isAnswered, by: numbers.filter((_, index) => (counts[index]?.get('pings') ?? 0) > 0) }
}

/** How often a customer's router has had a session with us. */
async function timesUp(router: Router): Promise<number> {
  const shown: Readonly<Record<string, { readonly connectionsEstablished: number }>> = JSON.parse(
    await router.ask('show bgp neighbors json'),
  )
  return Object.values(shown)[0]?.connectionsEstablished ?? 0
}

/** The bgpds beside the one that speaks with customers. */
function besides({ names: { prefix } }: GatewayWorld): readonly number[] {
  const isOne = new RegExp(`^/usr/lib/frr/bgpd\0.*/${prefix}[^/]*/\\d+/bgpd\\.conf\0`)
  return [...runningProcesses()].flatMap(([line, pid]) => (isOne.test(line) ? [pid] : []))
}

const shared = '192.168.9.0/24'
/** What customers 1 to 4 announce: all but the first have one network in common. */
const announcements = [
  [{ cidr: '192.168.1.0/24' }],
  [{ cidr: shared, asPath: [65_002, 65_002] }],
  [{ cidr: shared }, { cidr: '192.168.3.0/24' }],
  [{ cidr: shared }],
]

test(
  'a view that was not finished when the server ended is made anew, and costs no session',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    const gateway = gatewayWith([site(1, 'us-east-1'), site(2, 'us-west-1')])
    const [first] = gateway.virtualInterfaces as [DesiredVirtualInterface]
    await world.wire(gateway)
    await world.gateways.apply([gateway], vpcs)
    const customer = await world.customer(first, announcements[0] ?? [])
    const isReached = () => answers(world.names.vpc('vpc-west'), '10.1.0.4', '192.168.1.1')
    await until(isReached)
    for (const isWritten of [true, false]) {
      await world.gateways.end('keep')
      const [pid = 0] = besides(world)
      const file = [...runningProcesses()].find(([, each]) => each === pid)?.[0].match(/-f\0([^\0]*)/)?.[1] ?? ''
      process.kill(pid, 'SIGKILL')
      await until(() => besides(world).length === 0)
      if (!isWritten) rmSync(file)
      await world.reopen()
      await world.gateways.apply([gateway], vpcs)
      assert.equal(besides(world).length, 1)
      await until(isReached)
    }
    assert.equal(await timesUp(customer), 1)
    assert.deepEqual(world.warnings, [])
  },
)

test(
  'packets of a site go over SiteLink alone, those of a VPC to the locations of its own Region',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    const vifs = [site(1, 'us-east-1', true), site(2, 'us-east-1', true), site(3, 'us-east-1'), site(4, 'us-west-1')]
    const gateway = gatewayWith(vifs)
    await world.wire(gateway)
    await world.gateways.apply([gateway], vpcs)
    await Promise.all(vifs.map((vif, index) => world.customer(vif, announcements[index] ?? [])))
    await world.seen((all) => [...all.values()].filter(({ accepted = [] }) => accepted.length > 0).length === 4)
    for (const number of [1, 3])
      await ipBatch(world.names.device(`device-${number}`), [`route add default via 169.254.${number}.1`])
    const [east, west] = [world.names.vpc('vpc-east'), world.names.vpc('vpc-west')]
    const fromVpc = (namespace: string, address: string) => () => answers(namespace, address, '192.168.9.1')
    const fromSite = (number: number, to: string) => () =>
      answers(world.names.device(`device-${number}`), `192.168.${number}.1`, to)
    const all = [1, 2, 3, 4]
    const goesTo = (by: readonly number[], send: () => Promise<boolean>) =>
      until(async () => {
        const found = await reached(world, all, send)
        return found.isAnswered && found.by.join() === by.join()
      }).catch(async () => assert.deepEqual(await reached(world, all, send), { isAnswered: true, by }))

    await goesTo([2], fromSite(1, '192.168.9.1'))
    await goesTo([3], fromVpc(east, '10.0.0.4'))
    await goesTo([4], fromVpc(west, '10.1.0.4'))
    const dropped = { isAnswered: false, by: [] }
    assert.deepEqual(await reached(world, all, fromSite(3, '192.168.1.1')), dropped, 'from a site without SiteLink')
    assert.deepEqual(await reached(world, all, fromSite(1, '192.168.3.1')), dropped, 'to a site without SiteLink')
    const told = await world.seen((all) => all.get('dxpeer-f4000001')?.advertised?.length === 3)
    const cidrs = told.get('dxpeer-f4000001')?.advertised?.map(({ cidr }) => cidr)
    assert.deepEqual(cidrs?.toSorted(), ['10.0.0.0/16', '10.1.0.0/16', shared])
    assert.ok(
      await until(() => answers(world.names.device('device-3'), '192.168.3.1', '169.254.3.1')),
      'of the gateway itself',
    )

    const { device } = world.names
    for (const [number, by] of [
      [3, [2]],
      [2, [4]],
    ] as const) {
      await ipBatch(device(`device-${number}`), [`link set dev ${interfaceOf(vifs[number - 1]?.id ?? '')} down`])
      await goesTo(by, fromVpc(east, '10.0.0.4'))
    }
    assert.deepEqual(await reached(world, all, fromSite(1, '192.168.9.1')), dropped, 'no site has it any more')
    assert.deepEqual(world.warnings, [])
  },
)

test(
  'SiteLink at one more virtual interface, and a VPC in another Region, cost no packet and no session',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    const plain = [site(1, 'us-east-1'), site(2, 'us-west-1')]
    const mixed = [site(1, 'us-east-1'), site(2, 'us-west-1', true)]
    const first = ['vpc-east']
    await world.wire(gatewayWith(plain))
    await world.gateways.apply([gatewayWith(plain, first)], vpcs)
    const routers = await Promise.all(
      plain.map((vif, index) => world.customer(vif, [{ cidr: `192.168.${index + 1}.0/24` }])),
    )
    await world.seen((all) => [...all.values()].every(({ accepted = [] }) => accepted.length > 0))
    const namespace = world.names.vpc('vpc-east')
    const ping = (to: string, ...args: readonly string[]) => run('ping', [...args, '-I', '10.0.0.4', to], { namespace })
    const hosts = ['192.168.1.1', '192.168.2.1']
    for (const host of hosts) await until(() => ping(host, '-c1', '-W1'))
    assert.equal(besides(world).length, 0)

    const count = 1_600
    const many = Promise.all(hosts.map((host) => ping(host, '-q', '-i', '0.005', '-c', String(count), '-W1')))
    const counts: number[] = []
    for (const change of [
      gatewayWith(plain),
      gatewayWith(mixed),
      gatewayWith(mixed, first),
      gatewayWith(plain),
      gatewayWith(plain, first),
    ]) {
      await world.gateways.apply([change], vpcs)
      counts.push(besides(world).length)
      await until(async () => (await waysTo(world, change, '192.168.2.0/24', 'vpc-east')).length === 1)
    }
    assert.deepEqual(counts, [1, 2, 1, 1, 0])
    for (const text of await many) assert.match(text, new RegExp(`${count} packets transmitted, ${count} received`))
    assert.deepEqual(await Promise.all(routers.map(timesUp)), [1, 1])
    const left = await run('ip', ['-n', world.names.gateway('dxgw-1'), 'route', 'show', 'table', 'all'])
    assert.doesNotMatch(left, /throw|fd6b/)
    assert.deepEqual(world.warnings, [])
  },
)

test('the table of a further view has all ways before anybody asks in it', gatewayTools, async () => {
  await using world = gatewayWorld()
  const plain = [site(1, 'us-east-1'), site(2, 'us-west-1')]
  const gateway = gatewayWith(plain, ['vpc-east'])
  await world.wire(gateway)
  await world.gateways.apply([gateway], vpcs)
  await Promise.all(plain.map((vif) => world.customer(vif, [{ cidr: shared }])))
  const ways = () => waysTo(world, gateway, shared, 'vpc-east')
  await until(async () => (await ways()).length === 1)

  const mixed = gatewayWith([...plain, site(3, 'us-west-1', true)], ['vpc-east'])
  await world.wire(mixed)
  const found = new Set<string>()
  const state = { isOver: false }
  const looking = (async () => {
    while (!state.isOver) found.add((await ways()).join())
  })()
  await world.gateways.apply([mixed], vpcs).finally(() => (state.isOver = true))
  await looking
  assert.deepEqual([...found], [plain[0]?.id])
  assert.equal(besides(world).length, 1)
})

test(
  'a gateway with several views is taken over as it is, and is itself again when one of their daemons dies',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    const sessions = (number: number) => [numberedSession(number), numberedSession(number, { family: 'ipv6' })]
    const vifs = [site(1, 'us-east-1'), site(2, 'us-west-1')].map((vif, index) => ({
      ...vif,
      sessions: sessions(index + 1),
    }))
    const gateway = gatewayWith(vifs)
    await world.wire(gateway)
    await world.gateways.apply([gateway], vpcs)
    const six = '2001:db8:b000::/48'
    const other = '192.168.8.0/24'
    const announces = [shared, six, other].map((cidr) => ({ cidr }))
    const routers = await Promise.all(vifs.map((vif) => world.customer(vif, announces)))
    const ways = () =>
      Promise.all([shared, six].flatMap((cidr) => vpcs.map(({ id }) => waysTo(world, gateway, cidr, id))))
    const expected = [...vifs, ...vifs].map(({ id }) => [id])
    const isWell = async () => {
      await until(async () => JSON.stringify(await ways()) === JSON.stringify(expected)).catch(async () =>
        assert.deepEqual(await ways(), expected),
      )
    }
    await isWell()
    const [pid] = besides(world)
    assert.ok(pid)
    await world.reopen()
    await world.gateways.apply([gateway], vpcs)
    await isWell()
    assert.deepEqual(besides(world), [pid])
    assert.deepEqual(await Promise.all(routers.map(timesUp)), [1, 1])

    process.kill(pid, 'SIGKILL')
    // What ends while it is away is not there when it comes back.
    await Promise.all(vifs.map((vif) => world.customer(vif, announces.slice(0, 2))))
    await until(() => besides(world).some((each) => each !== pid))
    await isWell()
    await until(
      async () => (await Promise.all(vpcs.map(({ id }) => waysTo(world, gateway, other, id)))).flat().length === 0,
    )
    await world.customer(vifs[0] ?? numbered(1), [])
    await until(async () => (await ways()).every((way) => way.join() === vifs[1]?.id))
    assert.deepEqual(
      world.warnings.map((warning) => warning.trim()),
      ['a routing daemon died; its router is started again'],
    )

    await world.reopen()
    await world.gateways.end('remove')
    assert.deepEqual(besides(world), [])
    assert.deepEqual(
      readdirSync('/run/crossconnect').filter(
        (name) => name.startsWith(world.names.prefix) && !name.includes('customer'),
      ),
      [],
    )
  },
)

test('what bears NO_ADVERTISE is told to no site, and VPCs of all Regions reach it', gatewayTools, async () => {
  await using world = gatewayWorld()
  const vifs = [site(1, 'us-east-1', true), site(2, 'us-east-1', true), site(3, 'us-west-1')]
  const gateway = gatewayWith(vifs)
  await world.wire(gateway)
  await world.gateways.apply([gateway], vpcs)
  const [customer] = await Promise.all(
    vifs.map((vif) => world.customer(vif, vif.vlan === 101 ? [{ cidr: shared }] : [])),
  )
  for (const line of [
    'configure terminal',
    'route-map stay permit 10',
    'set community no-advertise',
    'router bgp 65001',
    'address-family ipv4 unicast',
    'neighbor 169.254.1.1 route-map stay out',
    'end',
  ])
    await customer?.ask(line)
  const seen = await world.seen((all) => (all.get('dxpeer-f4000001')?.accepted?.[0]?.communities.length ?? 0) > 0)
  assert.deepEqual(
    seen.get('dxpeer-f4000001')?.accepted?.map(({ communities }) => communities),
    [['65535:65282']],
  )
  for (const from of ['vpc-east', 'vpc-west', 'dxvif-f0000002'])
    await until(async () => (await waysTo(world, gateway, shared, from)).join() === 'dxvif-f0000001')
  const told = await world.seen((all) => all.get('dxpeer-f4000002')?.advertised?.length === 2)
  assert.equal(
    told.get('dxpeer-f4000002')?.advertised?.some(({ cidr }) => cidr === shared),
    false,
  )
})
