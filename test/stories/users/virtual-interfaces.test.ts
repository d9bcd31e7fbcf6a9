// What went wrong for people who make virtual interfaces from code, each as a test.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  AllocatePrivateVirtualInterfaceCommand,
  ConfirmPrivateVirtualInterfaceCommand,
  CreateBGPPeerCommand,
  DescribeVirtualInterfacesCommand,
  UpdateVirtualInterfaceAttributesCommand,
} from '@aws-sdk/client-direct-connect'
import { python, skipWithout } from '../../tools/clients.ts'
import { ec2 } from '../../tools/companions.ts'
import { makeVirtualGateway } from '../../tools/gateways.ts'
import { startServer } from '../../tools/server.ts'
import {
  connect,
  look,
  makeGateway,
  orderPrivate,
  orderPublic,
  reaches,
  refused,
} from '../../tools/virtual-interfaces.ts'
import { script } from './script.ts'

const alice = '111122223333'
const bob = '444455556666'

describe('virtual interfaces, as users met them in boto3', skipWithout('boto3', python), () => {
  // equinix/terraform-provider-equinix #26: whoever does not wait for the connection loses the race.
  test('a virtual interface was made before its connection was available', async () => {
    await using server = await startServer({ timing: 'aws', provisioning: 'automatic' })
    const seen = await script(
      server,
      `
id = dx.create_connection(connectionName='c', bandwidth='1Gbps', location='EqDC2')['connectionId']
gateway = dx.create_direct_connect_gateway(directConnectGatewayName='g')['directConnectGateway']['directConnectGatewayId']
order = lambda: refused(dx.create_private_virtual_interface, connectionId=id, newPrivateVirtualInterface={
    'virtualInterfaceName': 'v', 'vlan': 101, 'asn': 65000, 'directConnectGatewayId': gateway})
seen = [[connection(id)['connectionState'], order()]]
advance(72 * 3600)
seen.append([connection(id)['connectionState'], order()])
operator('POST', '/connections/%s/cable' % id)
seen.append([connection(id)['connectionState'], order()])
show(seen)
`,
    )
    const [requested, pending, available] = seen
    const refusal = { code: 'DirectConnectClientException', message: 'The specified Connection ID is not available' }
    assert.deepEqual(
      [requested, pending],
      [
        ['requested', refusal],
        ['pending', refusal],
      ],
    )
    assert.equal(available[0], 'available')
    assert.equal(available[1].answered.virtualInterfaceState, 'pending')
  })

  // hashicorp/terraform-provider-aws #40879: a 4-byte ASN that went through a 32-bit integer.
  test('a long ASN overflowed into a negative one', async () => {
    await using server = await startServer({ timing: 'instant' })
    const seen = await script(
      server,
      `
id = dx.create_connection(connectionName='c', bandwidth='1Gbps', location='EqDC2')['connectionId']
advance(1)
gateway = dx.create_direct_connect_gateway(directConnectGatewayName='g')['directConnectGateway']['directConnectGatewayId']
order = lambda asn: refused(dx.create_private_virtual_interface, connectionId=id, newPrivateVirtualInterface={
    'virtualInterfaceName': 'v', 'vlan': 101, 'asn': asn, 'directConnectGatewayId': gateway})
show([order(asn) for asn in (4200000000 - 2 ** 32, 2147483647, 4200000000, 65000)])
`,
    )
    const [negative, above, beyond, short] = seen
    assert.deepEqual(negative, {
      code: 'DirectConnectClientException',
      message: 'BGP ASN -94967296 must have value greater than or equal to 1',
    })
    assert.deepEqual(above, {
      code: 'DirectConnectClientException',
      message: 'BGP ASN 2147483647 must have value less than or equal to 2147483646',
    })
    assert.equal(beyond.code, 'SerializationException', 'it is no 32-bit integer')
    assert.equal(short.answered.asn, 65_000)
  })
})

// hashicorp/terraform-provider-aws PR #45855, #49518, #49589: which of the two members holds it, and what imports read.
test('an ASN was read back from the member that did not hold it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const directConnectGatewayId = await makeGateway(client)
  const asked = [
    { vlan: 101, asn: 65_000 },
    { vlan: 102, asn: undefined, asnLong: 65_000 },
    { vlan: 103, asn: undefined, asnLong: 4_200_000_000 },
    { vlan: 104, asn: 65_001, asnLong: 4_200_000_000 },
    { vlan: 105, asn: 0, asnLong: 65_002 },
  ]
  for (const facts of asked) await client.send(orderPrivate(connectionId, { ...facts, directConnectGatewayId }))
  const { virtualInterfaces = [] } = await client.send(new DescribeVirtualInterfacesCommand({ connectionId }))
  assert.deepEqual(virtualInterfaces.map(({ vlan, asn, asnLong }) => [vlan, asn, asnLong]).toSorted(), [
    [101, 65_000, 65_000],
    [102, 65_000, 65_000],
    [103, 0, 4_200_000_000],
    [104, 0, 4_200_000_000],
    [105, 65_002, 65_002],
  ])
  for (const { asn, asnLong, bgpPeers } of virtualInterfaces)
    assert.deepEqual(
      bgpPeers?.map((peer) => [peer.asn, peer.asnLong]),
      [[asn, asnLong]],
    )
})

