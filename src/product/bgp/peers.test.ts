import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type BGPPeer,
  CreateBGPPeerCommand,
  DeleteBGPPeerCommand,
  type DeleteBGPPeerRequest,
  type NewBGPPeer,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'
import {
  allocatePrivate,
  byTheClock,
  connect,
  connectByOperator,
  doneSeconds,
  look,
  orderPrivate,
  orderPublic,
  reaches,
  refused,
} from '../../../test/tools/virtual-interfaces.ts'

const alice = '111122223333'
const add = (virtualInterfaceId: string | undefined, newBGPPeer: NewBGPPeer) =>
  new CreateBGPPeerCommand({ virtualInterfaceId, newBGPPeer })
const remove = (virtualInterfaceId: string | undefined, facts: DeleteBGPPeerRequest) =>
  new DeleteBGPPeerCommand({ virtualInterfaceId, ...facts })
const familiesOf = (peers: readonly BGPPeer[] | undefined) =>
  peers?.map((peer) => [peer.addressFamily, peer.bgpPeerState])

test('a virtual interface has one BGP peer of each family; the last one stays', async () => {
  await using server = await startServer(byTheClock)
  const client = server.client(alice)
  const connectionId = await connectByOperator(server, client)
  const { virtualInterfaceId: id, ...made } = await client.send(orderPrivate(connectionId))
  await server.advance(doneSeconds)
  const { virtualInterface: both } = await client.send(add(id, { addressFamily: 'ipv6', asnLong: 4_200_000_001 }))
  assert.deepEqual(familiesOf(both?.bgpPeers), [
    ['ipv4', 'available'],
    ['ipv6', 'pending'],
  ])
  const ipv6 = both?.bgpPeers?.[1]
  assert.match(ipv6?.amazonAddress ?? '', /^2001:db8:7224:.*\/125$/)
  assert.deepEqual([ipv6?.asn, ipv6?.asnLong], [0, 4_200_000_001])
  assert.notEqual(ipv6?.authKey, made.authKey)
  assert.equal(both?.amazonAddress, made.amazonAddress, 'the first one is shown as the virtual interface’s own')
  assert.ok(both?.customerRouterConfig?.includes(`<ipv6_bgp_auth_key>${ipv6?.authKey}</ipv6_bgp_auth_key>`))
  assert.equal(both?.virtualInterfaceState, 'available')
  for (const peer of [{ addressFamily: 'ipv6' as const, asn: 65000 }, { asn: 65000 }])
    await assert.rejects(client.send(add(id, peer)), refused(/already has a BGP peer of the address family ipv[46]/))

  const { virtualInterface: one } = await client.send(remove(id, { asn: 65000, customerAddress: made.customerAddress }))
  assert.deepEqual(familiesOf(one?.bgpPeers), [
    ['ipv4', 'deleting'],
    ['ipv6', 'pending'],
  ])
  assert.equal(one?.amazonAddress, ipv6?.amazonAddress)
  const last = refused('The last BGP Peer on a Virtual Interface cannot be deleted')
  await assert.rejects(client.send(remove(id, { bgpPeerId: ipv6?.bgpPeerId })), last)
  await client.send(remove(id, { bgpPeerId: made.bgpPeers?.[0]?.bgpPeerId }))
  await assert.rejects(client.send(add(id, { asn: 65000 })), refused(/already has/), 'until it is gone')
  await server.advance(doneSeconds)
  assert.deepEqual(familiesOf((await look(client, id))?.bgpPeers), [['ipv6', 'available']])
  await assert.rejects(
    client.send(remove(id, { bgpPeerId: made.bgpPeers?.[0]?.bgpPeerId })),
    refused(/no such BGP peer/),
  )
  await assert.rejects(client.send(remove(id, { asnLong: 4_200_000_001, customerAddress: '' })), last)
  const { virtualInterface: again } = await client.send(add(id, { asn: 65001, authKey: 'chosen' }))
  assert.equal(again?.bgpPeers?.[1]?.authKey, 'chosen')
  const { virtualInterface: without } = await client.send(remove(id, { asn: 65001 }))
  assert.equal(without?.bgpPeers?.[1]?.bgpPeerState, 'deleting')
})

