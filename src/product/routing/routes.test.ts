import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateBGPPeerCommand,
  UpdateDirectConnectGatewayAssociationCommand,
  UpdateVirtualInterfaceAttributesCommand,
} from '@aws-sdk/client-direct-connect'
import { DescribeRouteTablesCommand, type EC2Client, EnableVgwRoutePropagationCommand } from '@aws-sdk/client-ec2'
import { ec2 as ec2Of } from '../../../test/tools/companions.ts'
import { associate, makeTransitGateway, makeVirtualGateway, prefixes } from '../../../test/tools/gateways.ts'
import { type RawClient, rawClient } from '../../../test/tools/raw.ts'
import { startServer, type TestServer } from '../../../test/tools/server.ts'
import {
  allocatePrivate,
  connect,
  look,
  makeGateway,
  orderPrivate,
  orderPublic,
  orderTransit,
  reaches,
} from '../../../test/tools/virtual-interfaces.ts'

const account = '111122223333'
const other = '444455556666'

interface Listed {
  readonly cidr: string
  readonly routeDirection: string
  readonly addressFamily: string
  readonly asPath: readonly { readonly pathType: string; readonly path: readonly number[] }[]
  readonly communities: readonly string[]
  readonly awsLogicalDeviceId: string
  readonly routeInstalledAt: number
}

async function routes(raw: RawClient, virtualInterfaceId: string, filters?: object): Promise<readonly Listed[]> {
  const answer = await raw('ListVirtualInterfaceRoutes', { virtualInterfaceId, filters })
  assert.equal(answer.virtualInterfaceId, virtualInterfaceId)
  return answer.routes
}

const cidrs = async (raw: RawClient, id: string, filters?: object) =>
  (await routes(raw, id, filters)).map(({ cidr }) => cidr)
const advertised = (raw: RawClient, id: string) => cidrs(raw, id, { routeDirection: 'advertised' })
const accepted = (raw: RawClient, id: string) => cidrs(raw, id, { routeDirection: 'accepted' })

const announce = (server: TestServer, id: string, ...announced: readonly (string | object)[]) =>
  server.operator('PUT', `/virtual-interfaces/${id}/customer-routes`, {
    routes: announced.map((route) => (typeof route === 'string' ? { cidr: route } : route)),
  })

async function privateInterface(server: TestServer, facts: Parameters<typeof orderPrivate>[1] = {}): Promise<string> {
  const client = server.client(account)
  const { virtualInterfaceId = '' } = await client.send(orderPrivate(await connect(client), facts))
  await reaches(client, virtualInterfaceId, 'available')
  return virtualInterfaceId
}

async function publicInterface(server: TestServer, cidr = '198.51.100.0/24'): Promise<string> {
  const client = server.client(account)
  const order = orderPublic(await connect(client), { routeFilterPrefixes: [{ cidr }] })
  const { virtualInterfaceId = '' } = await client.send(order)
  await reaches(client, virtualInterfaceId, 'available')
  return virtualInterfaceId
}

/** The session of the first BGP peer, as the operator sees it. */
async function session(server: TestServer, id: string) {
  const [peer] = (await server.operator('GET', `/virtual-interfaces/${id}`)).bgpPeers
  return { bgpPeerId: peer.bgpPeerId, up: peer.session.up, lastError: peer.session.lastError ?? '' }
}

const many = (count: number) => Array.from({ length: count }, (_, n) => `10.${n >> 8}.${n & 255}.0/24`)

