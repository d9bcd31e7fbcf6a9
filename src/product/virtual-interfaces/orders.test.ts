import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocateHostedConnectionCommand,
  ConfirmConnectionCommand,
  CreateConnectionCommand,
  CreateInterconnectCommand,
  CreateLagCommand,
  DeleteDirectConnectGatewayCommand,
  DescribeDirectConnectGatewayAttachmentsCommand,
  DescribeVirtualInterfacesCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'
import {
  approved,
  available,
  connect,
  look,
  makeGateway,
  orderPrivate,
  orderPublic,
  orderTransit,
  reaches,
  refused,
  virtualGatewayId,
} from '../../../test/tools/virtual-interfaces.ts'
import { call } from '../../../test/wire/signed.ts'
import { checkedSiteLink } from './rules.ts'

const alice = '111122223333'

test('a private virtual interface is pending, then available; what was left blank is filled in', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const tags = [{ key: 'team', value: 'net' }]
  const { $metadata: _metadata, ...made } = await client.send(orderPrivate(connectionId, { tags }))
  const { virtualInterfaceId: id = '', authKey, amazonAddress, customerAddress } = made
  assert.match(id, /^dxvif-f[0-9a-z]{7}$/)
  assert.match(authKey ?? '', /^0x[\w.]{22}$/)
  assert.match(amazonAddress ?? '', /^169\.254\.\d+\.\d+\/30$/)
  const { awsDeviceV2, bgpPeers, customerRouterConfig } = made
  assert.match(awsDeviceV2 ?? '', /^EqDC2-/)
  const session = { asn: 65000, asnLong: 65000, authKey, amazonAddress, customerAddress, addressFamily: 'ipv4' }
  assert.deepEqual(bgpPeers, [
    {
      bgpPeerId: bgpPeers?.[0]?.bgpPeerId,
      ...session,
      bgpPeerState: 'pending',
      bgpStatus: 'down',
      awsDeviceV2,
      awsLogicalDeviceId: awsDeviceV2,
    },
  ])
  assert.match(bgpPeers?.[0]?.bgpPeerId ?? '', /^dxpeer-f[0-9a-z]{7}$/)
  const constant = {
    ownerAccount: alice,
    virtualInterfaceId: id,
    location: 'EqDC2',
    connectionId,
    virtualInterfaceType: 'private',
    virtualInterfaceName: 'private',
    vlan: 101,
    ...session,
    amazonSideAsn: 64512,
    customerRouterConfig,
    mtu: 1500,
    jumboFrameCapable: true,
    virtualGatewayId,
    directConnectGatewayId: '',
    routeFilterPrefixes: [],
    region: 'us-east-1',
    awsDeviceV2,
    awsLogicalDeviceId: awsDeviceV2,
    tags,
    siteLinkEnabled: false,
  }
  assert.deepEqual(made, { ...constant, virtualInterfaceState: 'pending', bgpPeers })
  assert.ok(customerRouterConfig?.includes(`<bgp_auth_key>${authKey}</bgp_auth_key>`))

  const seen = await reaches(client, id, 'available')
  const up = { ...bgpPeers?.[0], bgpPeerState: 'available', bgpStatus: 'up' }
  assert.deepEqual(seen, { ...constant, virtualInterfaceState: 'available', bgpPeers: [up] })
})

