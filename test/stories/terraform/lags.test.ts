import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateConnectionCommand, DeleteLagCommand, DescribeLagsCommand } from '@aws-sdk/client-direct-connect'
import { startServer } from '../../tools/server.ts'
import { apply } from '../../tools/terraform.ts'
import { configure } from '../../tools/terraform-provider.ts'
import { locationCodes } from './data-sources.ts'
import { dxConnection, dxConnectionAssociation } from './resources/aws-dx-connection.ts'
import { dxLag } from './resources/aws-dx-lag.ts'

const account = '111122223333'
const config = { name: 'tf-acc-test', location: 'EqDC2', connections_bandwidth: '10Gbps' }
const unread = ['force_destroy', 'request_macsec', 'connection_id'] as const

test('aws_dx_lag: the connection that it is made with goes at once and the LAG stays; renamed in place', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const lag = await apply(provider, dxLag, config)
  await server.advance(5)
  assert.deepEqual(await lag.plan(), [])
  const { id, arn, has_logical_redundancy, ...rest } = lag.state()
  assert.equal(arn, `arn:aws:directconnect:us-east-1:${account}:dxlag/${id}`)
  assert.notEqual(has_logical_redundancy, '')
  assert.deepEqual(rest, {
    ...config,
    encryption_mode: '',
    force_destroy: false,
    jumbo_frame_capable: true,
    macsec_capable: false,
    owner_account_id: account,
    provider_name: '',
    request_macsec: false,
    tags: {},
  })
  const { lags } = await provider.directConnect.send(new DescribeLagsCommand({ lagId: id }))
  assert.equal(lags?.[0]?.numberOfConnections, 0)
  await lag.import({ but: unread })
  await lag.update({ name: 'tf-acc-test-renamed' })
  await lag.update({ tags: { key1: 'value1' } })
  await lag.update({ tags: { key1: 'value1updated', key2: 'value2' } })
  await lag.import({ but: unread })
  await lag.destroy()
})

test('aws_dx_lag: a connection that is there becomes its only one, and outlives it', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const location = (await locationCodes(provider))[1] ?? ''
  const connection = await apply(provider, dxConnection, { name: 'first', location, bandwidth: '10Gbps' })
  const connection_id = connection.state().id
  const lag = await apply(provider, dxLag, { ...config, location, connection_id, provider_name: 'Carrier GmbH' })
  assert.equal(lag.state().provider_name, 'Carrier GmbH')
  const { lags } = await provider.directConnect.send(new DescribeLagsCommand({ lagId: lag.state().id }))
  assert.deepEqual(
    lags?.[0]?.connections?.map(({ connectionId }) => connectionId),
    [connection_id],
  )
  await server.advance(5)
  assert.deepEqual([await connection.plan(), await lag.plan()], [[], []])
  await lag.import({ but: unread })
  await lag.destroy()
  assert.deepEqual(await connection.plan(), [])
  await connection.destroy()
})

test('aws_dx_lag: force_destroy takes its connections with it', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const lag = await apply(provider, dxLag, { ...config, force_destroy: true })
  const { location, connections_bandwidth: bandwidth, id: lagId } = lag.state()
  for (const connectionName of ['one', 'two'])
    await provider.directConnect.send(new CreateConnectionCommand({ location, bandwidth, connectionName, lagId }))
  await server.advance(5)
  await lag.destroy()
})

test('aws_dx_lag: with MACsec its encryption mode is set at once and changed in place', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const lag = await apply(provider, dxLag, { ...config, request_macsec: true, encryption_mode: 'no_encrypt' })
  assert.equal(lag.state().macsec_capable, true)
  await server.advance(5)
  await lag.update({ encryption_mode: 'should_encrypt', name: 'both at a time' })
  await lag.import({ but: unread })
  await lag.destroy()
})

test('aws_dx_lag: one that disappears is planned anew', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const lag = await apply(provider, dxLag, config)
  await provider.directConnect.send(new DeleteLagCommand({ lagId: lag.state().id }))
  await lag.destroy()
  const second = await apply(provider, dxLag, config)
  await provider.directConnect.send(new DeleteLagCommand({ lagId: second.state().id }))
  await server.advance(5)
  assert.equal(await second.plan(), 'create')
})

test('aws_dx_connection_association: joins and leaves, and is gone where its LAG is', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const lag = await apply(provider, dxLag, { ...config, force_destroy: true })
  const connection = await apply(provider, dxConnection, { name: 'c', location: 'EqDC2', bandwidth: '10Gbps' })
  const both = { connection_id: connection.state().id, lag_id: lag.state().id }
  const association = await apply(provider, dxConnectionAssociation, both)
  assert.equal(association.state().id, both.connection_id)
  assert.deepEqual([await lag.plan(), await connection.plan()], [[], []])
  await association.destroy()
  assert.deepEqual(await connection.plan(), [])

  const second = await apply(provider, dxConnectionAssociation, both)
  await lag.destroy()
  assert.equal(await second.plan(), 'create')
})
