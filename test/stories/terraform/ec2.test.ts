import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer } from '../../tools/server.ts'
import { apply } from '../../tools/terraform.ts'
import { configure } from '../../tools/terraform-provider.ts'
import { transitGateway } from './resources/aws-ec2-transit-gateway.ts'
import { vpc, vpnGateway, vpnGatewayAttachment } from './resources/aws-vpc.ts'

const account = '111122223333'

test('aws_vpc: made, its attributes changed in place, tagged, imported, destroyed', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const network = await apply(provider, vpc, { cidr_block: '10.1.0.0/16', tags: { Name: 'tf-acc-test' } })
  const {
    id,
    arn,
    default_network_acl_id,
    default_route_table_id,
    default_security_group_id,
    dhcp_options_id,
    ...rest
  } = network.state()
  assert.equal(arn, `arn:aws:ec2:us-east-1:${account}:vpc/${id}`)
  assert.match(default_route_table_id, /^rtb-/)
  assert.match(dhcp_options_id, /^dopt-/)
  assert.match(default_network_acl_id, /^(acl-.+)?$/)
  assert.match(default_security_group_id, /^(sg-.+)?$/)
  assert.deepEqual(rest, {
    cidr_block: '10.1.0.0/16',
    enable_dns_hostnames: false,
    enable_dns_support: true,
    enable_network_address_usage_metrics: false,
    instance_tenancy: 'default',
    ipv6_association_id: '',
    owner_id: account,
    tags: { Name: 'tf-acc-test' },
  })
  await network.update({ enable_dns_hostnames: true })
  await network.update({ enable_dns_support: false, enable_network_address_usage_metrics: true })
  await network.update({ tags: { Name: 'renamed', more: '' } })
  await network.update({ tags: { more: '' } })
  await network.import()
  await network.destroy()
  await apply(provider, vpc, { cidr_block: '10.1.0.0/16', enable_dns_hostnames: true })
})

test('aws_vpn_gateway: with a VPC, moved to another, tagged, imported, destroyed', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const first = await apply(provider, vpc, { cidr_block: '10.1.0.0/16' })
  const second = await apply(provider, vpc, { cidr_block: '10.2.0.0/16' })
  const config = { vpc_id: first.state().id, amazon_side_asn: '4294967294', tags: { Name: 'tf-acc-test' } }
  const gateway = await apply(provider, vpnGateway, config)
  assert.equal(gateway.state().availability_zone, '')
  await gateway.update({ vpc_id: second.state().id })
  await gateway.update({ tags: { Name: 'tf-acc-test', more: '' } })
  await gateway.import()
  await assert.rejects(second.destroy())
  await gateway.destroy()
  await first.destroy()
})

test('aws_vpn_gateway_attachment: attached, detached, and gone with its gateway', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const { id: vpc_id } = (await apply(provider, vpc, { cidr_block: '10.1.0.0/16' })).state()
  const gateway = await apply(provider, vpnGateway, {})
  assert.equal(gateway.state().amazon_side_asn, '64512')
  const both = { vpc_id, vpn_gateway_id: gateway.state().id }
  const attachment = await apply(provider, vpnGatewayAttachment, both)
  await attachment.destroy()
  const again = await apply(provider, vpnGatewayAttachment, both)
  assert.deepEqual(await gateway.plan(), [])
  await gateway.destroy()
  assert.equal(await again.plan(), 'create')
})

test('aws_ec2_transit_gateway: made, changed in place, tagged, imported, destroyed', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const gateway = await apply(provider, transitGateway, { description: 'tf-acc-test', tags: { key1: 'value1' } })
  const { id, arn, association_default_route_table_id, propagation_default_route_table_id, owner_id } = gateway.state()
  assert.equal(arn, `arn:aws:ec2:us-east-1:${account}:transit-gateway/${id}`)
  assert.match(association_default_route_table_id, /^tgw-rtb-/)
  assert.equal(propagation_default_route_table_id, association_default_route_table_id)
  assert.equal(owner_id, account)
  await gateway.update({ description: 'another', dns_support: 'disable' })
  await gateway.update({ tags: { key1: 'value1updated', key2: 'value2' } })
  await gateway.import()
  await gateway.destroy()
})