test('a public virtual interface is verified first; under manual provisioning by an operator', async () => {
  for (const provisioning of ['automatic', 'manual'] as const) {
    await using server = await startServer({ timing: 'instant', provisioning })
    const client = server.client(alice)
    const { connectionId } = await client.send(
      new CreateConnectionCommand({ location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'c' }),
    )
    assert.ok(connectionId !== undefined)
    if (provisioning === 'manual') await approved(server, client, connectionId)
    else await available(client, connectionId)
    const prefixes = [{ cidr: '198.51.100.0/24' }, { cidr: '2001:0DB8:0001::/48' }]
    const made = await client.send(orderPublic(connectionId, { asn: 3356, routeFilterPrefixes: prefixes }))
    assert.equal(made.virtualInterfaceState, 'verifying')
    assert.equal(made.bgpPeers?.[0]?.bgpPeerState, 'verifying')
    assert.equal(made.amazonSideAsn, 7224)
    assert.deepEqual([made.virtualGatewayId, made.directConnectGatewayId], ['', ''])
    if (provisioning === 'manual') {
      await server.advance(3600)
      assert.equal((await look(client, made.virtualInterfaceId))?.virtualInterfaceState, 'verifying')
      await server.operator('POST', `/virtual-interfaces/${made.virtualInterfaceId}/verify`)
    }
    const seen = await reaches(client, made.virtualInterfaceId, 'available')
    assert.deepEqual(seen.routeFilterPrefixes, [{ cidr: '198.51.100.0/24' }, { cidr: '2001:db8:1::/48' }])
    assert.deepEqual([seen.bgpPeers?.[0]?.bgpPeerState, seen.bgpPeers?.[0]?.bgpStatus], ['available', 'up'])
  }
})

test('an IPv6 virtual interface gets its addresses from us', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const made = await client.send(orderPublic(connectionId, { addressFamily: 'ipv6' }))
  assert.match(made.amazonAddress ?? '', /^2001:db8:7224:.*\/125$/)
  assert.equal(made.addressFamily, 'ipv6')
  assert.ok(!made.customerRouterConfig?.includes('<customer_address>'))
  const given = { addressFamily: 'ipv6' as const, vlan: 1, amazonAddress: '2001:db8::1/125' }
  await assert.rejects(client.send(orderPrivate(connectionId, given)), refused(/must be left blank/))
})

test('a transit virtual interface needs a Direct Connect gateway, and its answer is wrapped', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const directConnectGatewayId = await makeGateway(client, 64600)
  const order = orderTransit(connectionId, { directConnectGatewayId, mtu: 8500, enableSiteLink: true })
  const { virtualInterface: made } = await client.send(order)
  assert.equal(made?.virtualInterfaceType, 'transit')
  assert.deepEqual([made?.amazonSideAsn, made?.mtu, made?.siteLinkEnabled], [64600, 8500, true])
  await assert.rejects(
    client.send(orderTransit(connectionId, { vlan: 1 })),
    refused('Field directConnectGatewayId is required'),
  )
  await assert.rejects(client.send(orderTransit(connectionId, { directConnectGatewayId, vlan: 1, mtu: 9001 })), {
    message: /Invalid value 9001 for mtu/,
  })
})

test('what carries a virtual interface is the caller’s own and available or down', async () => {
  await using server = await startServer({ timing: 'instant', provisioning: 'manual' })
  const client = server.client(alice)
  const order = { location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'c' }
  const { connectionId = '' } = await client.send(new CreateConnectionCommand(order))
  const unavailable = refused('The specified Connection ID is not available')
  await assert.rejects(client.send(orderPrivate(connectionId)), unavailable, 'requested')
  await server.operator('POST', `/connections/${connectionId}/approve`)
  await assert.rejects(client.send(orderPrivate(connectionId)), unavailable, 'pending')
  await server.operator('POST', `/connections/${connectionId}/cable`)
  await available(client, connectionId)
  await server.operator('POST', '/faults', { target: connectionId, kind: 'down' })
  const { virtualInterfaceId } = await client.send(orderPrivate(connectionId))
  await reaches(client, virtualInterfaceId, 'down')

  const gone = refused(`Could not find Connection with ID ${connectionId}`)
  await assert.rejects(server.client('444455556666').send(orderPrivate(connectionId, { vlan: 1 })), gone)
  await assert.rejects(server.client(alice, 'eu-west-1').send(orderPrivate(connectionId, { vlan: 1 })), gone)
  await assert.rejects(
    client.send(orderPrivate('dxlag-ffffffff')),
    refused('Could not find Lag with ID dxlag-ffffffff'),
  )
})

