import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer } from '../../tools/server.ts'
import { apply } from '../../tools/terraform.ts'
import { assumeRole, configure } from '../../tools/terraform-provider.ts'
import { dxConnection } from './resources/aws-dx-connection.ts'
import { dxGateway } from './resources/aws-dx-gateway.ts'
import { dxGatewayAssociation } from './resources/aws-dx-gateway-association.ts'
import { dxLag } from './resources/aws-dx-lag.ts'
import { dxPrivateVirtualInterface, dxTransitVirtualInterface } from './resources/aws-dx-virtual-interface.ts'
import { transitGateway } from './resources/aws-ec2-transit-gateway.ts'
import { vpc, vpnGateway } from './resources/aws-vpc.ts'

const account = '111122223333'
const session = { name: 'vif', address_family: 'ipv4', bgp_asn: 65000 } as const

test('the provider learns its account and its partition from the ARN of its caller', async () => {
  await using server = await startServer({ timing: 'fast' })
  const of = async (...given: [string, string?]) => {
    const { accountId, partition } = await configure(server, ...given)
    return [accountId, partition]
  }
  assert.deepEqual(await of('test'), ['000000000000', 'aws'])
  assert.deepEqual(await of('partner'), ['111111111111', 'aws'])
  assert.deepEqual(await of(account, 'cn-north-1'), [account, 'aws-cn'])
  assert.deepEqual(await of(account, 'us-gov-west-1'), [account, 'aws-us-gov'])
})

test('with assume_role it acts for the account of the role', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, 'test')
  await server.operator('POST', '/accounts', { accountId: account, name: 'the other', kind: 'customer' })
  const assumed = await assumeRole(provider, `arn:aws:iam::${account}:role/terraform`)
  assert.equal(assumed.accountId, account)
  const config = { name: 'tf-acc-test', location: 'EqDC2', bandwidth: '1Gbps', tags: { key1: 'value1' } }
  const connection = await apply(assumed, dxConnection, config)
  assert.equal(connection.state().owner_account_id, account)
  assert.equal(await dxConnection.read(provider, connection.state().id, {}), undefined)
  await connection.destroy()
})

for (const timing of ['instant', 'aws'] as const)
  test(`timing ${timing}: a whole configuration is made and destroyed without a wait that times out`, async () => {
    await using server = await startServer({ timing })
    const provider = await configure(server, account)
    const lag = await apply(provider, dxLag, {
      name: 'lag',
      location: 'EqDC2',
      connections_bandwidth: '10Gbps',
      force_destroy: true,
    })
    const connection = await apply(provider, dxConnection, { name: 'c', location: 'EqDC2', bandwidth: '10Gbps' })
    const connection_id = connection.state().id
    if (timing === 'aws') {
      await server.operator('POST', `/connections/${connection_id}/approve`)
      await server.operator('POST', `/connections/${connection_id}/cable`)
    }

    const network = await apply(provider, vpc, { cidr_block: '10.0.0.0/16', enable_dns_hostnames: true })
    const virtual = await apply(provider, vpnGateway, { vpc_id: network.state().id })
    const transit = await apply(provider, transitGateway, { amazon_side_asn: 64600 })
    const gateway = await apply(provider, dxGateway, { name: 'private', amazon_side_asn: '64512' })
    const transitOnly = await apply(provider, dxGateway, { name: 'transit', amazon_side_asn: '64513' })
    const first = await apply(provider, dxGatewayAssociation, {
      dx_gateway_id: gateway.state().id,
      associated_gateway_id: virtual.state().id,
    })
    const second = await apply(provider, dxGatewayAssociation, {
      dx_gateway_id: transitOnly.state().id,
      associated_gateway_id: transit.state().id,
      allowed_prefixes: new Set(['10.0.0.0/8']),
    })
    const vif = { ...session, connection_id }
    const toVpc = await apply(provider, dxPrivateVirtualInterface, {
      ...vif,
      vlan: 1,
      dx_gateway_id: gateway.state().id,
    })
    const toTransit = await apply(provider, dxTransitVirtualInterface, {
      ...vif,
      vlan: 2,
      dx_gateway_id: transitOnly.state().id,
    })
    await toVpc.update({ mtu: 9001 })
    const all = [toTransit, toVpc, second, first, transitOnly, gateway, transit, virtual, network, connection, lag]
    for (const resource of all) assert.deepEqual(await resource.plan(), [])
    for (const resource of all) await resource.destroy()
  })
