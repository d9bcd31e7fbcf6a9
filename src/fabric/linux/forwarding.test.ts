import assert from 'node:assert/strict'
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
import { ipBatch } from '../../linux/links.ts'
import type { DesiredGateway, DesiredVirtualInterface } from '../../product/desired/desired.ts'
import { publicRoutes } from '../../product/routing/public-prefixes.ts'
import { interfaceOf } from './names.ts'
import { placesOf } from './vpcs.ts'

/** Whether something that a customer sends from one of its addresses is answered. */
async function answers(world: GatewayWorld, number: number, from: string, to: string): Promise<boolean> {
  const namespace = world.names.device(`device-${number}`)
  return run('ping', ['-c1', '-W1', '-I', from, to], { namespace }).then(
    () => true,
    () => false,
  )
}

const site = (number: number) => [{ cidr: `192.168.${number}.0/24` }]
const allUp = (count: number) => (all: ReadonlyMap<string, { readonly accepted?: readonly unknown[] }>) =>
  [...all.values()].filter(({ accepted = [] }) => accepted.length > 0).length === count

test(
  'virtual interfaces reach each other over SiteLink, and else only what is behind their gateway',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    const linked = [numbered(1, { siteLinkEnabled: true }), numbered(2, { siteLinkEnabled: true })]
    const vifs = [...linked, numbered(3)]
    const gateway: DesiredGateway = { id: 'dxgw-1', asn: 64_512, virtualInterfaces: vifs, vpcIds: ['vpc-1', 'vpc-2'] }
    await world.wire(gateway)
    await world.gateways.apply(
      [gateway],
      [
        { id: 'vpc-1', region: 'us-east-1', cidrs: ['10.0.0.0/16'] },
        { id: 'vpc-2', region: 'us-east-1', cidrs: ['10.9.0.0/16'] },
      ],
    )
    await Promise.all(vifs.map((vif, index) => world.customer(vif, site(index + 1))))
    await world.seen(allUp(3))
    // Where nothing is announced, a customer may still try.
    for (const number of [1, 2, 3])
      await ipBatch(world.names.device(`device-${number}`), [`route add default via 169.254.${number}.1`])

    assert.ok(await until(() => answers(world, 1, '192.168.1.1', '192.168.2.1')))
    for (const number of [1, 2, 3])
      for (const instance of ['10.0.0.4', '10.9.0.4'])
        assert.ok(
          await until(() => answers(world, number, `192.168.${number}.1`, instance)),
          `${number} to ${instance}`,
        )
    assert.equal(await answers(world, 3, '192.168.3.1', '192.168.1.1'), false, 'without SiteLink')
    assert.equal(await answers(world, 1, '192.168.1.1', '192.168.3.1'), false, 'to one without SiteLink')
    assert.equal(await answers(world, 1, '192.168.1.1', '169.254.2.1'), false, "our side of another's session")
    const fromVpc = run('ping', ['-c1', '-W1', '10.9.0.4'], { namespace: world.names.vpc('vpc-1') })
    await assert.rejects(fromVpc, 'from one VPC to another')
  },
)

test(
  'a public virtual interface lets in what comes from verified prefixes, and no private ASN',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    const announced = publicRoutes('us-east-1', 'ipv4')
    const routeFilterPrefixes = ['192.168.1.0/24', '192.168.0.0/23']
    const vif = numbered(1, { type: 'public', routeFilterPrefixes }, { asn: 65_001, announced })
    const gateway: DesiredGateway = { id: 'public us-east-1', asn: 7224, virtualInterfaces: [vif], vpcIds: [] }
    await world.wire(gateway)
    await world.gateways.apply([gateway], [])
    const announces = [
      { cidr: '192.168.1.0/24', asPath: [65_001, 65_007, 3356], communities: ['7224:9100', '7224:7300'] },
      { cidr: '192.168.2.0/24' },
    ]
    const customer = await world.customer(vif, announces)
    const seen = await world.seen(allUp(1))
    const [session] = seen.values()
    const none = { ...gateway, virtualInterfaces: [{ ...vif, routeFilterPrefixes: [] }] }
    await world.gateways.apply([none], [])
    await world.seen(allUp(0))
    await world.gateways.apply([gateway], [])
    await world.seen(allUp(1))
    assert.deepEqual(session?.accepted, [
      { cidr: '192.168.1.0/24', asPath: [7224, 3356], communities: ['7224:9100'], med: 0 },
    ])
    assert.deepEqual(session?.advertised?.toSorted(byCidr), announced.toSorted(byCidr))
    for (const address of ['198.18.0.1', '198.18.0.4'])
      assert.ok(await until(() => answers(world, 1, '192.168.1.1', address)))
    const [counted] = world.gateways.count()
    assert.equal(counted?.id, vif.id)
    assert.ok((counted?.packetsIngress ?? 0) > 2 && (counted?.bytesEgress ?? 0) > 200, JSON.stringify(counted))
    assert.equal(await answers(world, 1, '192.168.2.1', '198.18.0.1'), false, 'from what is not verified')

    const told: { readonly routes: Readonly<Record<string, unknown>> } = JSON.parse(
      await customer.ask('show bgp ipv4 unicast 198.18.0.0/22 json'),
    )
    const text = JSON.stringify(told)
    assert.match(text, /"string":"7224 16509 16509"/)
    assert.match(text, /7224:8100/)
  },
)