test('a partner’s interconnects and LAGs carry hosted connections only; a LAG carries what its members would', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const port = { location: 'EqDC2', bandwidth: '1Gbps', interconnectName: 'i' }
  const { interconnectId = '' } = await partner.send(new CreateInterconnectCommand(port))
  const lag = { location: 'EqDC2', connectionsBandwidth: '1Gbps', lagName: 'l', numberOfConnections: 1 }
  const { lagId: partnersLag = '' } = await partner.send(new CreateLagCommand(lag))
  for (const id of [interconnectId, partnersLag])
    await assert.rejects(partner.send(orderPrivate(id)), refused(/cannot carry virtual interfaces directly/))

  const client = server.client(alice)
  const { lagId = '', connections } = await client.send(new CreateLagCommand(lag))
  const member = await available(client, connections?.[0]?.connectionId)
  await assert.rejects(client.send(orderPrivate(member)), refused(/is in Lag dxlag-/))
  const { virtualInterfaceId } = await client.send(orderPrivate(lagId))
  const seen = await reaches(client, virtualInterfaceId, 'available')
  assert.equal(seen.connectionId, lagId)
  assert.match(seen.awsDeviceV2 ?? '', /^EqDC2-/)
})

test('a hosted connection has one virtual interface of any kind, on its own VLAN', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const { interconnectId = '' } = await partner.send(
    new CreateInterconnectCommand({ location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'i' }),
  )
  const slice = { bandwidth: '500Mbps', connectionName: 'h', ownerAccount: alice, vlan: 77 }
  const { connectionId = '' } = await partner.send(
    new AllocateHostedConnectionCommand({ connectionId: interconnectId, ...slice }),
  )
  const client = server.client(alice)
  await assert.rejects(
    client.send(orderPrivate(connectionId, { vlan: 77 })),
    refused('The specified Connection ID is not available'),
  )
  await client.send(new ConfirmConnectionCommand({ connectionId }))
  await available(client, connectionId)
  await assert.rejects(
    client.send(orderPrivate(connectionId)),
    refused(/Invalid value 101 for vlan: the VLAN of hosted connection dxcon-\w+ is 77/),
  )
  const { virtualInterfaceId } = await client.send(orderPrivate(connectionId, { vlan: 77 }))
  assert.match((await reaches(client, virtualInterfaceId, 'available')).awsDeviceV2 ?? '', /^EqDC2-/)
  await assert.rejects(
    client.send(orderPublic(connectionId, { vlan: 77 })),
    refused(/VLAN 77 is already in use|only 1/),
  )
  const mine = await partner.send(new DescribeVirtualInterfacesCommand({ connectionId }))
  assert.deepEqual(mine.virtualInterfaces, [], 'the partner has no part in it')
})

test('a VLAN is 1 to 4094 and one virtual interface’s alone; names have 1 to 100 characters', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  await client.send(orderPrivate(connectionId))
  await assert.rejects(client.send(orderPublic(connectionId, { vlan: 101 })), refused('VLAN 101 is already in use'))
  for (const vlan of [0, 4095, -1])
    await assert.rejects(
      client.send(orderPrivate(connectionId, { vlan })),
      refused(/for vlan: it must be in the range/),
    )
  for (const virtualInterfaceName of ['', 'x'.repeat(101)])
    await assert.rejects(client.send(orderPrivate(connectionId, { vlan: 1, virtualInterfaceName })), {
      message: /virtualInterfaceName: its length \d+ is not within 1 to 100/,
    })
  for (const vlan of [1, 4094])
    await client.send(orderPrivate(connectionId, { vlan, virtualInterfaceName: 'Mein VPC 1' }))
  await assert.rejects(client.send(orderTransit(connectionId, { vlan: undefined, directConnectGatewayId: '' })), {
    name: 'DirectConnectClientException',
  })
})

