import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
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
import { ipBatch } from '../../linux/links.ts'
import type { DesiredGateway, DesiredVirtualInterface } from '../../product/desired/desired.ts'
import { interfaceOf } from './names.ts'
import { ensureVpc } from './vpcs.ts'

test(
  'packets of both families cross from a customer to a VPC, over all paths that are equal',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    const vif = (number: number) =>
      numbered(number, { sessions: [numberedSession(number), numberedSession(number, { family: 'ipv6' })] })
    const [a, b] = [vif(1), vif(2)]
    const gateway = gatewayWith([a, b])
    await world.wire(gateway)
    await world.gateways.apply([gateway], vpcs)
    const shared = [
      { cidr: '192.168.0.0/24', communities: ['7224:7300', '7224:1', '65000:5'] },
      { cidr: '2001:db8:bb00::/48' },
    ]
    const own = [{ cidr: '192.168.1.0/24' }, { cidr: '2001:db8:cc00::/48' }]
    await Promise.all([world.customer(a, [...shared, ...own]), world.customer(b, shared)])
    const seen = await world.seen((all) => [...all.values()].every(({ accepted = [] }) => accepted.length > 0))
    assert.deepEqual(seen.get('dxpeer-f4000002'), {
      id: 'dxpeer-f4000002',
      up: true,
      lastError: null,
      accepted: [{ cidr: '192.168.0.0/24', asPath: [65_002], communities: ['7224:7300', '65000:5'], med: 0 }],
      advertised: [{ cidr: '10.0.0.0/16', asPath: [64_512], communities: [], med: null }],
    })
    for (const cidr of shared.map((route) => route.cidr))
      await leavesOver(world, gateway, cidr, ['dxvif-f0000001', 'dxvif-f0000002'])
    for (const [from, to] of [
      ['192.168.1.1', '10.0.0.4'],
      ['2001:db8:cc00::1', '2001:db8:aa00::4'],
    ] as const)
      await until(() => run('ping', ['-c1', '-W1', '-I', from, to], { namespace: world.names.device('device-1') }))
    assert.deepEqual(world.warnings, [])
  },
)

test('a way that was lost and comes back carries its share again', gatewayTools, async () => {
  await using world = gatewayWorld()
  const vifs = [numbered(1), numbered(2)]
  const gateway = gatewayWith(vifs)
  await world.wire(gateway)
  await world.gateways.apply([gateway], vpcs)
  const [cidr, both] = ['192.168.0.0/24', vifs.map(({ id }) => id)]
  await Promise.all(vifs.map((vif) => world.customer(vif, [{ cidr }])))
  const cable = (state: string) => ipBatch(world.names.device('device-2'), [`link set dev ${both[1]} ${state}`])
  await leavesOver(world, gateway, cidr, both)
  await cable('down')
  await leavesOver(world, gateway, cidr, both.slice(0, 1))
  await cable('up')
  await leavesOver(world, gateway, cidr, both)
})

