import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateInterconnectCommand,
  CreateLagCommand,
  DeleteConnectionCommand,
  DescribeConnectionsCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../tools/server.ts'
import { apply } from '../../tools/terraform.ts'
import { configure } from '../../tools/terraform-provider.ts'
import { dxConnection, dxConnectionConfirmation } from './resources/aws-dx-connection.ts'
import { dxHostedConnection, findHostedById } from './resources/aws-dx-hosted-connection.ts'

const account = '111122223333'
const config = { name: 'tf-acc-test', location: 'EqDC2', bandwidth: '1Gbps' }

test('aws_dx_connection: made, read, imported, destroyed', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection = await apply(provider, dxConnection, config)
  await server.advance(5)
  assert.deepEqual(await connection.plan(), [])
  const { id, arn, aws_device, ...rest } = connection.state()
  assert.equal(arn, `arn:aws:directconnect:us-east-1:${account}:dxcon/${id}`)
  assert.match(aws_device, /^EqDC2-/)
  assert.deepEqual(rest, {
    ...config,
    encryption_mode: '',
    has_logical_redundancy: 'no',
    jumbo_frame_capable: true,
    macsec_capable: false,
    owner_account_id: account,
    partner_name: '',
    port_encryption_status: '',
    provider_name: '',
    request_macsec: false,
    tags: {},
    vlan_id: 0,
  })
  await connection.import({ but: ['request_macsec'] })
  await connection.destroy()
})

test('aws_dx_connection: the provider is the one that was asked for, else none', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection = await apply(provider, dxConnection, { ...config, provider_name: 'Equinix, Inc.' })
  assert.equal(connection.state().provider_name, 'Equinix, Inc.')
  await server.advance(5)
  assert.deepEqual(await connection.plan(), [])
  await connection.import({ but: ['request_macsec'] })
})

test('aws_dx_connection: tags are made with it, changed, added and dropped', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection = await apply(provider, dxConnection, { ...config, tags: { key1: 'value1' } })
  await server.advance(5)
  await connection.update({ tags: { key1: 'value1updated', key2: 'value2' } })
  await connection.import({ but: ['request_macsec'] })
  await connection.update({ tags: { key2: 'value2' } })
  await connection.update({ tags: {} })
  assert.deepEqual(connection.state().tags, {})
})

test('aws_dx_connection: one that disappears is planned anew, and can be destroyed all the same', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection = await apply(provider, dxConnection, config)
  const { id } = connection.state()
  await provider.directConnect.send(new DeleteConnectionCommand({ connectionId: id }))
  await server.advance(5)
  const again = await apply(provider, dxConnection, config)
  await provider.directConnect.send(new DeleteConnectionCommand({ connectionId: again.state().id }))
  await again.destroy()
  assert.equal(await connection.plan(), 'create')
  assert.deepEqual((await provider.directConnect.send(new DescribeConnectionsCommand({}))).connections, [])
})

test('aws_dx_connection: with MACsec the encryption mode is read, and changed in place', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection = await apply(provider, dxConnection, {
    ...config,
    bandwidth: '10Gbps',
    request_macsec: true,
    encryption_mode: 'should_encrypt',
  })
  assert.equal(connection.state().macsec_capable, true)
  await connection.update({ encryption_mode: 'no_encrypt' })
  await connection.import({ but: ['request_macsec'] })
  await connection.update({ encryption_mode: 'should_encrypt' })
  await server.operator('POST', `/connections/${connection.state().id}/uncable`)
  await assert.rejects(connection.update({ encryption_mode: 'no_encrypt' }), /unexpected state 'down'/)
  await connection.destroy()
})

test('aws_dx_connection: it is of the Region that its provider block names', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account, 'cn-north-1')
  const connection = await apply(provider, dxConnection, { ...config, location: 'SINJI' })
  const { id, arn } = connection.state()
  assert.equal(arn, `arn:aws-cn:directconnect:cn-north-1:${account}:dxcon/${id}`)
  await connection.destroy()
})

test('aws_dx_hosted_connection and aws_dx_connection_confirmation: a partner hosts, the customer confirms', async () => {
  await using server = await startServer({ timing: 'fast' })
  const partner = await configure(server, 'partner')
  const customer = await configure(server, account)
  const order = { interconnectName: 'nni', bandwidth: '10Gbps', location: 'EqDC2' }
  const { interconnectId = '' } = await partner.directConnect.send(new CreateInterconnectCommand(order))
  await server.advance(5)
  const hosted = {
    name: 'tf-acc-test',
    bandwidth: '100Mbps',
    connection_id: interconnectId,
    owner_account_id: account,
    vlan: 4094,
  }
  const connection = await apply(partner, dxHostedConnection, hosted)
  const { id, state, connection_region, location, lag_id } = connection.state()
  assert.deepEqual([state, connection_region, location, lag_id], ['ordering', 'us-east-1', 'EqDC2', ''])
  assert.equal((await findHostedById(partner, id))?.connectionId, id)

  const confirmation = await apply(customer, dxConnectionConfirmation, { connection_id: id })
  assert.deepEqual(await connection.plan(), [])
  assert.equal(connection.state().state, 'available')
  assert.deepEqual(await confirmation.plan(), [])
  await confirmation.destroy()
  assert.deepEqual(await connection.plan(), [], 'whoever forgets a confirmation takes nothing back')

  await connection.destroy()
  assert.equal(await findHostedById(partner, id), undefined)
  assert.equal(await connectionsOf(customer), 0)
})

test('aws_dx_hosted_connection: a LAG hosts too; what disappears is planned anew', async () => {
  await using server = await startServer({ timing: 'fast' })
  const partner = await configure(server, 'partner')
  const order = { lagName: 'nni', connectionsBandwidth: '10Gbps', location: 'EqDC2', numberOfConnections: 1 }
  const { lagId = '' } = await partner.directConnect.send(new CreateLagCommand(order))
  await server.advance(5)
  const connection = await apply(partner, dxHostedConnection, {
    name: 'tf-acc-test',
    bandwidth: '100Mbps',
    connection_id: lagId,
    owner_account_id: account,
    vlan: 4094,
  })
  assert.equal(connection.state().lag_id, lagId)
  await partner.directConnect.send(new DeleteConnectionCommand({ connectionId: connection.state().id }))
  await server.advance(5)
  assert.equal(await connection.plan(), 'create')
})

async function connectionsOf({ directConnect }: Awaited<ReturnType<typeof configure>>): Promise<number | undefined> {
  return (await directConnect.send(new DescribeConnectionsCommand({}))).connections?.length
}
