import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateLagCommand,
  DescribeConnectionsCommand,
  type NewPrivateVirtualInterface,
} from '@aws-sdk/client-direct-connect'
import { ec2 as ec2Of } from '../../../test/tools/companions.ts'
import { associate, makeVirtualGateway } from '../../../test/tools/gateways.ts'
import { operator } from '../../../test/tools/operator.ts'
import { rawClient } from '../../../test/tools/raw.ts'
import { startServer, type TestServer } from '../../../test/tools/server.ts'
import {
  available,
  virtualGatewayId as elsewhere,
  makeGateway,
  orderPrivate,
  reaches,
} from '../../../test/tools/virtual-interfaces.ts'
import type { ShownPath } from './list-paths.ts'

const account = '111122223333'
const buyerAccount = '444455556666'

const places = { 'us-east-1': ['EqDC2', '165HS'], 'us-west-1': ['EQSV5'] } as const

interface Site {
  readonly connectionId: string
  readonly id: string
}

/** A connection with a private virtual interface on which the customer announces 10.0.0.0/8. */
async function site(
  server: TestServer,
  location: string,
  facts: Partial<NewPrivateVirtualInterface>,
  asPath: readonly number[] = [],
): Promise<Site> {
  const region = location === 'EQSV5' ? 'us-west-1' : 'us-east-1'
  const client = server.client(account, region)
  const raw = rawClient(server, account, region)
  const order = { location, bandwidth: '10Gbps', connectionName: 'c' }
  const connectionId = await available(client, (await raw('CreateConnection', order)).connectionId)
  return { connectionId, id: await virtualInterface(server, connectionId, facts, asPath, region) }
}

async function virtualInterface(
  server: TestServer,
  connectionId: string,
  facts: Partial<NewPrivateVirtualInterface>,
  asPath: readonly number[] = [],
  region = 'us-east-1',
): Promise<string> {
  const client = server.client(account, region)
  const { virtualInterfaceId: id = '' } = await client.send(orderPrivate(connectionId, facts))
  await reaches(client, id, 'available')
  await server.operator('PUT', `/virtual-interfaces/${id}/customer-routes`, {
    routes: [{ cidr: '10.0.0.0/8', asPath }],
  })
  return id
}

interface Source {
  readonly gatewayId: string
  readonly region: string | null
  readonly paths: readonly ShownPath[]
}

async function sources(
  server: TestServer,
  gatewayId: string,
  without?: string,
  destination = '10.1.2.3',
): Promise<readonly Source[]> {
  const failing = without === undefined ? '' : `&without=${without}`
  const path = `/gateways/${gatewayId}/paths?destination=${encodeURIComponent(destination)}${failing}`
  return (await operator(server, 'GET', path)).body.sources
}

/** The virtual interfaces that are taken, from the first source. */
async function taken(server: TestServer, gatewayId: string, without?: string): Promise<readonly string[]> {
  const [source] = await sources(server, gatewayId, without)
  return (source?.paths ?? []).filter(({ chosen }) => chosen).map(({ virtualInterfaceId }) => virtualInterfaceId)
}

test('traffic leaves at home, and elsewhere when everything there fails, each with its reason', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [east, west] = [server.client(account), server.client(account, 'us-west-1')]
  const directConnectGatewayId = await makeGateway(east)
  const home = await makeVirtualGateway(ec2Of(server, account), '10.200.0.0/16')
  const away = await makeVirtualGateway(ec2Of(server, account, 'us-west-1'), '10.201.0.0/16')
  const facts = { directConnectGatewayId }
  const a = await site(server, places['us-east-1'][0], facts, [65000, 65000])
  const b = await site(server, places['us-east-1'][1], facts, [65000])
  const c = await site(server, places['us-west-1'][0], facts)
  const alone = await sources(server, directConnectGatewayId)
  assert.deepEqual(
    alone.map(({ gatewayId, region }) => [gatewayId, region]),
    [[directConnectGatewayId, null]],
  )
  assert.deepEqual(await taken(server, directConnectGatewayId), [c.id], 'without a home no location is nearer')

  await associate(east, directConnectGatewayId, home.virtualGatewayId)
  await associate(west, directConnectGatewayId, away.virtualGatewayId)
  await server.advance(1)
  const each = await sources(server, directConnectGatewayId)
  assert.deepEqual(
    each.map(({ gatewayId, region, paths }) => [
      gatewayId,
      region,
      paths.filter(({ chosen }) => chosen).map((path) => path.virtualInterfaceId),
    ]),
    [
      [home.virtualGatewayId, 'us-east-1', [b.id]],
      [away.virtualGatewayId, 'us-west-1', [c.id]],
    ],
  )
  const [source] = await sources(server, home.virtualGatewayId)
  assert.deepEqual(
    source?.paths.find((path) => path.virtualInterfaceId === c.id),
    {
      virtualInterfaceId: c.id,
      bgpPeerId: source?.paths.find((path) => path.virtualInterfaceId === c.id)?.bgpPeerId,
      connectionId: c.connectionId,
      location: 'EQSV5',
      region: 'us-west-1',
      cidr: '10.0.0.0/8',
      asPath: [65000],
      communities: [],
      med: null,
      localPreference: 'remote',
      chosen: false,
      reason: 'local preference: remote, others have medium',
    },
  )

  assert.deepEqual(await taken(server, home.virtualGatewayId, b.id), [a.id])
  assert.deepEqual(await taken(server, home.virtualGatewayId, '165hs'), [a.id], 'a location, however it is spelt')
  await server.operator('POST', '/faults', { target: a.connectionId, kind: 'down' })
  assert.deepEqual(await taken(server, home.virtualGatewayId, b.connectionId), [c.id])
  const [failed] = await sources(server, home.virtualGatewayId, b.connectionId)
  assert.deepEqual(
    failed?.paths.map(({ reason }) => reason),
    ['the link beneath is down', `${b.connectionId} is assumed to fail`, 'the only path'],
  )
  assert.deepEqual(await taken(server, home.virtualGatewayId), [b.id], 'nothing has really failed')
})

