import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AssociateVirtualInterfaceCommand,
  CreateBGPPeerCommand,
  DeleteBGPPeerCommand,
  DeleteVirtualInterfaceCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer, type TestServer } from '../../../test/tools/server.ts'
import { until } from '../../../test/tools/until.ts'
import {
  byTheClock,
  connect,
  connectByOperator,
  doneSeconds,
  look,
  makeGateway,
  orderPrivate,
  reaches,
} from '../../../test/tools/virtual-interfaces.ts'
import { example, examplePeer } from '../virtual-interfaces/example.test-fixture.ts'
import { rivalsAmong } from './overlapping-subnets.ts'

const addresses = { amazonAddress: '10.9.0.1/29', customerAddress: '10.9.0.2/29' }
const inside = { amazonAddress: '10.9.0.5/30', customerAddress: '10.9.0.6/30' }

async function lastErrorOf(server: TestServer, id: string | undefined): Promise<string | null> {
  const { bgpPeers } = await server.operator('GET', '/bgp-peers')
  return bgpPeers.find((peer: { virtualInterfaceId: string }) => peer.virtualInterfaceId === id).session.lastError
}

test('of two virtual interfaces of one gateway whose subnets overlap the one that was there before goes on, the other says why', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const directConnectGatewayId = await makeGateway(client)
  const [one, two] = [await connect(client), await connect(client)]
  const older = await client.send(orderPrivate(one, { directConnectGatewayId, ...addresses }))
  await reaches(client, older.virtualInterfaceId, 'available')
  const newer = await client.send(orderPrivate(two, { directConnectGatewayId, ...inside }))

  await reaches(client, newer.virtualInterfaceId, 'down')
  assert.equal(
    await lastErrorOf(server, newer.virtualInterfaceId),
    `its subnet overlaps with that of ${older.virtualInterfaceId}, which was there before`,
  )
  assert.equal((await look(client, older.virtualInterfaceId))?.virtualInterfaceState, 'available')

  await client.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId: older.virtualInterfaceId }))
  await reaches(client, newer.virtualInterfaceId, 'available')
})

test('two virtual interfaces of one gateway whose subnets overlap stay down and say why when neither was there before', async () => {
  await using server = await startServer(byTheClock)
  const client = server.client()
  const directConnectGatewayId = await makeGateway(client)
  const [one, two] = [await connectByOperator(server, client), await connectByOperator(server, client)]
  const { virtualInterfaceId: first } = await client.send(orderPrivate(one, { directConnectGatewayId, ...addresses }))
  const { virtualInterfaceId: second } = await client.send(orderPrivate(two, { directConnectGatewayId, ...inside }))
  await server.advance(doneSeconds)

  for (const [id, other] of [
    [first, second],
    [second, first],
  ]) {
    await reaches(client, id, 'down')
    const why = `its subnet overlaps with that of ${other}, and neither was there before`
    assert.equal(await lastErrorOf(server, id), why)
  }
  await client.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId: second }))
  await server.advance(doneSeconds)
  await reaches(client, first, 'available')
})

/** An older virtual interface and the session of one that it keeps down, which was over its limit of prefixes only meanwhile. */
async function keptDownOverTheLimit(server: TestServer) {
  const client = server.client()
  const directConnectGatewayId = await makeGateway(client)
  const [one, two] = [await connectByOperator(server, client), await connectByOperator(server, client)]
  const older = await client.send(orderPrivate(one, { directConnectGatewayId, ...addresses }))
  await server.advance(doneSeconds)
  const { virtualInterfaceId: id } = await client.send(orderPrivate(two, { directConnectGatewayId, ...inside }))
  await server.advance(doneSeconds)
  for (const count of [101, 100]) {
    const routes = Array.from({ length: count }, (_, n) => ({ cidr: `10.0.${n}.0/24` }))
    await server.operator('PUT', `/virtual-interfaces/${id}/customer-routes`, { routes })
    await server.advance(1)
  }
  const session = async () => (await server.operator('GET', `/virtual-interfaces/${id}`)).bgpPeers[0].session
  return { client, older, session }
}