test('addresses, ASNs, MTUs, keys and prefixes are checked; a refused order leaves nothing', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const addresses = { amazonAddress: '10.0.0.1/30', customerAddress: '10.0.0.2/30' }
  await client.send(orderPrivate(connectionId, addresses))
  const wrong = [
    [{ ...addresses, amazonAddress: '10.0.0.4/30' }, 'Amazon Address and Customer Address must be in the same CIDR'],
    [addresses, /overlaps with another virtual interface/],
    [{ asn: -94967296 }, 'BGP ASN -94967296 must have value greater than or equal to 1'],
    [{ asn: undefined }, 'Field asn or asnLong is required'],
    [{ asn: 64512 }, /BGP ASN 64512 must differ/],
    [{ mtu: 1501 }, /Invalid value 1501 for mtu/],
    [{ authKey: 'short' }, /authKey: its length 5/],
    [{ virtualGatewayId: 'vgw-xyz' }, 'The VirtualGateway vgw-xyz does not exist.'],
    [{ virtualGatewayId: '' }, 'Field virtualGatewayId or directConnectGatewayId is required'],
    [{ directConnectGatewayId: 'g', virtualGatewayId }, /Only one of/],
    [{ directConnectGatewayId: 'g' }, 'Direct Connect Gateway g does not exist.'],
    [{ enableSiteLink: true }, /only virtual interfaces on a Direct Connect gateway have SiteLink/],
  ] as const
  for (const [facts, message] of wrong)
    await assert.rejects(client.send(orderPrivate(connectionId, { vlan: 1, ...facts })), refused(message))
  await assert.rejects(
    client.send(orderPublic(connectionId, addresses)),
    refused('Amazon Address is not allowed to contain a private IP'),
  )
  await assert.rejects(client.send(orderPublic(connectionId, { asn: 7224 })), refused(/7224 must differ/))
  await assert.rejects(
    client.send(orderPublic(connectionId, { routeFilterPrefixes: [] })),
    refused(/routeFilterPrefixes/),
  )
  const { virtualInterfaces } = await client.send(new DescribeVirtualInterfacesCommand({}))
  assert.equal(virtualInterfaces?.length, 1)

  const long = await client.send(
    orderPrivate(connectionId, { vlan: 1, asn: 7, asnLong: 4_200_000_000, mtu: 9001, authKey: 'a<b&c>"d' }),
  )
  assert.deepEqual([long.asn, long.asnLong, long.mtu, long.authKey], [0, 4_200_000_000, 9001, 'a<b&c>"d'])
  assert.ok(long.customerRouterConfig?.includes('<bgp_asn>4200000000</bgp_asn>'))
})

test('a Direct Connect gateway is the caller’s own, and has private or transit virtual interfaces, not both', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const gateways = [await makeGateway(client, 64600), await makeGateway(client), await makeGateway(client)] as const
  const [forPrivate, forTransit, leaving] = gateways
  const made = await client.send(
    orderPrivate(connectionId, { directConnectGatewayId: forPrivate, enableSiteLink: true }),
  )
  assert.deepEqual([made.amazonSideAsn, made.directConnectGatewayId, made.virtualGatewayId], [64600, forPrivate, ''])
  await client.send(orderTransit(connectionId, { directConnectGatewayId: forTransit }))
  await assert.rejects(
    client.send(orderTransit(connectionId, { directConnectGatewayId: forPrivate, vlan: 1 })),
    refused(/has private virtual interfaces/),
  )
  await assert.rejects(
    client.send(orderPrivate(connectionId, { directConnectGatewayId: forTransit, vlan: 1 })),
    refused(/has transit virtual interfaces/),
  )
  const strangers = await makeGateway(server.client('444455556666'))
  await assert.rejects(
    client.send(orderPrivate(connectionId, { directConnectGatewayId: strangers, vlan: 1 })),
    refused(`Direct Connect Gateway ${strangers} does not exist.`),
  )
  await client.send(new DeleteDirectConnectGatewayCommand({ directConnectGatewayId: leaving }))
  await assert.rejects(
    client.send(orderPrivate(connectionId, { directConnectGatewayId: leaving, vlan: 1 })),
    refused(/being deleted|does not exist/),
  )
  const { directConnectGatewayAttachments } = await client.send(
    new DescribeDirectConnectGatewayAttachmentsCommand({ directConnectGatewayId: forTransit }),
  )
  assert.deepEqual(
    directConnectGatewayAttachments?.map((each) => [each.attachmentType, each.virtualInterfaceRegion]),
    [['TransitVirtualInterface', 'us-east-1']],
  )
})