test('equal ways share the load; the failure of a session, a device or a location leaves the others', async () => {
  await using server = await startServer({ timing: 'instant' })
  const one = await site(server, 'EqDC2', {})
  const two = await site(server, '165HS', {})
  assert.deepEqual(await taken(server, elsewhere), [one.id, two.id])
  const [source] = await sources(server, elsewhere)
  assert.equal(source?.region, 'us-east-1')
  const [path] = source?.paths ?? []
  assert.equal(path?.reason, 'all are equal; one of 2 that share the load')
  const { deviceId } = await server.operator('GET', `/connections/${one.connectionId}`)
  for (const failing of [path?.bgpPeerId, one.id, one.connectionId, deviceId, 'EqDC2'])
    assert.deepEqual(await taken(server, elsewhere, failing), [two.id], failing)
})

test('a LAG lives as long as enough of its members do, and what hangs on it with it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const order = { numberOfConnections: 2, location: 'EqDC2', connectionsBandwidth: '10Gbps', lagName: 'l' }
  const { lagId = '', connections = [] } = await client.send(new CreateLagCommand(order))
  const [first = '', second = ''] = connections.map(({ connectionId }) => connectionId)
  for (const id of [first, second]) await available(client, id)
  const id = await virtualInterface(server, lagId, {})
  assert.deepEqual(await taken(server, elsewhere, first), [id])
  await rawClient(server, account)('UpdateLag', { lagId, minimumLinks: 2 })
  assert.deepEqual(await taken(server, elsewhere, first), [])
  await rawClient(server, account)('UpdateLag', { lagId, minimumLinks: 1 })
  const { connections: [member] = [] } = await client.send(new DescribeConnectionsCommand({ connectionId: first }))
  for (const failing of [lagId, member?.awsDeviceV2, 'EqDC2'])
    assert.deepEqual(await taken(server, elsewhere, failing), [])
  await server.operator('POST', '/faults', { target: second, kind: 'down' })
  assert.deepEqual(await taken(server, elsewhere), [id])
  assert.deepEqual(await taken(server, elsewhere, first), [])
})

test('a hosted connection fails with what hosts it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [seller, buyer] = [rawClient(server, 'partner'), rawClient(server, buyerAccount)]
  const order = { location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'i' }
  const { interconnectId } = await seller('CreateInterconnect', order)
  await server.advance(1)
  const slice = {
    connectionId: interconnectId,
    ownerAccount: buyerAccount,
    bandwidth: '1Gbps',
    connectionName: 'h',
    vlan: 101,
  }
  const { connectionId } = await seller('AllocateHostedConnection', slice)
  await buyer('ConfirmConnection', { connectionId })
  const client = server.client(buyerAccount)
  await available(client, connectionId)
  const { virtualInterfaceId: id = '' } = await client.send(orderPrivate(connectionId))
  await reaches(client, id, 'available')
  await server.operator('PUT', `/virtual-interfaces/${id}/customer-routes`, { routes: [{ cidr: '0.0.0.0/0' }] })
  assert.deepEqual(await taken(server, elsewhere), [id])
  const { deviceId } = await server.operator('GET', `/connections/${interconnectId}`)
  for (const failing of [connectionId, interconnectId, deviceId])
    assert.deepEqual(await taken(server, elsewhere, failing), [])
})

test('a path is asked for by a gateway, a destination and what may fail, which have to exist and to be well formed', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { id } = await site(server, 'EqDC2', {})
  const ask = (gatewayId: string, query: string) => operator(server, 'GET', `/gateways/${gatewayId}/paths?${query}`)
  const found = async (destination: string) => {
    const [source] = await sources(server, elsewhere, undefined, destination)
    return source?.paths.map(({ cidr, reason }) => [cidr, reason])
  }
  assert.deepEqual(await found('10.0.0.0/8'), [['10.0.0.0/8', 'the only path']])
  for (const destination of ['11.0.0.1', '0.0.0.0/0'])
    assert.deepEqual(await found(destination), [[null, 'no announced route contains the destination']])
  assert.deepEqual(await found('2001:db8::1'), [], 'there is no session of that family')
  assert.equal((await ask(elsewhere, 'destination=10.1.2.3/16')).body.destination, '10.1.0.0/16')

  for (const gatewayId of ['vgw-99999999', 'tgw-99999999', '00000000-0000-4000-8000-000000000000', id])
    assert.equal((await ask(gatewayId, 'destination=10.0.0.1')).status, 404)
  assert.equal((await ask(elsewhere, 'destination=10.0.0.1&without=dxcon-ffffffff')).status, 404)
  assert.match((await ask(elsewhere, 'destination=nowhere')).message, /'nowhere' for destination/)
  assert.equal((await ask(elsewhere, '')).status, 400)
})
