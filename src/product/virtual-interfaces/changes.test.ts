import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocateHostedConnectionCommand,
  AssociateVirtualInterfaceCommand,
  ConfirmConnectionCommand,
  CreateInterconnectCommand,
  CreateLagCommand,
  DeleteVirtualInterfaceCommand,
  DescribeVirtualInterfacesCommand,
  UpdateVirtualInterfaceAttributesCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'
import {
  allocatePrivate,
  approved,
  available,
  byTheClock,
  connect,
  connectByOperator,
  doneSeconds,
  look,
  makeGateway,
  orderPrivate,
  orderPublic,
  orderTransit,
  reaches,
  refused,
} from '../../../test/tools/virtual-interfaces.ts'

const alice = '111122223333'
const bob = '444455556666'
const remove = (virtualInterfaceId: string | undefined) => new DeleteVirtualInterfaceCommand({ virtualInterfaceId })
const move = (virtualInterfaceId: string | undefined, connectionId: string) =>
  new AssociateVirtualInterfaceCommand({ virtualInterfaceId, connectionId })
const update = (virtualInterfaceId: string | undefined, facts: object) =>
  new UpdateVirtualInterfaceAttributesCommand({ virtualInterfaceId, ...facts })

test('a virtual interface is deleting, deleted, listed for 15 minutes more, and then unknown', async () => {
  await using server = await startServer(byTheClock)
  const client = server.client(alice)
  const connectionId = await connectByOperator(server, client)
  const { virtualInterfaceId: id, ...made } = await client.send(orderPrivate(connectionId))
  const deleted = await client.send(remove(id))
  assert.deepEqual([Object.keys(deleted).length, deleted.virtualInterfaceState], [2, 'deleting'])
  assert.equal((await client.send(remove(id))).virtualInterfaceState, 'deleting', 'again')
  await assert.rejects(client.send(orderPrivate(connectionId)), refused('VLAN 101 is already in use'))
  await server.advance(doneSeconds)
  const seen = await look(client, id)
  assert.deepEqual([seen?.virtualInterfaceState, seen?.customerAddress], ['deleted', made.customerAddress])
  await assert.rejects(client.send(remove(id)), refused(`VirtualInterface ${id} does not exist.`))
  await client.send(orderPrivate(connectionId))
  const listed = async () => (await client.send(new DescribeVirtualInterfacesCommand({}))).virtualInterfaces?.length
  assert.equal(await listed(), 2)
  await server.advance(15 * 60)
  assert.equal(await listed(), 1)
  assert.equal(await look(client, id), undefined)
})

test('virtual interfaces are found by id, by connection and in pages, each Region and account its own', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [a, b] = [server.client(alice), server.client(bob)]
  const [first, second] = [await connect(a), await connect(a)]
  const one = await a.send(orderPrivate(first, { vlan: 1 }))
  const two = await a.send(orderPrivate(first, { vlan: 2 }))
  const three = await a.send(orderPrivate(second, { vlan: 3 }))
  const four = await a.send(allocatePrivate(first, bob, { vlan: 4 }))
  const ids = async (client: typeof a, input: object) => {
    const page = await client.send(new DescribeVirtualInterfacesCommand(input))
    return { ids: page.virtualInterfaces?.map((vif) => vif.virtualInterfaceId), nextToken: page.nextToken }
  }
  const [i, ii, iii, iv] = [one, two, three, four].map((vif) => vif.virtualInterfaceId)
  assert.deepEqual((await ids(a, {})).ids, [i, ii, iii, iv])
  assert.deepEqual((await ids(a, { connectionId: first })).ids, [i, ii, iv])
  assert.deepEqual((await ids(b, { connectionId: first })).ids, [iv])
  assert.deepEqual((await ids(b, {})).ids, [iv])
  assert.deepEqual((await ids(a, { virtualInterfaceId: i, connectionId: second })).ids, [])
  assert.deepEqual((await ids(a, { virtualInterfaceId: 'dxvif-ffffffff' })).ids, [])
  assert.deepEqual((await ids(a, { connectionId: 'dxcon-ffffffff' })).ids, [])
  assert.deepEqual((await ids(server.client(alice, 'eu-west-1'), {})).ids, [])

  const page = await ids(a, { maxResults: 3 })
  assert.deepEqual(page.ids, [i, ii, iii])
  const rest = await ids(a, { maxResults: 3, nextToken: page.nextToken })
  assert.deepEqual(rest, { ids: [iv], nextToken: undefined })
  await assert.rejects(ids(b, { nextToken: page.nextToken }), refused(/nextToken/))
  await assert.rejects(ids(a, { connectionId: first, nextToken: page.nextToken }), refused(/nextToken/))
})