// hashicorp/terraform-provider-aws #39191, PR #49571, #22187: an allocation cannot ask for SiteLink. Its owner confirms it,
// waits until it is available, and then switches SiteLink on; the virtual interface stays the same one.
test('SiteLink was asked for before the owner of a hosted virtual interface had confirmed it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [owner, accepter] = [server.client(alice), server.client(bob)]
  const connectionId = await connect(owner)
  const withSiteLink = { virtualInterfaceName: 'v', vlan: 101, asn: 65_000, enableSiteLink: true }
  const allocation = { connectionId, ownerAccount: bob, newPrivateVirtualInterfaceAllocation: withSiteLink }
  // The SDK drops the member, as the API has none of that name.
  const { virtualInterfaceId } = await owner.send(new AllocatePrivateVirtualInterfaceCommand(allocation))
  assert.equal((await look(accepter, virtualInterfaceId))?.siteLinkEnabled, false)
  const switchOn = () => new UpdateVirtualInterfaceAttributesCommand({ virtualInterfaceId, enableSiteLink: true })
  await assert.rejects(owner.send(switchOn()), refused(`VirtualInterface ${virtualInterfaceId} does not exist.`))
  await assert.rejects(
    accepter.send(switchOn()),
    refused(`UpdateVirtualInterfaceAttributes failed. ${virtualInterfaceId} is in state confirming`),
  )

  const directConnectGatewayId = await makeGateway(accepter)
  await accepter.send(new ConfirmPrivateVirtualInterfaceCommand({ virtualInterfaceId, directConnectGatewayId }))
  const before = await reaches(accepter, virtualInterfaceId, 'available')
  const after = await accepter.send(switchOn())
  assert.deepEqual(after, { ...before, $metadata: after.$metadata, siteLinkEnabled: true }, 'in place')
})

test('SiteLink was asked for on a virtual private gateway', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const { virtualGatewayId } = await makeVirtualGateway(ec2(server, alice), '10.0.0.0/16')
  const order = orderPrivate(connectionId, { virtualGatewayId, enableSiteLink: true })
  await assert.rejects(client.send(order), refused(/only virtual interfaces on a Direct Connect gateway have SiteLink/))
  const { virtualInterfaceId } = await client.send(orderPrivate(connectionId, { virtualGatewayId }))
  await reaches(client, virtualInterfaceId, 'available')
  const update = new UpdateVirtualInterfaceAttributesCommand({ virtualInterfaceId, enableSiteLink: true })
  await assert.rejects(client.send(update), refused(/SiteLink/))
})

// hashicorp/terraform-provider-aws #8841, aws/aws-sdk #444: configurations of old ask for 9001, those of today for 8500.
test('a jumbo MTU was refused, or made a new virtual interface', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const directConnectGatewayId = await makeGateway(client)
  const connectionId = await connect(client)
  const { virtualInterfaceId } = await client.send(orderPrivate(connectionId, { directConnectGatewayId }))
  const before = await reaches(client, virtualInterfaceId, 'available')
  for (const mtu of [8500, 9001, 1500]) {
    await client.send(new UpdateVirtualInterfaceAttributesCommand({ virtualInterfaceId, mtu }))
    assert.deepEqual(await reaches(client, virtualInterfaceId, 'available'), { ...before, mtu })
  }
})

// hashicorp/terraform-provider-aws #25989
test('a public virtual interface got one of its two addresses', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  for (const missing of ['amazonAddress', 'customerAddress'] as const)
    await assert.rejects(client.send(orderPublic(connectionId, { [missing]: undefined })), refused(new RegExp(missing)))
})

// hashicorp/terraform-provider-aws #26729, #41128: a BGP peer is imported by its id.
test('a BGP peer could not be told from another one', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const directConnectGatewayId = await makeGateway(client)
  const { virtualInterfaceId } = await client.send(orderPrivate(await connect(client), { directConnectGatewayId }))
  const newBGPPeer = { asn: 65_000, addressFamily: 'ipv6' } as const
  await client.send(new CreateBGPPeerCommand({ virtualInterfaceId, newBGPPeer }))
  const peers = async () => (await reaches(client, virtualInterfaceId, 'available')).bgpPeers ?? []
  const ids = (await peers()).map(({ addressFamily, bgpPeerId }) => [addressFamily, bgpPeerId])
  assert.deepEqual(ids.map(([family]) => family).toSorted(), ['ipv4', 'ipv6'])
  for (const [, id] of ids) assert.match(id ?? '', /^dxpeer-[0-9a-z]{8}$/)
  await server.restart()
  assert.deepEqual(
    (await peers()).map(({ addressFamily, bgpPeerId }) => [addressFamily, bgpPeerId]),
    ids,
  )
})