test('a VPC with two gateways answers over the one whose customers announce the network', gatewayTools, async () => {
  await using world = gatewayWorld()
  const both = (number: number) =>
    numbered(number, { sessions: [numberedSession(number), numberedSession(number, { family: 'ipv6' })] })
  const [a, b] = [both(1), both(2)]
  const gateways = [
    { ...gatewayWith([a]), id: 'vgw-1 000000000000' },
    { ...gatewayWith([b]), id: 'dxgw-2 000000000000' },
  ]
  for (const gateway of gateways) await world.wire(gateway)
  await world.gateways.apply(gateways, vpcs)
  const [first, second] = [
    [{ cidr: '192.168.101.0/24' }, { cidr: '2001:db8:b101::/48' }],
    [{ cidr: '192.168.102.0/24' }, { cidr: '2001:db8:b102::/48' }, { cidr: '0.0.0.0/0' }, { cidr: '::/0' }],
  ]
  await world.customer(a, first)
  await world.customer(b, second)
  await world.seen((all) => [...all.values()].every(({ accepted = [] }) => accepted.length > 0))
  for (const { deviceId, vlan } of [a, b])
    for (const [from, to] of [
      [`192.168.${vlan}.1`, '10.0.0.4'],
      [`2001:db8:b${vlan}::1`, '2001:db8:aa00::4'],
    ] as const)
      await until(() => run('ping', ['-c1', '-W1', '-I', from, to], { namespace: world.names.device(deviceId) }))
  const routes = () => run('ip', ['-n', world.names.vpc('vpc-1'), 'route', 'show', 'proto', 'bgp'])
  // What only the second leads to, of either family.
  for (const far of ['203.0.113.1', '2001:db8:ffff::1'])
    await until(async () => {
      const way = await run('ip', ['-n', world.names.vpc('vpc-1'), 'route', 'get', far])
      return way.includes(`dev ${interfaceOf('dxgw-2 000000000000')} `)
    })
  assert.match(await routes(), /^default .*\n192\.168\.101\.0\/24 .*\n192\.168\.102\.0\/24 /)
  await world.customer(b, second.slice(0, 2))
  await until(async () => {
    await world.gateways.look(() => true)
    return !(await routes()).includes('default')
  })
  assert.deepEqual(world.warnings, [])
})

test('a wire to a VPC that an earlier run did not finish is made anew', gatewayTools, async () => {
  await using world = gatewayWorld()
  const vif = numbered(1)
  const gateway = gatewayWith([vif])
  await world.wire(gateway)
  await ensureVpc(world.names, 'vpc-1')
  const [inside, outside] = [interfaceOf('vpc-1'), interfaceOf(gateway.id)]
  const there = `peer name ${outside} netns ${world.names.vpc('vpc-1')}`
  await ipBatch(world.names.gateway(gateway.id), [`link add ${inside} type veth ${there}`])
  await world.gateways.apply([gateway], vpcs)
  await world.customer(vif, [{ cidr: '192.168.1.0/24' }])
  const namespace = world.names.device(vif.deviceId)
  await until(() => run('ping', ['-c1', '-W1', '-I', '192.168.1.1', '10.0.0.4'], { namespace }))
  assert.deepEqual(world.warnings, [])
})

test('a VPC gets a block inside a network that a customer announces', gatewayTools, async () => {
  await using world = gatewayWorld()
  const vif = numbered(1, { sessions: [numberedSession(1, { family: 'ipv6' })] })
  const gateway = gatewayWith([vif])
  await world.wire(gateway)
  await world.gateways.apply([gateway], vpcs)
  await world.customer(vif, [{ cidr: '2001:db8::/32' }])
  await leavesOver(world, gateway, '2001:db8::/32', [vif.id])
  const grown = vpcs.map((vpc) => ({ ...vpc, cidrs: [...vpc.cidrs, '2001:db8:ab00::/56'] }))
  await world.gateways.apply([gateway], grown)
  const namespace = world.names.device(vif.deviceId)
  await ipBatch(namespace, ['route add 2001:db8:ab00::/56 via 2001:db8:1::1'])
  await until(() => run('ping', ['-c1', '-W1', '-I', '2001:db8::1', '2001:db8:ab00::4'], { namespace }))
  assert.deepEqual(world.warnings, [])
})

const vpcs = [{ id: 'vpc-1', region: 'us-east-1', cidrs: ['10.0.0.0/16', '2001:db8:aa00::/56'] }]

function gatewayWith(virtualInterfaces: readonly DesiredVirtualInterface[]): DesiredGateway {
  return { id: 'vgw-1 000000000000', asn: 64_512, virtualInterfaces, vpcIds: ['vpc-1'] }
}

/** Waits until a gateway sends what is for a network over some virtual interfaces and no others. */
async function leavesOver(
  world: GatewayWorld,
  gateway: DesiredGateway,
  cidr: string,
  wanted: readonly string[],
): Promise<void> {
  const ways = () => waysTo(world, gateway, cidr, 'vpc-1')
  await until(async () => isDeepStrictEqual(await ways(), wanted)).catch(async () => {
    assert.deepEqual(await ways(), wanted, cidr)
  })
}
