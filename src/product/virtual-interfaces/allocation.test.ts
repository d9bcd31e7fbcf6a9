import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocatePublicVirtualInterfaceCommand,
  AllocateTransitVirtualInterfaceCommand,
  ConfirmPrivateVirtualInterfaceCommand,
  ConfirmPublicVirtualInterfaceCommand,
  ConfirmTransitVirtualInterfaceCommand,
  CreateBGPPeerCommand,
  DeleteVirtualInterfaceCommand,
  DescribeTagsCommand,
  DescribeVirtualInterfacesCommand,
  UpdateVirtualInterfaceAttributesCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'
import {
  allocatePrivate,
  byTheClock,
  connect,
  connectByOperator,
  doneSeconds,
  look,
  makeGateway,
  orderPrivate,
  orderPublic,
  reaches,
  refused,
  virtualGatewayId,
} from '../../../test/tools/virtual-interfaces.ts'

const alice = '111122223333'
const bob = '444455556666'
const remove = (virtualInterfaceId: string | undefined) => new DeleteVirtualInterfaceCommand({ virtualInterfaceId })

test('an allocated virtual interface waits for its owner, who brings the gateway', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [a, b] = [server.client(alice), server.client(bob)]
  const connectionId = await connect(a)
  const tags = [{ key: 'for', value: 'bob' }]
  const { virtualInterfaceId = '', ...made } = await a.send(allocatePrivate(connectionId, bob, { tags, mtu: 8500 }))
  assert.deepEqual(
    [made.virtualInterfaceState, made.ownerAccount, made.amazonSideAsn, made.mtu],
    ['confirming', bob, 7224, 8500],
  )
  assert.deepEqual([made.virtualGatewayId, made.directConnectGatewayId, made.tags], ['', '', []])
  assert.equal((await look(b, virtualInterfaceId))?.virtualInterfaceState, 'confirming')
  assert.equal((await look(a, virtualInterfaceId))?.authKey, made.authKey, 'the router of the connection needs the key')
  assert.equal(await look(server.client('777788889999'), virtualInterfaceId), undefined)
  assert.equal(await look(server.client(bob, 'eu-west-1'), virtualInterfaceId), undefined)

  const confirm = (facts: object) => new ConfirmPrivateVirtualInterfaceCommand({ virtualInterfaceId, ...facts })
  const absent = refused(`VirtualInterface ${virtualInterfaceId} does not exist.`)
  await assert.rejects(a.send(confirm({ virtualGatewayId })), absent, 'the owner of the connection has no say')
  await assert.rejects(server.client(bob, 'eu-west-1').send(confirm({ virtualGatewayId })), absent)
  await assert.rejects(b.send(confirm({})), refused('Field virtualGatewayId or directConnectGatewayId is required'))
  const alices = await makeGateway(a)
  await assert.rejects(
    b.send(confirm({ directConnectGatewayId: alices })),
    refused(`Direct Connect Gateway ${alices} does not exist.`),
  )
  const sameAsn = await makeGateway(b, 65000)
  await assert.rejects(b.send(confirm({ directConnectGatewayId: sameAsn })), refused(/BGP ASN 65000 must differ/))
  await assert.rejects(
    b.send(new ConfirmPublicVirtualInterfaceCommand({ virtualInterfaceId })),
    refused(/is private, not public/),
  )
  await assert.rejects(
    b.send(new UpdateVirtualInterfaceAttributesCommand({ virtualInterfaceId, mtu: 1500 })),
    refused(`UpdateVirtualInterfaceAttributes failed. ${virtualInterfaceId} is in state confirming`),
  )
  await assert.rejects(
    b.send(new CreateBGPPeerCommand({ virtualInterfaceId, newBGPPeer: { asn: 65000, addressFamily: 'ipv6' } })),
    refused(`CreateBGPPeer failed. ${virtualInterfaceId} is in state confirming`),
  )

  const directConnectGatewayId = await makeGateway(b, 64600)
  const confirmed = await b.send(confirm({ directConnectGatewayId }))
  assert.deepEqual([Object.keys(confirmed).length, confirmed.virtualInterfaceState], [2, 'pending'])
  await assert.rejects(b.send(confirm({ directConnectGatewayId })), {
    message: new RegExp(`^ConfirmPrivateVirtualInterface failed. ${virtualInterfaceId} is in state \\w+$`),
  })
  const seen = await reaches(b, virtualInterfaceId, 'available')
  assert.deepEqual([seen.amazonSideAsn, seen.directConnectGatewayId], [64600, directConnectGatewayId])
  assert.deepEqual(seen.tags, tags, 'they are the owner’s')
  const arn = `arn:aws:directconnect:us-east-1:${bob}:dxvif/${virtualInterfaceId}`
  const { resourceTags } = await b.send(new DescribeTagsCommand({ resourceArns: [arn] }))
  assert.deepEqual(resourceTags?.[0]?.tags, tags)
  assert.deepEqual((await look(a, virtualInterfaceId))?.tags, [])
})