test('over a private virtual interface to a virtual private gateway the blocks of its VPC are advertised', async () => {
  await using server = await startServer({ timing: 'instant' })
  const raw = rawClient(server, account)
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, account), '10.0.0.0/16')
  const id = await privateInterface(server, { virtualGatewayId })
  const vif = await look(server.client(account), id)
  const [route, ...more] = await routes(raw, id)
  assert.deepEqual(route, {
    cidr: '10.0.0.0/16',
    routeDirection: 'advertised',
    addressFamily: 'ipv4',
    asPath: [{ pathType: 'seq', path: [64512] }],
    communities: [],
    awsLogicalDeviceId: vif?.awsLogicalDeviceId,
    routeInstalledAt: route?.routeInstalledAt,
  })
  assert.ok(Math.abs((route?.routeInstalledAt ?? 0) - Date.now() / 1000) < 60)
  assert.deepEqual(more, [], 'a customer of whom nobody has said what they announce announces nothing')

  const { faultId } = await server.operator('POST', '/faults', { target: id, kind: 'down' })
  assert.deepEqual(await routes(raw, id), [], 'on a session that is down there are none')
  await server.operator('DELETE', `/faults/${faultId}`)
  const [back] = await routes(raw, id)
  assert.ok((back?.routeInstalledAt ?? 0) > (route?.routeInstalledAt ?? 0), 'it is installed anew')
})

test('across a Direct Connect gateway the allowed prefixes decide, and an update leaves alone what it does not name', async () => {
  await using server = await startServer()
  const [client, raw, ec2] = [server.client(account), rawClient(server, account), ec2Of(server, account)]
  const gatewayId = await makeGateway(client)
  const first = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const second = await makeVirtualGateway(ec2, '10.1.0.0/16')
  const connectionId = await connectAfter(server)
  const order = orderPrivate(connectionId, { directConnectGatewayId: gatewayId })
  const { virtualInterfaceId: id = '' } = await client.send(order)
  await server.advance(1)
  const { associationId } = await associate(client, gatewayId, first.virtualGatewayId)
  await associate(client, gatewayId, second.virtualGatewayId, '10.1.0.0/24')
  assert.deepEqual(await advertised(raw, id), [], 'nothing before it is associated')
  await server.advance(1)
  assert.deepEqual(
    await advertised(raw, id),
    ['10.0.0.0/16'],
    'a block that is wider than what is allowed is not let out',
  )

  const update = (add: readonly string[], remove: readonly string[]) =>
    client.send(
      new UpdateDirectConnectGatewayAssociationCommand({
        associationId,
        addAllowedPrefixesToDirectConnectGateway: prefixes(...add),
        removeAllowedPrefixesToDirectConnectGateway: prefixes(...remove),
      }),
    )
  const [before] = await routes(raw, id)
  await update(['10.0.0.0/8'], [])
  assert.deepEqual(await routes(raw, id), [before])
  await server.advance(1)
  await update(['22.0.0.0/24'], ['10.0.0.0/8', '10.0.0.0/16'])
  assert.deepEqual(await routes(raw, id), [before], 'until the update has taken effect')
  await server.advance(1)
  assert.deepEqual(await advertised(raw, id), [])
})

test('over a transit virtual interface the allowed prefixes are advertised as they are, IPv6 on an IPv6 session', async () => {
  await using server = await startServer()
  const [client, raw] = [server.client(account), rawClient(server, account)]
  const gatewayId = await makeGateway(client, 64600)
  const transitGatewayId = await makeTransitGateway(ec2Of(server, account), 64700)
  const order = orderTransit(await connectAfter(server), { directConnectGatewayId: gatewayId })
  const { virtualInterface: { virtualInterfaceId: id = '' } = {} } = await client.send(order)
  await server.advance(1)
  await associate(client, gatewayId, transitGatewayId, '10.0.0.0/8', '172.16.0.0/12', '2001:db8:9::/48')
  const newBGPPeer = { addressFamily: 'ipv6', asn: 65000 } as const
  await client.send(new CreateBGPPeerCommand({ virtualInterfaceId: id, newBGPPeer }))
  await server.advance(1)
  assert.deepEqual(await advertised(raw, id), ['10.0.0.0/8', '172.16.0.0/12', '2001:db8:9::/48'])
  const [route] = await routes(raw, id, { addressFamily: 'ipv6' })
  assert.deepEqual([route?.cidr, route?.asPath[0]?.path], ['2001:db8:9::/48', [64600]])
})

