import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocatePublicVirtualInterfaceCommand,
  CreateBGPPeerCommand,
  CreateConnectionCommand,
  CreatePrivateVirtualInterfaceCommand,
  CreatePublicVirtualInterfaceCommand,
  DeleteBGPPeerCommand,
  DescribeVirtualInterfacesCommand,
  type DirectConnectClient,
} from '@aws-sdk/client-direct-connect'
import { operator } from '../../test/tools/operator.ts'
import { startServer, type TestServer } from '../../test/tools/server.ts'

const day = 24 * 60 * 60
const manual = { timing: 'aws', provisioning: 'manual' } as const
const account = '111122223333'

async function connection(server: TestServer): Promise<string> {
  const order = new CreateConnectionCommand({ location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'ours' })
  const { connectionId = '' } = await server.client(account).send(order)
  await operator(server, 'POST', `/connections/${connectionId}/approve`)
  await operator(server, 'POST', `/connections/${connectionId}/cable`)
  return connectionId
}

function publicOne(vlan: number, net: string, cidr: string) {
  return {
    virtualInterfaceName: 'ours',
    vlan,
    asn: 65_010,
    authKey: 'never-shown-to-operators',
    amazonAddress: `${net}.1/30`,
    customerAddress: `${net}.2/30`,
    routeFilterPrefixes: [{ cidr }],
  }
}

async function createPublic(client: DirectConnectClient, connectionId: string, vlan = 100, net = '198.51.100') {
  const newPublicVirtualInterface = publicOne(vlan, net, `203.0.${vlan % 256}.0/24`)
  const command = new CreatePublicVirtualInterfaceCommand({ connectionId, newPublicVirtualInterface })
  return (await client.send(command)).virtualInterfaceId ?? ''
}

const read = async (server: TestServer, id: string) => (await operator(server, 'GET', `/virtual-interfaces/${id}`)).body

test('a public virtual interface waits until an operator has verified it, and so does a later peer of it', async () => {
  await using server = await startServer(manual)
  const client = server.client(account)
  const id = await createPublic(client, await connection(server))
  await server.advance(30 * day)
  assert.equal((await read(server, id)).state, 'verifying')
  const listed = (await operator(server, 'GET', '/virtual-interfaces?state=verifying')).body.virtualInterfaces
  assert.deepEqual(listed, [await read(server, id)])
  assert.ok(!JSON.stringify(listed).includes('never-shown'))

  const verified = (await operator(server, 'POST', `/virtual-interfaces/${id}/verify`)).body
  assert.deepEqual([verified.state, verified.bgpPeers[0].state], ['pending', 'pending'])
  await server.advance(600)
  assert.equal((await read(server, id)).state, 'available')
  const twice = await operator(server, 'POST', `/virtual-interfaces/${id}/verify`)
  assert.deepEqual([twice.status, twice.code], [409, 'Conflict'])
  assert.match(twice.message, /is public and available/)

  await client.send(
    new CreateBGPPeerCommand({ virtualInterfaceId: id, newBGPPeer: { addressFamily: 'ipv6', asn: 65_010 } }),
  )
  const states = async () => {
    const { state, bgpPeers } = await read(server, id)
    return [state, ...bgpPeers.map((peer: { state: string }) => peer.state)]
  }
  assert.deepEqual(await states(), ['available', 'available', 'verifying'])
  const { bgpPeers } = (await operator(server, 'GET', '/bgp-peers?state=verifying')).body
  assert.deepEqual([bgpPeers.length, bgpPeers[0].virtualInterfaceId], [1, id])
  await operator(server, 'POST', `/virtual-interfaces/${id}/verify`)
  await server.advance(600)
  assert.deepEqual(await states(), ['available', 'available', 'available'])
})