test('an allocated public virtual interface is verified once confirmed, a transit one wants a gateway', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [a, b] = [server.client(alice), server.client(bob)]
  const connectionId = await connect(a)
  const { virtualInterfaceId } = await a.send(
    new AllocatePublicVirtualInterfaceCommand({
      connectionId,
      ownerAccount: bob,
      newPublicVirtualInterfaceAllocation: {
        virtualInterfaceName: 'p',
        vlan: 1,
        asn: 65000,
        amazonAddress: '203.0.113.0/31',
        customerAddress: '203.0.113.1/31',
        routeFilterPrefixes: [{ cidr: '198.51.100.0/24' }],
      },
    }),
  )
  assert.equal((await look(b, virtualInterfaceId))?.bgpPeers?.[0]?.bgpPeerState, 'verifying')
  const confirmed = await b.send(new ConfirmPublicVirtualInterfaceCommand({ virtualInterfaceId }))
  assert.equal(confirmed.virtualInterfaceState, 'verifying')
  await reaches(b, virtualInterfaceId, 'available')

  const { virtualInterface: transit } = await a.send(
    new AllocateTransitVirtualInterfaceCommand({
      connectionId,
      ownerAccount: bob,
      newTransitVirtualInterfaceAllocation: { virtualInterfaceName: 't', vlan: 2, asn: 65000 },
    }),
  )
  assert.equal(transit?.virtualInterfaceState, 'confirming')
  const directConnectGatewayId = await makeGateway(b)
  const confirm = { virtualInterfaceId: transit?.virtualInterfaceId, directConnectGatewayId }
  assert.equal((await b.send(new ConfirmTransitVirtualInterfaceCommand(confirm))).virtualInterfaceState, 'pending')
  await reaches(b, transit?.virtualInterfaceId, 'available')
})

test('nobody takes prefixes of another account, or learns which it announces, by allocating to it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [a, b] = [server.client(alice), server.client(bob)]
  const [hers, his] = [await connect(a), await connect(b)]
  const allocate = (vlan: number, routeFilterPrefixes: { cidr: string }[]) =>
    new AllocatePublicVirtualInterfaceCommand({
      connectionId: hers,
      ownerAccount: bob,
      newPublicVirtualInterfaceAllocation: {
        virtualInterfaceName: 'p',
        vlan,
        asn: 65000,
        amazonAddress: `192.0.2.${vlan * 4 + 1}/30`,
        customerAddress: `192.0.2.${vlan * 4 + 2}/30`,
        routeFilterPrefixes,
      },
    })
  await a.send(allocate(1, [{ cidr: '128.0.0.0/1' }]))
  await b.send(orderPublic(his, { routeFilterPrefixes: [{ cidr: '198.51.100.0/24' }] }))
  const { virtualInterfaceId } = await a.send(allocate(2, [{ cidr: '198.51.0.0/16' }]))
  const confirm = new ConfirmPublicVirtualInterfaceCommand({ virtualInterfaceId })
  await assert.rejects(
    b.send(confirm),
    refused('Announced prefixes may not overlap within an account: 198.51.0.0/16 and 198.51.100.0/24'),
  )
  await assert.rejects(a.send(allocate(3, [{ cidr: '9.0.0.0/8' }, { cidr: '9.9.0.0/16' }])), refused(/overlap/))
})