test('a connection carries 50 private and public, 4 transit and 51 virtual interfaces; a gateway has 30', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client)
  const first = await makeGateway(client)
  for (let vlan = 1; vlan <= 30; vlan++)
    await client.send(orderPrivate(connectionId, { vlan, directConnectGatewayId: first }))
  await assert.rejects(
    client.send(orderPrivate(connectionId, { vlan: 31, directConnectGatewayId: first })),
    refused(`You have reached the limit of 30 virtual interfaces on Direct Connect Gateway ${first}`),
  )
  for (let vlan = 31; vlan <= 50; vlan++) await client.send(orderPrivate(connectionId, { vlan }))
  await assert.rejects(
    client.send(orderPrivate(connectionId, { vlan: 51 })),
    refused(/limit of 50 private and public virtual interfaces/),
  )
  const directConnectGatewayId = await makeGateway(client)
  await client.send(orderTransit(connectionId, { vlan: 51, directConnectGatewayId }))
  await assert.rejects(
    client.send(orderTransit(connectionId, { vlan: 52, directConnectGatewayId })),
    refused(/limit of 51 virtual interfaces/),
  )
  const other = await connect(client)
  for (let vlan = 1; vlan <= 4; vlan++) await client.send(orderTransit(other, { vlan, directConnectGatewayId }))
  await assert.rejects(
    client.send(orderTransit(other, { vlan: 5, directConnectGatewayId })),
    refused(/limit of 4 transit virtual interfaces/),
  )

  // Every automatic network is another one.
  const { virtualInterfaces } = await client.send(new DescribeVirtualInterfacesCommand({ connectionId }))
  assert.equal(new Set(virtualInterfaces?.map((vif) => vif.amazonAddress)).size, 51)
  await server.operator('PUT', `/accounts/${alice}/quotas`, { transitVirtualInterfacesPerConnection: 5 })
  await client.send(orderTransit(other, { vlan: 5, directConnectGatewayId }))
})

test('a rate limit is shown, changed and lifted', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(alice)
  const connectionId = await connect(client, '1Gbps')
  // The official SDK does not know these members yet.
  const send = (target: string, body: object) => call(server.url, { key: alice, target, body: JSON.stringify(body) })
  const order = (facts: object) =>
    send('CreatePrivateVirtualInterface', {
      connectionId,
      newPrivateVirtualInterface: { virtualInterfaceName: 'v', vlan: 1, asn: 65000, virtualGatewayId, ...facts },
    })
  const { json: made } = await order({ rateLimit: '500Mbps' })
  assert.equal(made.rateLimit, '500Mbps')
  const { virtualInterfaceId } = made
  const update = (facts: object) => send('UpdateVirtualInterfaceAttributes', { virtualInterfaceId, ...facts })
  assert.equal((await update({ rateLimit: '900Mbps' })).json.rateLimit, '900Mbps')
  assert.equal((await update({ rateLimit: 'Unlimited' })).json.rateLimit, undefined)
  assert.match((await update({ rateLimit: '2Gbps' })).json.message, /more than the speed of dxcon-/)
  for (let vlan = 2; vlan <= 11; vlan++) assert.equal((await order({ vlan, rateLimit: '50Mbps' })).status, 200)
  assert.equal((await order({ vlan: 12, rateLimit: '50Mbps' })).code, 'LimitExceededException')
})

test('SiteLink is not sold in GovCloud and China', () => {
  const attached = { directConnectGatewayId: 'gateway' }
  for (const region of ['us-east-1', 'ca-central-1', 'eusc-de-east-1'])
    assert.ok(checkedSiteLink(true, region, attached))
  for (const region of ['us-gov-east-1', 'us-gov-west-1', 'cn-north-1', 'cn-northwest-1']) {
    const message = `Invalid value true for enableSiteLink: SiteLink is not available in ${region}`
    assert.throws(() => checkedSiteLink(true, region, attached), { message })
    assert.equal(checkedSiteLink(false, region, attached), false)
  }
})