test('a public virtual interface accepts its prefixes and advertises those of all Regions, in pages and by filters', async () => {
  await using server = await startServer({ timing: 'instant' })
  const raw = rawClient(server, account)
  const id = await publicInterface(server)
  assert.deepEqual(await accepted(raw, id), ['198.51.100.0/24'], 'all that it may, until somebody says what')
  const all = await routes(raw, id)
  assert.equal(all.length, 37)
  const local = await routes(raw, id, { communities: ['7224:8100', '65535:65281'] })
  assert.deepEqual(
    local.map(({ cidr }) => cidr),
    ['198.18.0.0/22'],
  )
  assert.deepEqual(await cidrs(raw, id, { asPath: [7224] }), ['198.51.100.0/24'])
  assert.deepEqual(await cidrs(raw, id, { asPath: [7224, 16509, 16509], addressFamily: 'ipv6' }), [])
  const cidrFilter = { cidrs: ['198.51.100.0/24', '198.18.4.0/22', '198.18.0.0/16'] }
  assert.deepEqual(await cidrs(raw, id, cidrFilter), ['198.51.100.0/24', '198.18.4.0/22'])
  await assert.rejects(routes(raw, id, { cidrs: ['x'] }), { message: /'x' for filters\.cidrs/ })
  const eleven = Array.from({ length: 11 }, (_, n) => `10.${n}.0.0/16`)
  await assert.rejects(routes(raw, id, { cidrs: eleven }), { message: /filters\.cidrs/ })

  const paged: Listed[] = []
  let nextToken: string | undefined
  do {
    const page = await raw('ListVirtualInterfaceRoutes', { virtualInterfaceId: id, maxResults: 10, nextToken })
    assert.ok(page.routes.length <= 10)
    paged.push(...page.routes)
    nextToken = page.nextToken
    // What comes and goes before the page that is next neither repeats nor hides anything.
    if (paged.length === 10) await announce(server, id, '198.51.100.0/25', '198.51.100.128/25')
  } while (nextToken !== undefined)
  assert.deepEqual(paged, all)
  for (const wrong of ['x', Buffer.from('[]').toString('base64')])
    await assert.rejects(raw('ListVirtualInterfaceRoutes', { virtualInterfaceId: id, nextToken: wrong }), {
      message: /nextToken/,
    })
})

test('routes are shown to the owner of the virtual interface only', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const { virtualInterfaceId: id } = await client.send(allocatePrivate(await connect(client), other))
  const list = (key: string) => rawClient(server, key)('ListVirtualInterfaceRoutes', { virtualInterfaceId: id })
  assert.deepEqual(await list(other), { virtualInterfaceId: id, routes: [] })
  await assert.rejects(list(account), { message: `VirtualInterface ${id} does not exist.` })
  await assert.rejects(rawClient(server, account)('ListVirtualInterfaceRoutes'), { message: /virtualInterfaceId/ })
})

test('a route is installed when it is first announced as it is, whatever is announced beside it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const raw = rawClient(server, account)
  const id = await privateInterface(server)
  const installed = async () =>
    Object.fromEntries((await routes(raw, id)).map(({ cidr, routeInstalledAt }) => [cidr, routeInstalledAt]))
  await announce(server, id, '192.168.0.0/24', '192.168.1.0/24')
  const first = await installed()
  await server.advance(10)
  await announce(server, id, '192.168.0.0/24', { cidr: '192.168.1.0/24', med: 7 }, '192.168.2.0/24')
  const second = await installed()
  assert.equal(second['192.168.0.0/24'], first['192.168.0.0/24'])
  for (const cidr of ['192.168.1.0/24', '192.168.2.0/24'])
    assert.ok((second[cidr] ?? 0) >= (first['192.168.0.0/24'] ?? 0) + 10, cidr)
})