test('a BGP peer is named by its id, or by ASN and address, of which the ASN alone may not be enough', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const { virtualInterfaceId: id, ...made } = await client.send(orderPrivate(connectionId))
  const { virtualInterface } = await client.send(add(id, { addressFamily: 'ipv6', asn: 65000 }))
  const address = virtualInterface?.bgpPeers?.[1]?.customerAddress
  await assert.rejects(client.send(remove(id, { asn: 65000, customerAddress: '' })), refused(/more than one such/))
  await assert.rejects(client.send(remove(id, { asn: 65009, customerAddress: address })), refused(/no such BGP peer/))
  await assert.rejects(client.send(remove(id, { asn: 65000, customerAddress: 'x' })), refused(/for customerAddress/))
  await assert.rejects(client.send(remove(id, { customerAddress: address })), refused(/asn or asnLong is required/))
  await assert.rejects(client.send(remove(undefined, { asn: 65000 })), refused('Field virtualInterfaceId is required'))
  const expanded = address?.replace('::', ':0:0:0:0:').toUpperCase()
  const spelt = expanded?.split(':').length === 8 ? expanded : address
  await client.send(remove(id, { asn: 65000, customerAddress: spelt }))
  const seen = await look(client, id)
  assert.deepEqual(
    seen?.bgpPeers?.map((peer) => peer.bgpPeerId),
    [made.bgpPeers?.[0]?.bgpPeerId],
  )
})

test('a second peer of a public virtual interface is verified, with a private ASN or the one it has', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const { virtualInterfaceId: id } = await client.send(orderPublic(connectionId, { asn: 3356 }))
  await reaches(client, id, 'available')
  await assert.rejects(
    client.send(add(id, { addressFamily: 'ipv6', asn: 1299 })),
    refused(/ASN 1299 must be private or already whitelisted for the virtual interface/),
  )
  const { virtualInterface } = await client.send(add(id, { addressFamily: 'ipv6', asn: 3356 }))
  assert.equal(virtualInterface?.bgpPeers?.[1]?.bgpPeerState, 'verifying')
  assert.equal(virtualInterface?.virtualInterfaceState, 'available')
  await client.send(remove(id, { bgpPeerId: virtualInterface?.bgpPeers?.[1]?.bgpPeerId }))
  await peersAre(1)
  await client.send(add(id, { addressFamily: 'ipv6', asn: 65000 }))
  await client.send(remove(id, { bgpPeerId: virtualInterface?.bgpPeers?.[0]?.bgpPeerId }))
  await peersAre(1)
  const addresses = { amazonAddress: '203.0.113.5/30', customerAddress: '203.0.113.6/30' }
  await assert.rejects(client.send(add(id, { asn: 65000 })), refused('Field amazonAddress is required'))
  await client.send(add(id, { asn: 65000, ...addresses }))

  async function peersAre(count: number) {
    for (let attempt = 0; attempt < 100; attempt++) if ((await look(client, id))?.bgpPeers?.length === count) return
    assert.fail('the deleted peer stays')
  }
})

test('sessions are their owner’s: the ASN differs from ours, the addresses are free, and nobody else has a say', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const addresses = { amazonAddress: '10.0.0.1/30', customerAddress: '10.0.0.2/30' }
  await client.send(orderPrivate(connectionId, addresses))
  const { virtualInterfaceId: id } = await client.send(orderPrivate(connectionId, { vlan: 2, addressFamily: 'ipv6' }))
  await assert.rejects(client.send(add(id, { asn: 64512 })), refused(/BGP ASN 64512 must differ/))
  await assert.rejects(client.send(add(id, { asn: 65000, ...addresses })), refused(/overlaps with another/))
  await assert.rejects(client.send(new CreateBGPPeerCommand({ virtualInterfaceId: id })), refused(/newBGPPeer/))
  const { virtualInterface } = await client.send(add(id, { asn: 65000 }))
  assert.match(virtualInterface?.bgpPeers?.[1]?.amazonAddress ?? '', /^169\.254\./)

  const { virtualInterfaceId: hosted } = await client.send(allocatePrivate(connectionId, '444455556666'))
  const absent = refused(`VirtualInterface ${hosted} does not exist.`)
  await assert.rejects(client.send(add(hosted, { addressFamily: 'ipv6', asn: 65000 })), absent)
  await assert.rejects(client.send(remove(hosted, { asn: 65000 })), absent)
})