test('a declined virtual interface is rejected and soon deleted, and never comes up', async () => {
  await using server = await startServer(manual)
  const client = server.client(account)
  const parent = await connection(server)
  const refused = await createPublic(client, parent)
  const good = await createPublic(client, parent, 101, '198.51.101')
  const { body } = await operator(server, 'POST', `/virtual-interfaces/${refused}/reject`)
  assert.equal(body.state, 'rejected')
  const { virtualInterfaces } = await client.send(new DescribeVirtualInterfacesCommand({ virtualInterfaceId: refused }))
  assert.equal(virtualInterfaces?.[0]?.virtualInterfaceState, 'rejected')
  for (const verb of ['verify', 'reject'])
    assert.equal((await operator(server, 'POST', `/virtual-interfaces/${refused}/${verb}`)).status, 409)
  await server.advance(600)
  assert.equal((await read(server, refused)).state, 'deleted')

  await operator(server, 'POST', `/virtual-interfaces/${good}/verify`)
  const late = await operator(server, 'POST', `/virtual-interfaces/${good}/reject`)
  assert.match(late.message, /is pending: only one that is confirming or verifying can be rejected/)
})

test('one that waits for its owner cannot be verified, but declined', async () => {
  await using server = await startServer(manual)
  const command = new AllocatePublicVirtualInterfaceCommand({
    connectionId: await connection(server),
    ownerAccount: '444455556666',
    newPublicVirtualInterfaceAllocation: publicOne(100, '198.51.100', '203.0.113.0/24'),
  })
  const { virtualInterfaceId: id = '' } = await server.client(account).send(command)
  assert.match((await operator(server, 'POST', `/virtual-interfaces/${id}/verify`)).message, /confirming/)
  assert.equal((await operator(server, 'POST', `/virtual-interfaces/${id}/reject`)).body.state, 'rejected')
})

test('only what is public is verified and has prefixes', async () => {
  await using server = await startServer(manual)
  const { virtualInterfaceId: id = '' } = await server.client(account).send(
    new CreatePrivateVirtualInterfaceCommand({
      connectionId: await connection(server),
      newPrivateVirtualInterface: {
        virtualInterfaceName: 'ours',
        vlan: 100,
        asn: 65_010,
        virtualGatewayId: 'vgw-0123456789abcdef0',
      },
    }),
  )
  assert.match((await operator(server, 'POST', `/virtual-interfaces/${id}/verify`)).message, /is private and pending/)
  const put = await operator(server, 'PUT', `/virtual-interfaces/${id}/route-filter-prefixes`, {
    prefixes: ['203.0.113.0/24'],
  })
  assert.deepEqual([put.status, put.code], [409, 'Conflict'])
})

test('the prefixes of a public virtual interface are replaced, checked as when it was made', async () => {
  await using server = await startServer(manual)
  const client = server.client(account)
  const parent = await connection(server)
  const id = await createPublic(client, parent)
  await createPublic(client, parent, 101, '198.51.101')
  const put = (prefixes: readonly unknown[]) =>
    operator(server, 'PUT', `/virtual-interfaces/${id}/route-filter-prefixes`, { prefixes })
  const given = ['203.0.100.0/25', '9.9.0.0/16', '2001:DB8:1:0::/48']
  const canonical = ['203.0.100.0/25', '9.9.0.0/16', '2001:db8:1::/48']
  assert.deepEqual((await put(given)).body.routeFilterPrefixes, canonical)
  assert.match((await put(['10.0.0.0/8'])).message, /10\.0\.0\.0\/8/)
  assert.match((await put(['203.0.101.128/25'])).message, /overlap/)
  assert.match((await put(['9.9.0.0/16', '9.9.9.0/24'])).message, /overlap/)
  assert.equal((await put([])).status, 400)
  assert.match((await put([7])).message, /7 for prefixes\[0\]: it must be a string/)
  assert.equal((await put(Array.from({ length: 1_001 }, () => '9.9.9.0/24'))).status, 400)
  assert.equal((await put(['2001:db8:1::/48'])).status, 400, 'its first session is of IPv4')
  const shown = await client.send(new DescribeVirtualInterfacesCommand({ virtualInterfaceId: id }))
  assert.deepEqual(
    shown.virtualInterfaces?.[0]?.routeFilterPrefixes?.map(({ cidr }) => cidr),
    canonical,
  )
})