/** Parts of what is public, near and far from us-east-1, with the place of one of their prefixes. */
const parts = [
  { name: 'us-east-1', place: 0 },
  { name: 'elsewhere in North America', place: 1 },
  { name: 'elsewhere in Asia Pacific', place: 20 },
]
const [region = '', continent = '', world = ''] = parts.map(({ name }) => name)

/** With which communities what is announced, and from where it is known. */
const scopes = [
  { communities: ['7224:9100'], from: [region] },
  { communities: ['7224:9200'], from: [region, continent] },
  { communities: ['7224:9300'], from: [region, continent, world] },
  { communities: [], from: [region, continent, world] },
  { communities: ['7224:9300', '7224:9100'], from: [region] },
]
const customers = {
  ipv4: {
    verified: '192.168.0.0/16',
    network: (n: number) => `192.168.${n}.0/24`,
    host: (n: number) => `192.168.${n}.1`,
  },
  ipv6: {
    verified: '2001:db8::/32',
    network: (n: number) => `2001:db8:b0${n}::/48`,
    host: (n: number) => `2001:db8:b0${n}::1`,
  },
}

for (const family of ['ipv4', 'ipv6'] as const)
  test(
    `a customer keeps a public ${family} prefix to the Region, or to its continent, with a community`,
    gatewayTools,
    async () => {
      await using world = gatewayWorld()
      const { verified, network, host } = customers[family]
      const announced = publicRoutes('us-east-1', family)
      const session = numberedSession(1, { family, asn: 65_001, announced })
      const vif = { ...numbered(1, { type: 'public', routeFilterPrefixes: [verified] }), sessions: [session] }
      const gateway: DesiredGateway = { id: 'public us-east-1', asn: 7224, virtualInterfaces: [vif], vpcIds: [] }
      await world.wire(gateway)
      await world.gateways.apply([gateway], [])
      await world.customer(
        vif,
        scopes.map(({ communities }, index) => ({ cidr: network(index + 1), communities })),
      )
      await world.seen((seen) => [...seen.values()].some(({ accepted = [] }) => accepted.length === scopes.length))
      const isReached = ({ name, place }: (typeof parts)[number], index: number) => {
        const [{ instance = '' } = {}] = placesOf({ id: '', region: '', cidrs: [announced[place]?.cidr ?? ''] })
        const namespace = world.names.vpc(`public ${name}`)
        return run('ping', ['-c1', '-W1', '-I', instance, host(index + 1)], { namespace }).then(
          () => true,
          () => false,
        )
      }
      const reached = async () => {
        const all = scopes.map(async ({ communities }, index) => {
          const from = await Promise.all(parts.map(async (each) => ((await isReached(each, index)) ? [each.name] : [])))
          return { communities, from: from.flat() }
        })
        return Promise.all(all)
      }

      // A table that is not filled yet keeps everything back: what it lets through comes first.
      for (const part of parts) assert.ok(await until(() => isReached(part, 3)), part.name)
      assert.deepEqual(await reached(), scopes)
      await world.reopen()
      await world.gateways.apply([gateway], [])
      assert.deepEqual(await reached(), scopes, 'after a restart of ours')
      assert.deepEqual(world.warnings, [])
    },
  )

