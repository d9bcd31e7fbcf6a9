import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DeleteBGPPeerCommand,
  DeleteVirtualInterfaceCommand,
  type DirectConnectClient,
} from '@aws-sdk/client-direct-connect'
import { startServer, type TestServer } from '../../tools/server.ts'
import { apply } from '../../tools/terraform.ts'
import { configure, type Provider } from '../../tools/terraform-provider.ts'
import { dxBgpPeer } from './resources/aws-dx-bgp-peer.ts'
import { dxConnection } from './resources/aws-dx-connection.ts'
import { dxGateway } from './resources/aws-dx-gateway.ts'
import {
  dxPrivateVirtualInterface,
  dxPublicVirtualInterface,
  dxTransitVirtualInterface,
} from './resources/aws-dx-virtual-interface.ts'
import { vpc, vpnGateway } from './resources/aws-vpc.ts'

const account = '111122223333'
const session = { name: 'tf-acc-test', vlan: 2094, address_family: 'ipv4', bgp_asn: 65352 } as const
const publicSession = {
  ...session,
  amazon_address: '175.45.176.1/28',
  customer_address: '175.45.176.2/28',
  route_filter_prefixes: new Set(['210.52.109.0/24', '175.45.176.0/22']),
}

/** As the acceptance tests find it: a connection that is there already. */
async function connected(server: TestServer, provider: Provider): Promise<string> {
  const config = { name: 'there already', location: 'EqDC2', bandwidth: '10Gbps' }
  const connection = await apply(provider, dxConnection, config)
  await server.advance(5)
  return connection.state().id
}

const gatewayOf = async (provider: Provider): Promise<string> =>
  (await apply(provider, dxGateway, { name: 'tf-acc-test', amazon_side_asn: '64512' })).state().id

const disappear = (directConnect: DirectConnectClient, virtualInterfaceId: string) =>
  directConnect.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId }))

test('aws_dx_private_virtual_interface: what is not configured is found; the MTU changes in place', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection_id = await connected(server, provider)
  const gateway = await apply(provider, vpnGateway, {})
  const config = { ...session, connection_id, vpn_gateway_id: gateway.state().id }
  const vif = await apply(provider, dxPrivateVirtualInterface, config)
  const { id, arn, amazon_address, customer_address, bgp_auth_key, aws_device, ...rest } = vif.state()
  assert.equal(arn, `arn:aws:directconnect:us-east-1:${account}:dxvif/${id}`)
  assert.match(amazon_address, /^169\.254\.\d+\.\d+\/30$/)
  assert.match(customer_address, /^169\.254\.\d+\.\d+\/30$/)
  assert.match(bgp_auth_key, /./)
  assert.match(aws_device, /^EqDC2-/)
  assert.deepEqual(rest, {
    ...config,
    amazon_side_asn: '64512',
    bgp_asn_long: '',
    dx_gateway_id: '',
    jumbo_frame_capable: true,
    mtu: 1500,
    sitelink_enabled: false,
    tags: {},
  })
  await vif.import()
  await vif.update({ mtu: 9001 })
  await vif.import()
  await vif.destroy()
  await gateway.destroy()
})

test('aws_dx_private_virtual_interface: tags', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection_id = await connected(server, provider)
  const dx_gateway_id = await gatewayOf(provider)
  const config = { ...session, connection_id, dx_gateway_id }
  const vif = await apply(provider, dxPrivateVirtualInterface, { ...config, tags: { Key1: 'Value1', Key2: 'Value2a' } })
  await vif.update({ tags: { Key2: 'Value2b', Key3: 'Value3' } })
  await vif.import()
})

test('aws_dx_private_virtual_interface: on a Direct Connect gateway SiteLink goes on and off; all that is configured stays', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection_id = await connected(server, provider)
  const dx_gateway_id = await gatewayOf(provider)
  const vif = await apply(provider, dxPrivateVirtualInterface, {
    ...session,
    connection_id,
    dx_gateway_id,
    mtu: 9001,
    sitelink_enabled: true,
    amazon_address: '169.254.33.1/30',
    customer_address: '169.254.33.2/30',
    bgp_auth_key: 'a-key-of-mine',
  })
  await vif.update({ sitelink_enabled: false })
  await vif.update({ sitelink_enabled: true, mtu: 1500 })
  await vif.import()
  await disappear(provider.directConnect, vif.state().id)
  await server.advance(5)
  assert.equal(await vif.plan(), 'create')
})

test('aws_dx_private_virtual_interface: a long ASN is sent beside an ASN of 0; an IPv6 session is given its addresses', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection_id = await connected(server, provider)
  const dx_gateway_id = await gatewayOf(provider)
  const { bgp_asn: _short, ...unnumbered } = session
  const long = { ...unnumbered, connection_id, dx_gateway_id, bgp_asn_long: '4200000123' }
  const vif = await apply(provider, dxPrivateVirtualInterface, { ...long, address_family: 'ipv6' })
  assert.match(vif.state().amazon_address, /:.*\/125$/)
  await vif.import()
  const short = await apply(provider, dxPrivateVirtualInterface, { ...long, vlan: 7, bgp_asn_long: '65001' })
  assert.equal(short.state().bgp_asn_long, '65001')
  await vif.destroy()
})