test('what kept a session down still counts when it is deleted for so long that lists do not show it', async () => {
  await using server = await startServer(byTheClock)
  const { client, older, session } = await keptDownOverTheLimit(server)
  await client.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId: older.virtualInterfaceId }))
  await server.advance(doneSeconds)
  const before = await session()
  assert.equal(before.up, true)
  await server.advance(60 * 60)
  assert.deepEqual(await session(), before)
})

test('a session that kept another down still counts when its virtual interface has others in its place', async () => {
  await using server = await startServer(byTheClock)
  const { client, older, session } = await keptDownOverTheLimit(server)
  const { virtualInterfaceId, bgpPeers = [] } = older
  const add = (addressFamily: 'ipv4' | 'ipv6') =>
    client.send(new CreateBGPPeerCommand({ virtualInterfaceId, newBGPPeer: { addressFamily, asn: 65000 } }))
  await add('ipv6')
  await client.send(new DeleteBGPPeerCommand({ virtualInterfaceId, bgpPeerId: bgpPeers[0]?.bgpPeerId }))
  await server.advance(doneSeconds)
  const before = await session()
  assert.equal(before.up, true)
  const added = await add('ipv4')
  assert.equal(added.virtualInterface?.bgpPeers?.length, 2, 'what has ended is not shown')
  assert.deepEqual(await session(), before)
})

test('a virtual interface that works goes on when it is moved, though its subnet overlaps with that of a later one', async () => {
  await using server = await startServer(byTheClock)
  const client = server.client()
  const directConnectGatewayId = await makeGateway(client)
  const [one, two, three] = [
    await connectByOperator(server, client),
    await connectByOperator(server, client),
    await connectByOperator(server, client),
  ]
  const older = await client.send(orderPrivate(one, { directConnectGatewayId, ...addresses }))
  await server.advance(doneSeconds)
  const newer = await client.send(orderPrivate(two, { directConnectGatewayId, ...inside }))
  await server.advance(doneSeconds)
  const states = async () => [
    (await look(client, older.virtualInterfaceId))?.virtualInterfaceState,
    (await look(client, newer.virtualInterfaceId))?.virtualInterfaceState,
  ]
  for (const connectionId of [three, one]) {
    await client.send(
      new AssociateVirtualInterfaceCommand({ virtualInterfaceId: older.virtualInterfaceId, connectionId }),
    )
    assert.deepEqual(await states(), ['pending', 'down'])
    await server.advance(doneSeconds)
    assert.deepEqual(await states(), ['available', 'down'])
  }
})

test('a session that is added in the subnet of another virtual interface stays down alone, and all others go on', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const directConnectGatewayId = await makeGateway(client)
  const [one, two] = [await connect(client), await connect(client)]
  const six = orderPrivate(one, { directConnectGatewayId, addressFamily: 'ipv6' })
  const { virtualInterfaceId: older } = await client.send(six)
  await reaches(client, older, 'available')
  const { virtualInterfaceId: newer } = await client.send(orderPrivate(two, { directConnectGatewayId, ...addresses }))
  await reaches(client, newer, 'available')

  const newBGPPeer = { asn: 65_000, addressFamily: 'ipv4', ...inside } as const
  await client.send(new CreateBGPPeerCommand({ virtualInterfaceId: older, newBGPPeer }))
  const peers = () =>
    until(async () => {
      const { bgpPeers = [] } = (await look(client, older)) ?? {}
      return bgpPeers.length === 2 && bgpPeers.every(({ bgpPeerState }) => bgpPeerState === 'available') && bgpPeers
    })
  assert.deepEqual((await peers()).map(({ addressFamily, bgpStatus }) => `${addressFamily} ${bgpStatus}`).toSorted(), [
    'ipv4 down',
    'ipv6 up',
  ])
  assert.equal((await look(client, newer))?.virtualInterfaceState, 'available')
})