test('what its router announces before its owner confirms it counts by the gateway that is then chosen', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [a, b] = [server.client(alice), server.client(bob)]
  const { virtualInterfaceId = '' } = await a.send(allocatePrivate(await connect(a), bob))
  const all = Array.from({ length: 101 }, (_, n) => ({ cidr: `10.0.${n}.0/24` }))
  // One of them is a loop at a gateway of that ASN, which leaves the 100 that are allowed.
  const routes = all.map((route, n) => (n === 0 ? { ...route, asPath: [64600] } : route))
  await server.operator('PUT', `/virtual-interfaces/${virtualInterfaceId}/customer-routes`, { routes })
  const directConnectGatewayId = await makeGateway(b, 64600)
  await b.send(new ConfirmPrivateVirtualInterfaceCommand({ virtualInterfaceId, directConnectGatewayId }))
  await reaches(b, virtualInterfaceId, 'available')
})

test('only the owner of the connection allocates, and never for itself', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [a, b] = [server.client(alice), server.client(bob)]
  const connectionId = await connect(a)
  await assert.rejects(
    a.send(allocatePrivate(connectionId, alice)),
    refused('Cannot allocate VirtualInterface for the connection owner.'),
  )
  await assert.rejects(
    b.send(allocatePrivate(connectionId, bob)),
    refused(`Could not find Connection with ID ${connectionId}`),
  )
  for (const wrong of ['', 'bob', '12345678901', '1234567890123'])
    await assert.rejects(a.send(allocatePrivate(connectionId, wrong)), refused(/for ownerAccount/))
  // Not even through somebody else's name: its VLAN and addresses are the connection's.
  await a.send(allocatePrivate(connectionId, bob))
  await assert.rejects(a.send(orderPrivate(connectionId, { vlan: 104 })), refused('VLAN 104 is already in use'))
})

test('its owner declines it and it is rejected, its VLAN free at once; the connection’s owner withdraws it', async () => {
  await using server = await startServer(byTheClock)
  const [a, b] = [server.client(alice), server.client(bob)]
  const connectionId = await connectByOperator(server, a)
  const { virtualInterfaceId: declined } = await a.send(allocatePrivate(connectionId, bob))
  assert.equal((await b.send(remove(declined))).virtualInterfaceState, 'rejected')
  assert.equal((await b.send(remove(declined))).virtualInterfaceState, 'rejected', 'again')
  for (const client of [a, b]) assert.equal((await look(client, declined))?.virtualInterfaceState, 'rejected')
  const { virtualInterfaceId: withdrawn } = await a.send(allocatePrivate(connectionId, bob))
  assert.equal((await a.send(remove(withdrawn))).virtualInterfaceState, 'deleting')
  await server.advance(doneSeconds)
  for (const id of [declined, withdrawn]) assert.equal((await look(b, id))?.virtualInterfaceState, 'deleted')
  await assert.rejects(b.send(remove(declined)), refused(`VirtualInterface ${declined} does not exist.`))

  // Once it is confirmed either deletes it.
  for (const client of [a, b]) {
    const { virtualInterfaceId } = await a.send(allocatePrivate(connectionId, bob))
    await b.send(new ConfirmPrivateVirtualInterfaceCommand({ virtualInterfaceId, virtualGatewayId }))
    assert.equal((await client.send(remove(virtualInterfaceId))).virtualInterfaceState, 'deleting')
    await server.advance(doneSeconds)
  }
  const { virtualInterfaces } = await b.send(new DescribeVirtualInterfacesCommand({}))
  assert.deepEqual(new Set(virtualInterfaces?.map((vif) => vif.virtualInterfaceState)), new Set(['deleted']))
})