test('its owner changes name, MTU and SiteLink; a new MTU takes it through pending', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const directConnectGatewayId = await makeGateway(client)
  const { virtualInterfaceId: id } = await client.send(orderPrivate(connectionId, { directConnectGatewayId }))
  await reaches(client, id, 'available')
  const named = await client.send(update(id, { virtualInterfaceName: 'renamed', mtu: 1500 }))
  assert.deepEqual([named.virtualInterfaceName, named.virtualInterfaceState], ['renamed', 'available'])
  const jumbo = await client.send(update(id, { mtu: 9001 }))
  assert.deepEqual([jumbo.mtu, jumbo.virtualInterfaceState], [9001, 'pending'])
  const linked = await client.send(update(id, { enableSiteLink: true }))
  assert.deepEqual([linked.siteLinkEnabled, linked.mtu], [true, 9001])
  assert.equal((await client.send(update(id, { enableSiteLink: false }))).siteLinkEnabled, false)
  await reaches(client, id, 'available')

  for (const [facts, message] of [
    [{ mtu: 1501 }, /for mtu/],
    [{ virtualInterfaceName: '' }, /virtualInterfaceName/],
  ] as const)
    await assert.rejects(client.send(update(id, facts)), refused(message))
  const { virtualInterfaceId: simple } = await client.send(orderPrivate(connectionId, { vlan: 1 }))
  await assert.rejects(client.send(update(simple, { enableSiteLink: true })), refused(/have SiteLink/))
  const { virtualInterfaceId: open } = await client.send(orderPublic(connectionId))
  await assert.rejects(client.send(update(open, { mtu: 8500 })), refused(/Invalid value 8500 for mtu: a public/))
  const { virtualInterfaceId: hosted } = await client.send(allocatePrivate(connectionId, bob))
  await assert.rejects(
    client.send(update(hosted, { mtu: 8500 })),
    refused(`VirtualInterface ${hosted} does not exist.`),
  )
  await client.send(remove(simple))
  await reaches(client, simple, 'deleted')
  await assert.rejects(
    client.send(update(simple, { mtu: 8500 })),
    refused(`VirtualInterface ${simple} does not exist.`),
  )
})

test('a move to another connection or LAG keeps VLAN, addresses and keys; old and new sessions are listed for a while', async () => {
  await using server = await startServer(byTheClock)
  const client = server.client(alice)
  const connectionId = await connectByOperator(server, client)
  const ordered = { location: 'EqDC2', connectionsBandwidth: '1Gbps', lagName: 'l', numberOfConnections: 1 }
  const { lagId = '', connections } = await client.send(new CreateLagCommand(ordered))
  await approved(server, client, connections?.[0]?.connectionId)
  const { virtualInterfaceId: id, ...made } = await client.send(orderPrivate(connectionId))
  await server.advance(doneSeconds)
  const before = await look(client, id)
  assert.equal(before?.virtualInterfaceState, 'available')

  const moved = await client.send(move(id, lagId))
  assert.deepEqual([moved.connectionId, moved.virtualInterfaceState, moved.vlan], [lagId, 'pending', 101])
  const [old, fresh] = moved.bgpPeers ?? []
  assert.deepEqual([old?.bgpPeerState, fresh?.bgpPeerState, moved.bgpPeers?.length], ['deleting', 'pending', 2])
  assert.equal(old?.bgpPeerId, made.bgpPeers?.[0]?.bgpPeerId)
  assert.notEqual(fresh?.bgpPeerId, old?.bgpPeerId)
  for (const member of ['authKey', 'amazonAddress', 'customerAddress', 'asn', 'addressFamily'] as const)
    assert.deepEqual([moved[member], fresh?.[member]], [made[member], made[member]], member)
  await server.advance(doneSeconds)
  const seen = await look(client, id)
  assert.equal(seen?.virtualInterfaceState, 'available')
  assert.deepEqual(
    seen?.bgpPeers?.map((peer) => [peer.bgpPeerId, peer.bgpPeerState, peer.bgpStatus]),
    [[fresh?.bgpPeerId, 'available', 'up']],
  )
  const on = async (carrier: string) =>
    (await client.send(new DescribeVirtualInterfacesCommand({ connectionId: carrier }))).virtualInterfaces?.length
  assert.deepEqual([await on(connectionId), await on(lagId)], [0, 1])
  await client.send(orderPrivate(connectionId))
  await assert.rejects(client.send(move(id, lagId)), refused(/already associated/))
})