test('overlapping subnets at different gateways are nobody’s concern', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const gateways = [await makeGateway(client), await makeGateway(client)]
  for (const directConnectGatewayId of gateways) {
    const order = orderPrivate(await connect(client), { directConnectGatewayId, ...addresses })
    await reaches(client, (await client.send(order)).virtualInterfaceId, 'available')
  }
})

test('whoever names the gateway of somebody else takes nothing down there, and is not kept down by it', async () => {
  await using server = await startServer({ timing: 'instant' })
  for (const account of ['111122223333', '444455556666']) {
    const client = server.client(account)
    const { virtualInterfaceId } = await client.send(orderPrivate(await connect(client), addresses))
    await reaches(client, virtualInterfaceId, 'available')
  }
})

test('what is confirmed takes nothing down that was configured before, and only what was ordered before is somebody else’s', () => {
  const hosted = placed('dxvif-f0000001', { createdAt: 1, confirmedAt: 50, provisionedAt: 60 })
  const running = placed('dxvif-f0000002', { createdAt: 10, provisionedAt: 20 })
  assert.deepEqual(rivals(running, hosted), [])
  assert.deepEqual(rivals(hosted, running), [running.vif.id])

  const mine = placed('dxvif-f0000003', { createdAt: 10, provisionedAt: 40 })
  const theirs = placed('dxvif-f0000004', { createdAt: 11, provisionedAt: 40, ownerAccount: '444455556666' })
  assert.deepEqual([rivals(mine, theirs), rivals(theirs, mine)], [[], [mine.vif.id]])
})

test('a session that is added later counts with its own time, not with that of its virtual interface', () => {
  const old = placed('dxvif-f0000001', { createdAt: 1, provisionedAt: 2 })
  const running = placed('dxvif-f0000002', { createdAt: 10, provisionedAt: 20 })
  const added = { vif: old.vif, peer: { ...old.peer, createdAt: 30, provisionedAt: 31 } }
  const extended = { ...old.vif, peers: [added.peer] }
  assert.deepEqual(rivalsAmong([extended])(running), [])
  assert.deepEqual(rivals(added, running), [running.vif.id])
})

test('a change of MTU takes nobody down', () => {
  const running = placed('dxvif-f0000001', { createdAt: 1, provisionedAt: 2 })
  const changed = { vif: { ...running.vif, mtu: 9001, provisionedAt: 100 }, peer: running.peer }
  const later = placed('dxvif-f0000002', { createdAt: 10, provisionedAt: 20 })
  assert.deepEqual([rivals(changed, later), rivals(later, changed)], [[], [running.vif.id]])
})

test('what had left its gateway before another was ordered keeps nothing down, and is not looked at again', () => {
  const gone = placed('dxvif-f0000001', { createdAt: 1, provisionedAt: 2, deleteAskedAt: 10 })
  const after = placed('dxvif-f0000002', { createdAt: 10, provisionedAt: 20 })
  const before = placed('dxvif-f0000003', { createdAt: 9, provisionedAt: 20 })
  assert.deepEqual([rivals(after, gone), rivals(before, gone)], [[], [gone.vif.id]])
})

interface Facts {
  readonly createdAt: number
  readonly provisionedAt: number
  readonly confirmedAt?: number
  readonly deleteAskedAt?: number
  readonly ownerAccount?: string
}

/** A virtual interface with one session, all in one subnet. */
function placed(id: string, { createdAt, provisionedAt, ...more }: Facts) {
  const peer = { ...examplePeer, createdAt, provisionedAt }
  return { vif: { ...example, id, createdAt, provisionedAt, ...more, peers: [peer] }, peer }
}

function rivals(own: ReturnType<typeof placed>, other: ReturnType<typeof placed>): readonly string[] {
  return rivalsAmong([own.vif, other.vif])(own).map(({ vif }) => vif.id)
}