test('aws_dx_transit_virtual_interface: made, its MTU and SiteLink changed, tagged, imported, destroyed', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection_id = await connected(server, provider)
  const dx_gateway_id = await gatewayOf(provider)
  const config = { ...session, connection_id, dx_gateway_id }
  const vif = await apply(provider, dxTransitVirtualInterface, { ...config, tags: { Key1: 'Value1' } })
  const { arn, id, amazon_address, aws_device, bgp_auth_key, jumbo_frame_capable } = vif.state()
  assert.equal(arn, `arn:aws:directconnect:us-east-1:${account}:dxvif/${id}`)
  assert.ok(amazon_address !== '' && aws_device !== '' && bgp_auth_key !== '' && jumbo_frame_capable)
  await vif.update({ mtu: 8500 })
  await vif.update({ sitelink_enabled: true, tags: { Key1: 'Value1', Key2: 'Value2' } })
  await vif.import()
  await vif.destroy()
})

test('aws_dx_public_virtual_interface: taken for made while it is verified; its prefixes are a set', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection_id = await connected(server, provider)
  const vif = await apply(provider, dxPublicVirtualInterface, { ...publicSession, connection_id })
  assert.equal(vif.state().amazon_side_asn, '7224')
  await vif.import()
  await vif.update({ tags: { Key1: 'Value1' } })
  await vif.destroy()

  const ipv6 = await apply(provider, dxPublicVirtualInterface, {
    ...session,
    address_family: 'ipv6',
    connection_id,
    route_filter_prefixes: new Set(['2400:cb00::/32']),
  })
  await ipv6.import()
})

test('aws_dx_private_virtual_interface: without an account id its ARN has none, and names it all the same', async () => {
  await using server = await startServer({ timing: 'fast' })
  const known = await configure(server, account)
  const connection_id = await connected(server, known)
  const provider = { ...known, accountId: '' }
  const dx_gateway_id = await gatewayOf(known)
  const vif = await apply(provider, dxPrivateVirtualInterface, { ...session, connection_id, dx_gateway_id })
  assert.match(vif.state().arn, /^arn:aws:directconnect:us-east-1::dxvif\/dxvif-/)
  await vif.update({ tags: { Key1: 'Value1' } })
  await vif.import()
  const gateway = await apply(provider, dxGateway, { name: 'x', amazon_side_asn: '64512', tags: { Key1: 'Value1' } })
  await gateway.update({ tags: { Key1: 'Value2' } })
})

test('aws_dx_bgp_peer: a second session by family and ASN; the last is left where it is', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection_id = await connected(server, provider)
  const dx_gateway_id = await gatewayOf(provider)
  const vif = await apply(provider, dxPrivateVirtualInterface, { ...session, connection_id, dx_gateway_id })
  const virtual_interface_id = vif.state().id
  const config = { virtual_interface_id, address_family: 'ipv6', bgp_asn: 65351 } as const
  const peer = await apply(provider, dxBgpPeer, config)
  const { amazon_address, customer_address, bgp_peer_id, bgp_status, bgp_auth_key, aws_device } = peer.state()
  assert.match(amazon_address, /:/)
  assert.match(customer_address, /:/)
  assert.match(bgp_peer_id, /^dxpeer-/)
  assert.equal(bgp_status, 'up')
  assert.ok(bgp_auth_key !== '' && aws_device !== '')
  assert.deepEqual(await vif.plan(), [], 'the session that was there first is still the one that shows')
  await peer.destroy()
  assert.deepEqual(await vif.plan(), [])

  const last = await apply(provider, dxBgpPeer, { ...config, bgp_auth_key: 'my-key' })
  const first = { virtualInterfaceId: virtual_interface_id, asn: session.bgp_asn }
  const { customer_address: customerAddress } = vif.state()
  await provider.directConnect.send(new DeleteBGPPeerCommand({ ...first, customerAddress }))
  await server.advance(5)
  const { id, ...state } = last.state()
  await dxBgpPeer.delete?.(provider, id, state)
  assert.deepEqual(await last.plan(), [])
})

test('aws_vpc: destroyed with its gateway right after the virtual interface', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection_id = await connected(server, provider)
  const network = await apply(provider, vpc, { cidr_block: '10.0.0.0/16' })
  const gateway = await apply(provider, vpnGateway, { vpc_id: network.state().id, amazon_side_asn: '64600' })
  const vpn_gateway_id = gateway.state().id
  const vif = await apply(provider, dxPrivateVirtualInterface, { ...session, connection_id, vpn_gateway_id })
  assert.equal(vif.state().amazon_side_asn, '64600')
  await vif.destroy()
  await gateway.destroy()
  await network.destroy()
})