test('what a customer announces leads to that customer, whichever next hop is named', gatewayTools, async () => {
  await using world = gatewayWorld()
  const cidr = '192.168.1.0/24'
  const [thief, other] = [1, 2].map((number) =>
    numbered(
      number,
      { type: 'public', routeFilterPrefixes: [`192.168.${number}.0/24`] },
      { announced: publicRoutes('us-east-1', 'ipv4') },
    ),
  ) as [DesiredVirtualInterface, DesiredVirtualInterface]
  const gateway: DesiredGateway = { id: 'public us-east-1', asn: 7224, virtualInterfaces: [thief, other], vpcIds: [] }
  await world.wire(gateway)
  await world.gateways.apply([gateway], [])
  const router = await world.customer(thief, [])
  await world.customer(other, site(2))
  await world.seen((all) => [...all.values()].every(({ up }) => up))
  await router.repeat([
    'route-map elsewhere permit 10',
    'set ip next-hop 169.254.2.2',
    'exit',
    'router bgp 65001',
    'address-family ipv4 unicast',
    'neighbor 169.254.1.1 route-map elsewhere out',
    `network ${cidr}`,
  ])
  const ways = await until(async () => {
    const all = await waysTo(world, gateway, cidr, 'public us-east-1')
    return all.length > 0 && all
  })
  assert.deepEqual(ways, [thief.id])
  assert.deepEqual(world.warnings, [])
})

for (const [where, siteLinkEnabled] of [
  ['', false],
  [', nor in a further view', true],
] as const)
  test(
    `what a customer announces leads nobody to the router at the other end of another wire${where}`,
    gatewayTools,
    async () => {
      await using world = gatewayWorld()
      const [well, odd] = [1, 2].map((number) =>
        numbered(number, {
          siteLinkEnabled: siteLinkEnabled && number === 2,
          sessions: [numberedSession(number), numberedSession(number, { family: 'ipv6' })],
        }),
      ) as [DesiredVirtualInterface, DesiredVirtualInterface]
      const gateway: DesiredGateway = { id: 'dxgw-1', asn: 64_512, virtualInterfaces: [well, odd], vpcIds: ['vpc-1'] }
      await world.wire(gateway)
      await world.gateways.apply([gateway], [{ id: 'vpc-1', region: 'us-east-1', cidrs: ['10.0.0.0/16'] }])
      await world.customer(well, [{ cidr: '192.168.1.0/24' }, { cidr: '2001:db8:bb01::/48' }])
      const last = [{ cidr: '192.168.2.0/24' }, { cidr: '2001:db8:bb02::/48' }]
      await world.customer(odd, [{ cidr: '169.254.1.2/32' }, { cidr: '2001:db8:1::6/128' }, ...last])
      for (const { cidr } of last) await until(async () => (await waysTo(world, gateway, cidr, 'vpc-1')).length > 0)
      for (const cidr of ['169.254.1.2/32', '2001:db8:1::6/128'])
        assert.deepEqual(await waysTo(world, gateway, cidr, 'vpc-1'), [], cidr)
      for (const cidr of ['192.168.1.0/24', '2001:db8:bb01::/48'])
        await until(async () => (await waysTo(world, gateway, cidr, 'vpc-1')).join() === well.id)
      assert.deepEqual(world.warnings, [])
    },
  )

function byCidr(a: { readonly cidr: string }, b: { readonly cidr: string }): number {
  return a.cidr < b.cidr ? -1 : 1
}

test(
  'what a virtual interface may send and receive is limited at both ends of its wire, as long as it is',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    const vif = numbered(1, { limitBps: 50e6 })
    const gateway: DesiredGateway = { id: 'vgw-1', asn: 64_512, virtualInterfaces: [vif], vpcIds: [] }
    await world.wire(gateway)
    await world.gateways.apply([gateway], [])
    const limits = () =>
      Promise.all(
        [world.names.gateway(gateway.id), world.names.device('device-1')].map(async (namespace) => {
          const text = await run('tc', ['-json', 'qdisc', 'show', 'dev', interfaceOf(vif.id)], { namespace })
          const [qdisc]: readonly { readonly kind: string; readonly options: { readonly rate?: number } }[] =
            JSON.parse(text)
          return qdisc?.kind === 'tbf' ? (qdisc.options.rate ?? 0) * 8 : null
        }),
      )
    assert.deepEqual(await limits(), [50e6, 50e6])
    await world.gateways.apply([{ ...gateway, virtualInterfaces: [{ ...vif, limitBps: 100e6 }] }], [])
    assert.deepEqual(await limits(), [100e6, 100e6])
    await world.gateways.apply([{ ...gateway, virtualInterfaces: [{ ...vif, limitBps: null }] }], [])
    assert.deepEqual(await limits(), [null, null])
    assert.deepEqual(world.warnings, [])
  },
)