test('over its limit a session goes Idle, and stays so until routes are withdrawn and it is cleared', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [client, raw] = [server.client(account), rawClient(server, account)]
  const id = await privateInterface(server)
  await announce(server, id, ...many(100))
  assert.equal((await accepted(raw, id)).length, 100)
  await announce(server, id, ...many(101))
  const { up, lastError, bgpPeerId } = await session(server, id)
  assert.equal(up, false)
  assert.match(lastError, /^the session is Idle: more than the 100 ipv4 prefixes that are allowed were announced/)
  const vif = await look(client, id)
  assert.deepEqual([vif?.virtualInterfaceState, vif?.bgpPeers?.[0]?.bgpStatus], ['down', 'down'])
  assert.deepEqual(await routes(raw, id), [])

  const clear = () => server.operator('POST', `/bgp-peers/${bgpPeerId}/clear`)
  await clear()
  assert.equal((await session(server, id)).up, false, 'cleared, but as many are announced')
  await announce(server, id, ...many(5))
  assert.equal((await session(server, id)).up, false, 'withdrawn, but not cleared since')
  await clear()
  assert.equal((await session(server, id)).up, true)
  assert.equal((await accepted(raw, id)).length, 5)
})

test('a session that is over its limit comes back when more is allocated, or with the end of a failover test', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [client, raw] = [server.client(account), rawClient(server, account)]
  const id = await privateInterface(server)
  const allocate = (prefixPoolAllocatedCountIpv4: number) =>
    raw('UpdateVirtualInterfaceAttributes', { virtualInterfaceId: id, prefixPoolAllocatedCountIpv4 })
  await announce(server, id, ...many(150))
  await allocate(149)
  assert.equal((await session(server, id)).up, false)
  await allocate(150)
  assert.equal((await session(server, id)).up, true)
  await assert.rejects(allocate(149), { message: /150 prefixes are in use/ })

  await announce(server, id, ...many(151))
  await announce(server, id, ...many(1))
  assert.equal((await session(server, id)).up, false)
  await raw('StartBgpFailoverTest', { virtualInterfaceId: id })
  await raw('StopBgpFailoverTest', { virtualInterfaceId: id })
  assert.equal((await session(server, id)).up, true)
  await allocate(1)
  assert.equal((await session(server, id)).up, true, 'what was announced before was allowed then')
  await client.send(new UpdateVirtualInterfaceAttributesCommand({ virtualInterfaceId: id, virtualInterfaceName: 'n' }))
  assert.equal((await session(server, id)).up, true)
})

test('each address family has a limit of its own, and on a public virtual interface it is 1,000', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const id = await privateInterface(server)
  const newBGPPeer = { addressFamily: 'ipv6', asn: 65000 } as const
  await client.send(new CreateBGPPeerCommand({ virtualInterfaceId: id, newBGPPeer }))
  await announce(server, id, ...many(100), ...Array.from({ length: 101 }, (_, n) => `2001:db8:${n.toString(16)}::/48`))
  const seen = await look(client, id)
  assert.deepEqual(
    [seen?.virtualInterfaceState, ...(seen?.bgpPeers ?? []).map((p) => p.bgpStatus)],
    ['available', 'up', 'down'],
  )

  const open = await publicInterface(server, '9.0.0.0/8')
  const parts = (count: number) => Array.from({ length: count }, (_, n) => `9.${n >> 8}.${n & 255}.0/24`)
  await announce(server, open, ...parts(1_000), '8.8.8.0/24')
  assert.equal((await session(server, open)).up, true, 'what its filter keeps out does not count')
  await announce(server, open, ...parts(1_001))
  assert.match((await session(server, open)).lastError, /more than the 1000 ipv4 prefixes/)
})

