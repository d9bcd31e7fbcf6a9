import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer, type TestServer } from '../../tools/server.ts'
import { apply } from '../../tools/terraform.ts'
import { configure, type Provider } from '../../tools/terraform-provider.ts'
import { dxConnection } from './resources/aws-dx-connection.ts'
import { dxGateway } from './resources/aws-dx-gateway.ts'
import {
  dxHostedPrivateVirtualInterface,
  dxHostedPrivateVirtualInterfaceAccepter,
  dxHostedPublicVirtualInterface,
  dxHostedPublicVirtualInterfaceAccepter,
  dxHostedTransitVirtualInterface,
  dxHostedTransitVirtualInterfaceAccepter,
} from './resources/aws-dx-hosted-virtual-interface.ts'
import { vpnGateway } from './resources/aws-vpc.ts'

const allocator = '111122223333'
const accepter = '444455556666'
const session = {
  name: 'tf-acc-test',
  vlan: 2094,
  address_family: 'ipv4',
  bgp_asn: 65352,
  owner_account_id: accepter,
} as const

/** Two provider blocks, and a connection of the first. */
async function twoAccounts(server: TestServer) {
  const from = await configure(server, allocator)
  const config = { name: 'there already', location: 'EqDC2', bandwidth: '10Gbps' }
  const connection = await apply(from, dxConnection, config)
  await server.advance(5)
  return { from, to: await configure(server, accepter), connection_id: connection.state().id }
}

const gatewayOf = async (provider: Provider): Promise<string> =>
  (await apply(provider, dxGateway, { name: 'tf-acc-test', amazon_side_asn: '64512' })).state().id

test('aws_dx_hosted_private_virtual_interface: allocated to an account that accepts it for its VPN gateway', async () => {
  await using server = await startServer({ timing: 'fast' })
  const { from, to, connection_id } = await twoAccounts(server)
  const hosted = await apply(from, dxHostedPrivateVirtualInterface, { ...session, connection_id })
  const { id, arn, amazon_side_asn, aws_device, bgp_auth_key, jumbo_frame_capable, mtu } = hosted.state()
  assert.equal(arn, `arn:aws:directconnect:us-east-1:${allocator}:dxvif/${id}`)
  assert.ok(amazon_side_asn !== '' && aws_device !== '' && bgp_auth_key !== '')
  assert.deepEqual([jumbo_frame_capable, mtu], [true, 1500])
  await hosted.import()

  const gateway = await apply(to, vpnGateway, {})
  const accepted = await apply(to, dxHostedPrivateVirtualInterfaceAccepter, {
    virtual_interface_id: id,
    vpn_gateway_id: gateway.state().id,
    tags: { Key1: 'Value1', Key2: 'Value2a', Key3: 'Value3' },
  })
  assert.equal(accepted.state().arn, `arn:aws:directconnect:us-east-1:${accepter}:dxvif/${id}`)
  await accepted.update({ tags: { Key2: 'Value2b', Key3: 'Value3', Key4: 'Value4' } })
  await accepted.import()
  assert.deepEqual(await hosted.plan(), [], 'who accepted it changed nothing of what was allocated')
  await hosted.import()

  await accepted.destroy()
  assert.deepEqual(await hosted.plan(), [], 'whoever forgets to have accepted takes nothing back')
  await hosted.destroy()
  await gateway.destroy()
})

test('aws_dx_hosted_private_virtual_interface: accepted for a Direct Connect gateway; gone for both when it is destroyed', async () => {
  await using server = await startServer({ timing: 'fast' })
  const { from, to, connection_id } = await twoAccounts(server)
  const hosted = await apply(from, dxHostedPrivateVirtualInterface, {
    ...session,
    connection_id,
    mtu: 9001,
    amazon_address: '169.254.33.1/30',
    customer_address: '169.254.33.2/30',
    bgp_auth_key: 'a-key-of-mine',
  })
  const accepted = await apply(to, dxHostedPrivateVirtualInterfaceAccepter, {
    virtual_interface_id: hosted.state().id,
    dx_gateway_id: await gatewayOf(to),
  })
  await accepted.import()
  await server.operator('POST', '/faults', { target: connection_id, kind: 'down' })
  assert.deepEqual([await accepted.plan(), await hosted.plan()], [[], []], 'it stays while the link is down')
  await hosted.destroy()
  assert.equal(await accepted.plan(), 'create')
})

test('aws_dx_hosted_private_virtual_interface: one that nobody accepts can be destroyed', async () => {
  await using server = await startServer({ timing: 'fast' })
  const { from, connection_id } = await twoAccounts(server)
  const hosted = await apply(from, dxHostedPrivateVirtualInterface, { ...session, connection_id })
  await hosted.destroy()
})

test('aws_dx_hosted_transit_virtual_interface: allocated, accepted, imported on both sides, destroyed', async () => {
  await using server = await startServer({ timing: 'fast' })
  const { from, to, connection_id } = await twoAccounts(server)
  const hosted = await apply(from, dxHostedTransitVirtualInterface, { ...session, connection_id, mtu: 8500 })
  await hosted.import()
  const accepted = await apply(to, dxHostedTransitVirtualInterfaceAccepter, {
    virtual_interface_id: hosted.state().id,
    dx_gateway_id: await gatewayOf(to),
    tags: { Key1: 'Value1' },
  })
  await accepted.import()
  assert.deepEqual(await hosted.plan(), [])
  await hosted.destroy()
  assert.equal(await accepted.plan(), 'create')
})

test('aws_dx_hosted_public_virtual_interface: allocated, accepted while it is verified, destroyed', async () => {
  await using server = await startServer({ timing: 'fast' })
  const { from, to, connection_id } = await twoAccounts(server)
  const hosted = await apply(from, dxHostedPublicVirtualInterface, {
    ...session,
    connection_id,
    amazon_address: '175.45.176.1/28',
    customer_address: '175.45.176.2/28',
    route_filter_prefixes: new Set(['210.52.109.0/24', '175.45.176.0/22']),
  })
  await hosted.import()
  const accepted = await apply(to, dxHostedPublicVirtualInterfaceAccepter, { virtual_interface_id: hosted.state().id })
  await accepted.update({ tags: { Key1: 'Value1' } })
  await accepted.import()
  assert.deepEqual(await hosted.plan(), [])
  await hosted.destroy()
  assert.equal(await accepted.plan(), 'create')
})