test('prefixes are replaced by those of the sessions that are left', async () => {
  await using server = await startServer(manual)
  const client = server.client(account)
  const id = await createPublic(client, await connection(server))
  const ipv6 = { virtualInterfaceId: id, newBGPPeer: { addressFamily: 'ipv6', asn: 65_010 } } as const
  await client.send(new CreateBGPPeerCommand(ipv6))
  const [first] = (await read(server, id)).bgpPeers
  await client.send(new DeleteBGPPeerCommand({ virtualInterfaceId: id, bgpPeerId: first.bgpPeerId }))
  const put = (...prefixes: readonly string[]) =>
    operator(server, 'PUT', `/virtual-interfaces/${id}/route-filter-prefixes`, { prefixes })
  assert.match((await put('203.0.113.0/24')).message, /none of them is of the address family ipv6/)
  assert.deepEqual((await put('2001:db8:1::/48')).body.routeFilterPrefixes, ['2001:db8:1::/48'])
})

test("what the customer's router announces is recorded, closed when it changes and never erased", async () => {
  await using server = await startServer(manual)
  const id = await createPublic(server.client(account), await connection(server))
  const path = `/virtual-interfaces/${id}/customer-routes`
  const first = [
    { cidr: '203.0.113.0/24', asPath: [65_010, 65_011], communities: ['7224:9100'], med: 5 },
    { cidr: '2001:DB8::/32' },
  ]
  assert.deepEqual((await operator(server, 'PUT', path, { routes: first })).body.routes, [
    first[0],
    { cidr: '2001:db8::/32' },
  ])
  await server.advance(60)
  await operator(server, 'PUT', path, { routes: [] })
  const { announced } = (await operator(server, 'GET', path)).body
  assert.equal(announced.length, 2)
  assert.equal(announced[0].until, announced[1].from)
  assert.deepEqual([announced[1].until, announced[1].routes], [null, []])

  const refused = async (routes: readonly unknown[]) => {
    const { status, message } = await operator(server, 'PUT', path, { routes })
    assert.equal(status, 400)
    return message
  }
  assert.match(await refused([{ cidr: '203.0.113.1/24' }]), /routes\[0\]\.cidr: it has bits set/)
  assert.match(await refused([{ cidr: '203.0.113.0' }, {}]), /routes\[1\]\.cidr is required/)
  assert.match(await refused([{ cidr: 'nonsense' }]), /'nonsense' for routes\[0\]\.cidr/)
  assert.match(await refused([{ cidr: '9.9.9.0/24' }, { cidr: '9.9.9.0/24' }]), /announced twice/)
  assert.match(await refused([{ cidr: '9.9.9.0/24', asPath: [0] }]), /0 for routes\[0\]\.asPath\[0\]/)
  assert.match(await refused([{ cidr: '9.9.9.0/24', communities: ['no-export'] }]), /'no-export' for routes/)
  assert.match(await refused(Array.from({ length: 10_001 }, () => ({ cidr: '9.9.9.0/24' }))), /more than 10000/)
})

test('clearing a session is a fact of its BGP peer', async () => {
  await using server = await startServer(manual)
  const id = await createPublic(server.client(account), await connection(server))
  const [peer] = (await read(server, id)).bgpPeers
  assert.equal(peer.clearedAt, null)
  const { body } = await operator(server, 'POST', `/bgp-peers/${peer.bgpPeerId}/clear`)
  assert.ok(body.clearedAt !== null)
  const listed = (await operator(server, 'GET', `/bgp-peers?virtualInterfaceId=${id}`)).body.bgpPeers
  assert.deepEqual(listed, [body])
  assert.equal((await operator(server, 'POST', '/bgp-peers/dxpeer-ffffffff/clear')).status, 404)
})

test('a fault of a virtual interface or of a BGP peer takes its session down', async () => {
  await using server = await startServer(manual)
  const id = await createPublic(server.client(account), await connection(server))
  await operator(server, 'POST', `/virtual-interfaces/${id}/verify`)
  await server.advance(600)
  const { bgpPeers, state } = await read(server, id)
  assert.equal(state, 'available')
  for (const target of [id, bgpPeers[0].bgpPeerId]) {
    const { faultId } = (await operator(server, 'POST', '/faults', { target, kind: 'down' })).body
    assert.equal((await read(server, id)).state, 'down')
    await operator(server, 'DELETE', `/faults/${faultId}`)
    assert.equal((await read(server, id)).state, 'available')
  }
})