test('other route filter prefixes let in other routes at once, and a session that was over its limit stays Idle', async () => {
  await using server = await startServer({ timing: 'instant' })
  const raw = rawClient(server, account)
  const id = await publicInterface(server)
  const filter = (...prefixes: readonly string[]) =>
    server.operator('PUT', `/virtual-interfaces/${id}/route-filter-prefixes`, { prefixes })
  await announce(server, id, '198.51.100.0/24', '203.0.113.128/25')
  assert.deepEqual(await accepted(raw, id), ['198.51.100.0/24'])
  await filter('203.0.113.128/25')
  assert.deepEqual(await accepted(raw, id), ['203.0.113.128/25'])

  await filter('9.0.0.0/8')
  await announce(server, id, ...Array.from({ length: 1_001 }, (_, n) => `9.${n >> 8}.${n & 255}.0/24`))
  await filter('9.0.0.0/24')
  const { up, bgpPeerId } = await session(server, id)
  assert.equal(up, false)
  await server.operator('POST', `/bgp-peers/${bgpPeerId}/clear`)
  assert.deepEqual(await accepted(raw, id), ['9.0.0.0/24'])
})

test('SiteLink announces the other sites of the gateway that have it, and nothing else does', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [client, raw] = [server.client(account), rawClient(server, account)]
  const directConnectGatewayId = await makeGateway(client)
  const enableSiteLink = true
  const linked = await privateInterface(server, { directConnectGatewayId, enableSiteLink })
  const site = await privateInterface(server, { directConnectGatewayId, enableSiteLink })
  const apart = await privateInterface(server, { directConnectGatewayId })
  await announce(server, site, '192.168.0.0/24')
  await announce(server, apart, '192.168.1.0/24')
  assert.deepEqual(await advertised(raw, linked), ['192.168.0.0/24'])
  assert.deepEqual((await routes(raw, linked))[0]?.asPath[0]?.path, [64512, 65000])
  assert.deepEqual([await advertised(raw, site), await advertised(raw, apart)], [[], []])
})

test('what customers announce to a virtual private gateway is propagated into route tables, straight or across a gateway', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const { virtualGatewayId, vpcId } = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const RouteTableId = await mainTable(ec2, vpcId)
  await ec2.send(new EnableVgwRoutePropagationCommand({ RouteTableId, GatewayId: virtualGatewayId }))
  const straight = await privateInterface(server, { virtualGatewayId })
  await announce(server, straight, '192.168.0.0/24', '10.0.0.0/16')
  const propagated = async () =>
    (await tableOf(ec2, RouteTableId)).filter(({ Origin }) => Origin === 'EnableVgwRoutePropagation')
  const route = { GatewayId: virtualGatewayId, State: 'active', Origin: 'EnableVgwRoutePropagation' }
  assert.deepEqual(await propagated(), [{ DestinationCidrBlock: '192.168.0.0/24', ...route }])

  const directConnectGatewayId = await makeGateway(client)
  const across = await privateInterface(server, { directConnectGatewayId })
  const newBGPPeer = { addressFamily: 'ipv6', asn: 65000 } as const
  await client.send(new CreateBGPPeerCommand({ virtualInterfaceId: across, newBGPPeer }))
  await announce(server, across, '192.168.0.0/24', '192.168.2.0/24', '2001:db8:77::/48')
  assert.equal((await propagated()).length, 1)
  await associate(client, directConnectGatewayId, virtualGatewayId)
  await server.advance(1)
  assert.deepEqual(await propagated(), [
    { DestinationCidrBlock: '192.168.0.0/24', ...route },
    { DestinationCidrBlock: '192.168.2.0/24', ...route },
    { DestinationIpv6CidrBlock: '2001:db8:77::/48', ...route },
  ])
  await server.operator('POST', '/faults', { target: across, kind: 'down' })
  assert.equal((await propagated()).length, 1)
})

async function mainTable(ec2: EC2Client, vpcId: string): Promise<string> {
  const Filters = [{ Name: 'vpc-id', Values: [vpcId] }]
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }))
  return RouteTables?.[0]?.RouteTableId ?? ''
}

async function tableOf(ec2: EC2Client, RouteTableId: string) {
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }))
  return RouteTables?.[0]?.Routes ?? []
}

/** An available connection on a server whose clock is moved. */
async function connectAfter(server: TestServer): Promise<string> {
  const raw = rawClient(server, account)
  const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'c' }
  const { connectionId } = await raw('CreateConnection', order)
  await server.advance(3)
  return connectionId
}