test('a move fails on a VLAN or address in use there, on a quota, and on a port that is too slow', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const [from, to] = [await connect(client), await connect(client)]
  const addresses = { amazonAddress: '10.0.0.1/30', customerAddress: '10.0.0.2/30' }
  const { virtualInterfaceId: id } = await client.send(orderPrivate(from, addresses))
  await reaches(client, id, 'available')
  const { virtualInterfaceId: sameVlan } = await client.send(orderPrivate(to))
  await assert.rejects(client.send(move(id, to)), refused('VLAN 101 is already in use'))
  await client.send(remove(sameVlan))
  await reaches(client, sameVlan, 'deleted')
  const wider = { amazonAddress: '10.0.0.9/28', customerAddress: '10.0.0.10/28' }
  const { virtualInterfaceId: sameAddress } = await client.send(orderPrivate(to, { vlan: 2, ...wider }))
  await assert.rejects(client.send(move(id, to)), refused(/has a conflicting IP address: 10\.0\.0\.1\/30 overlaps/))
  await client.send(remove(sameAddress))
  await reaches(client, sameAddress, 'deleted')
  assert.equal((await look(client, id))?.connectionId, from)

  await server.operator('PUT', `/accounts/${alice}/quotas`, { transitVirtualInterfacesPerConnection: 1 })
  const directConnectGatewayId = await makeGateway(client)
  const transit = (carrier: string, vlan: number) =>
    client.send(orderTransit(carrier, { vlan, directConnectGatewayId }))
  const { virtualInterface: leaving } = await transit(from, 3)
  await transit(to, 4)
  await reaches(client, leaving?.virtualInterfaceId, 'available')
  await assert.rejects(client.send(move(leaving?.virtualInterfaceId, to)), refused(/limit of 1 transit/))
  await client.send(move(id, to))
})

test('who moves a virtual interface owns it or what carries it, and the target; what is hosted stays', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [a, b, partner] = [server.client(alice), server.client(bob), server.client('partner')]
  const [from, to, bobs] = [await connect(a), await connect(a), await connect(b)]
  const { virtualInterfaceId: mine } = await a.send(orderPrivate(from))
  await reaches(a, mine, 'available')
  await assert.rejects(b.send(move(mine, bobs)), refused(`VirtualInterface ${mine} does not exist.`))
  await assert.rejects(a.send(move(mine, bobs)), refused(`Could not find Connection with ID ${bobs}`))
  const { virtualInterfaceId: hosted } = await a.send(allocatePrivate(from, bob))
  await assert.rejects(
    a.send(move(hosted, to)),
    refused(`AssociateVirtualInterface failed. ${hosted} is in state confirming`),
  )

  const port = { location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'i' }
  const { interconnectId = '' } = await partner.send(new CreateInterconnectCommand(port))
  const slice = { bandwidth: '500Mbps', connectionName: 'h', ownerAccount: alice, vlan: 101 }
  const { connectionId = '' } = await partner.send(
    new AllocateHostedConnectionCommand({ connectionId: interconnectId, ...slice }),
  )
  await a.send(new ConfirmConnectionCommand({ connectionId }))
  await available(a, connectionId)
  const { virtualInterfaceId: onHosted } = await a.send(orderPrivate(connectionId))
  await reaches(a, onHosted, 'available')
  await assert.rejects(a.send(move(onHosted, to)), refused(/is on hosted connection dxcon-\w+: it can only be moved/))

  const frankfurt = server.client(alice, 'eu-central-1')
  await assert.rejects(frankfurt.send(move(mine, to)), refused(`VirtualInterface ${mine} does not exist.`))
  await a.send(move(mine, to))
})

test('a cut cable shows at once on the virtual interface and its session', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const { virtualInterfaceId: id } = await client.send(orderPrivate(connectionId))
  await reaches(client, id, 'available')
  for (const target of [connectionId, id]) {
    const { faultId } = await server.operator('POST', '/faults', { target, kind: 'down' })
    const cut = await look(client, id)
    assert.deepEqual(
      [cut?.virtualInterfaceState, cut?.bgpPeers?.[0]?.bgpStatus, cut?.bgpPeers?.[0]?.bgpPeerState],
      ['down', 'down', 'available'],
    )
    await server.operator('DELETE', `/faults/${faultId}`)
    await reaches(client, id, 'available')
  }
})
