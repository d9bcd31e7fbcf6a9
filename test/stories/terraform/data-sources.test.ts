import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer } from '../../tools/server.ts'
import { apply } from '../../tools/terraform.ts'
import { configure } from '../../tools/terraform-provider.ts'
import {
  connectionNamed,
  connections,
  gatewayNamed,
  locationCodes,
  locationOf,
  routerConfiguration,
} from './data-sources.ts'
import { dxConnection } from './resources/aws-dx-connection.ts'
import { dxGateway } from './resources/aws-dx-gateway.ts'
import { dxPrivateVirtualInterface } from './resources/aws-dx-virtual-interface.ts'

const account = '111122223333'

test('aws_dx_connection and aws_dx_connections: found by name, with their tags; what is deleted is no second', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const config = { name: 'one', location: 'EqDC2', bandwidth: '1Gbps', tags: { key1: 'value1' } }
  assert.deepEqual(await connections(provider), [])
  await (await apply(provider, dxConnection, config)).destroy()
  const connection = await apply(provider, dxConnection, config)
  await apply(provider, dxConnection, { ...config, name: 'two', tags: {} })
  await server.advance(5)
  await connection.plan()
  const source = await connectionNamed(provider, 'one')
  const same = Object.entries(connection.state()).filter(([name]) => name in source)
  assert.deepEqual(source, Object.fromEntries(same))
  assert.deepEqual(
    (await connections(provider)).map(({ arn, state, tags }) => [arn === source.arn, state, tags]),
    [
      [true, 'available', { key1: 'value1' }],
      [false, 'available', {}],
    ],
  )
  await assert.rejects(connectionNamed(provider, 'three'), /wanted exactly one, got 0/)
})

test('aws_dx_gateway: found by name in every Region, also behind a hundred others', async () => {
  await using server = await startServer({ timing: 'instant' })
  const provider = await configure(server, account)
  const config = { name: 'another', amazon_side_asn: '64512' }
  await Promise.all(Array.from({ length: 101 }, () => dxGateway.create(provider, config)))
  const gateway = await apply(provider, dxGateway, { name: 'the one', amazon_side_asn: '4200000000' })
  const { id, name, amazon_side_asn, owner_account_id } = gateway.state()
  const elsewhere = await configure(server, account, 'eu-west-1')
  assert.deepEqual(await gatewayNamed(elsewhere, 'the one'), { id, name, amazon_side_asn, owner_account_id })
  await gateway.destroy()
  await assert.rejects(gatewayNamed(provider, 'the one'), /wanted exactly one, got 0/)
})

test('aws_dx_location and aws_dx_locations: the first three have providers, 1 Gbps and 10 Gbps', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const codes = await locationCodes(provider)
  assert.ok(codes.length >= 3)
  for (const code of codes) {
    const location = await locationOf(provider, code)
    assert.notEqual(location.location_name, '')
    assert.ok(location.available_providers.length > 0, code)
    const speeds = codes.indexOf(code) < 3 ? ['1G', '10G'] : ['10G']
    for (const speed of speeds) assert.ok(location.available_port_speeds.includes(speed), `${speed} at ${code}`)
  }
  await assert.rejects(locationOf(provider, 'nowhere'), /wanted exactly one, got 0/)

  const [location = '', second = ''] = codes
  const { available_providers } = await locationOf(provider, second)
  const [provider_name = ''] = available_providers
  const config = { name: 'tf-acc-test', location, bandwidth: '10Gbps' }
  assert.equal((await apply(provider, dxConnection, config)).state().provider_name, '')
  const named = await apply(provider, dxConnection, { ...config, location: second, provider_name })
  assert.equal(named.state().provider_name, provider_name)
})

test('aws_dx_router_configuration: the text for one type of router, and all that names the type', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection = await apply(provider, dxConnection, { name: 'c', location: 'EqDC2', bandwidth: '10Gbps' })
  const gateway = await apply(provider, dxGateway, { name: 'g', amazon_side_asn: '64512' })
  await server.advance(5)
  const vif = await apply(provider, dxPrivateVirtualInterface, {
    name: 'tf-acc-test',
    connection_id: connection.state().id,
    dx_gateway_id: gateway.state().id,
    address_family: 'ipv4',
    vlan: 100,
    bgp_asn: 65000,
  })
  const type = 'CiscoSystemsInc-2900SeriesRouters-IOS124'
  const { id, customer_router_config, router, virtual_interface_name } = await routerConfiguration(
    provider,
    vif.state().id,
    type,
  )
  assert.equal(id, `${vif.state().id}:${type}`)
  assert.match(customer_router_config, /./)
  assert.equal(virtual_interface_name, 'tf-acc-test')
  const { xslt_template_name_for_mac_sec, ...named } = router
  assert.deepEqual(named, {
    platform: '2900 Series Routers',
    router_type_identifier: type,
    software: 'IOS 12.4+',
    vendor: 'Cisco Systems, Inc.',
    xslt_template_name: 'customer-router-cisco-generic.xslt',
  })
  assert.equal(typeof xslt_template_name_for_mac_sec, 'string')
})
