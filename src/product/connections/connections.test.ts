import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  type CreateConnectionCommandInput,
  CreateInterconnectCommand,
  CreateLagCommand,
  DeleteConnectionCommand,
  DescribeConnectionsCommand,
  DescribeLagsCommand,
  type DirectConnectClient,
  UpdateConnectionCommand,
  UpdateLagCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'
import { byTheClock } from '../../../test/tools/virtual-interfaces.ts'

const order = (facts: Partial<CreateConnectionCommandInput> = {}) =>
  new CreateConnectionCommand({ location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'mine', ...facts })
const remove = (connectionId: string | undefined) => new DeleteConnectionCommand({ connectionId })
const update = (connectionId: string | undefined, facts: { connectionName?: string; encryptionMode?: string }) =>
  new UpdateConnectionCommand({ connectionId, ...facts })

async function describe(client: DirectConnectClient, connectionId?: string) {
  const { connections } = await client.send(new DescribeConnectionsCommand({ connectionId }))
  return connections ?? []
}

const refused = (message: string | RegExp) => ({ name: 'DirectConnectClientException', message })

test('an order is requested, without a device; once it is approved and cabled it is available on one', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client('111122223333')
  const tags = [{ key: 'team', value: 'net' }]
  const { $metadata: _metadata, ...made } = await client.send(
    order({ location: 'eqdc2-MMR-1A', tags, providerName: 'Zayo Group' }),
  )
  assert.match(made.connectionId ?? '', /^dxcon-f[0-9a-z]{7}$/)
  assert.deepEqual(made, {
    ownerAccount: '111122223333',
    connectionId: made.connectionId,
    connectionName: 'mine',
    connectionState: 'requested',
    region: 'us-east-1',
    location: 'eqdc2-MMR-1A',
    bandwidth: '1Gbps',
    jumboFrameCapable: false,
    hasLogicalRedundancy: 'unknown',
    tags,
    providerName: 'Zayo Group',
    macSecCapable: false,
  })
  const [seen] = await describe(client, made.connectionId)
  assert.equal(seen?.connectionState, 'available')
  assert.match(seen?.awsDeviceV2 ?? '', /^EqDC2-[0-9a-z]+$/)
  assert.deepEqual([seen?.awsDevice, seen?.awsLogicalDeviceId], [seen?.awsDeviceV2, seen?.awsDeviceV2])
  assert.deepEqual([seen?.jumboFrameCapable, seen?.hasLogicalRedundancy], [true, 'no'])
})

test('under manual provisioning an order stays requested', async () => {
  await using server = await startServer({ timing: 'instant', provisioning: 'manual' })
  const { connectionId } = await server.client().send(order())
  assert.equal((await describe(server.client(), connectionId))[0]?.connectionState, 'requested')
})

test('an order that nobody cables ends 100 days after its approval', async () => {
  await using server = await startServer({ timing: 'aws', provisioning: 'automatic' })
  const client = server.client()
  const { connectionId } = await client.send(order())
  const seen = async () => (await describe(client, connectionId))[0]?.connectionState
  const days = (count: number) => server.advance(count * 86_400)
  await days(3)
  assert.equal(await seen(), 'pending')
  await days(99)
  assert.equal(await seen(), 'pending')
  await days(1)
  assert.equal(await seen(), 'deleted')
  assert.deepEqual(await describe(client), [])
})

test('a fault on its device takes a connection down at once, and for its time', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { connectionId } = await client.send(order())
  const [{ connectionState, awsDeviceV2 } = {}] = await describe(client, connectionId)
  assert.equal(connectionState, 'available')
  await server.operator('POST', '/faults', { target: awsDeviceV2, kind: 'down', seconds: 60 })
  assert.equal((await describe(client, connectionId))[0]?.connectionState, 'down')
  await server.advance(60)
  assert.equal((await describe(client, connectionId))[0]?.connectionState, 'available')
})

test('two connections at one location come to different devices', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  await client.send(order())
  await client.send(order())
  const devices = (await describe(client)).map((connection) => connection.awsDeviceV2)
  assert.equal(new Set(devices).size, 2)
})

test('what an order asks for has to exist: location, speed, MACsec, a name of 1 to 100 characters', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const cases: readonly (readonly [Partial<CreateConnectionCommandInput>, string | RegExp])[] = [
    [{ location: 'foo' }, "Location 'foo' is invalid."],
    [{ location: 'EqSe2' }, "Location 'EqSe2' is invalid."],
    [{ bandwidth: 'foo' }, 'Invalid interface speed: foo'],
    [{ bandwidth: '500Mbps' }, 'Invalid interface speed: 500Mbps'],
    [
      { location: 'EQDA2', bandwidth: '400Gbps' },
      'Invalid interface speed: 400Gbps is not available at location EQDA2',
    ],
    [{ requestMACSec: true }, /requestMACSec: location EqDC2 has no 1Gbps ports with MACsec/],
    [{ connectionName: '' }, /connectionName/],
    [{ connectionName: 'x'.repeat(101) }, /connectionName: its length 101/],
    [{ providerName: '' }, /providerName/],
    [{ lagId: 'dxlag-f0000000' }, 'Could not find Lag with ID dxlag-f0000000'],
  ]
  for (const [facts, message] of cases) await assert.rejects(client.send(order(facts)), refused(message))
  const twice = [1, 2].map(() => ({ key: 'a', value: 'b' }))
  await assert.rejects(client.send(order({ tags: twice })), { name: 'DuplicateTagKeysException' })
  assert.deepEqual(await describe(client), [])
})

test('an account has at most 10 active connections at a location, whatever code names it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const made = []
  for (let n = 0; n < 10; n++) made.push(await client.send(order({ location: n % 2 === 0 ? 'EqDC2' : 'EqDC2-1A' })))
  const limit = refused('You have reached the limit of 10 connections at location EqDC2')
  await assert.rejects(client.send(order()), limit)
  await client.send(order({ location: 'CSVA1' }))
  await server.client('222233334444').send(order())
  await client.send(remove(made[0]?.connectionId))
  await client.send(order())
  await assert.rejects(client.send(order()), limit)
})

test('a connection that is being deleted counts no more against the 10 of a location', async () => {
  await using server = await startServer(byTheClock)
  const client = server.client()
  const made = []
  for (let n = 0; n < 10; n++) made.push(await client.send(order()))
  assert.equal((await client.send(remove(made[0]?.connectionId))).connectionState, 'deleting')
  await client.send(order())
  await assert.rejects(client.send(order()), refused(/limit of 10 connections/))
})

test('ports run out, for everybody, and come back when a connection is deleted', async () => {
  await using server = await startServer({ timing: 'instant', quotas: 'none' })
  const client = server.client()
  const fast = { bandwidth: '400Gbps' }
  const made = []
  for (let n = 0; n < 16; n++) made.push(await client.send(order(fast)))
  const other = server.client('222233334444')
  const none = refused('There are no available ports on the endpoint EqDC2: 1 of 400Gbps requested, 0 free')
  await assert.rejects(other.send(order(fast)), none)
  await client.send(remove(made[7]?.connectionId))
  await other.send(order(fast))
  await assert.rejects(other.send(order(fast)), none)
})

test('a connection of another account, or of another Region, looks as if it did not exist', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { connectionId } = await server.client('111122223333').send(order())
  const missing = refused(`Could not find Connection with ID ${connectionId}`)
  for (const client of [server.client('222233334444'), server.client('111122223333', 'eu-west-1')]) {
    await assert.rejects(describe(client, connectionId), missing)
    await assert.rejects(client.send(update(connectionId, { connectionName: 'theirs' })), missing)
    await assert.rejects(client.send(remove(connectionId)), missing)
    assert.deepEqual(await describe(client), [])
  }
  await assert.rejects(
    describe(server.client(), 'dxcon-unknown'),
    refused('Could not find Connection with ID dxcon-unknown'),
  )
})

test('a deleted connection is deleting, then deleted, in no list, and after a while forgotten', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = server.client()
  const { connectionId } = await client.send(order())
  assert.equal((await client.send(remove(connectionId))).connectionState, 'deleting')
  assert.equal((await client.send(remove(connectionId))).connectionState, 'deleting', 'asking twice changes nothing')
  assert.equal((await describe(client))[0]?.connectionState, 'deleting')
  await assert.rejects(client.send(update(connectionId, { connectionName: 'x' })), refused(/being deleted/))
  await server.advance(1)
  assert.equal((await describe(client, connectionId))[0]?.connectionState, 'deleted')
  assert.deepEqual(await describe(client), [])
  const missing = refused(`Could not find Connection with ID ${connectionId}`)
  await assert.rejects(client.send(remove(connectionId)), missing)
  await server.advance(15 * 60)
  await assert.rejects(describe(client, connectionId), missing)
})

test('a connection is renamed, and only one that was ordered with MACsec has an encryption mode', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { connectionId } = await client.send(order())
  assert.equal((await client.send(update(connectionId, { connectionName: 'new' }))).connectionName, 'new')
  assert.equal((await client.send(update(connectionId, {}))).connectionName, 'new')
  await assert.rejects(client.send(update(connectionId, { connectionName: '' })), refused(/connectionName/))
  await assert.rejects(
    client.send(update(connectionId, { encryptionMode: 'no_encrypt' })),
    refused(`Connection ${connectionId} is not MACsec capable`),
  )

  const secure = await client.send(order({ bandwidth: '10Gbps', requestMACSec: true }))
  assert.deepEqual([secure.macSecCapable, secure.encryptionMode, secure.macSecKeys], [true, 'should_encrypt', []])
  const changed = await client.send(update(secure.connectionId, { encryptionMode: 'no_encrypt' }))
  assert.deepEqual([changed.encryptionMode, changed.connectionState], ['no_encrypt', 'available'])
  await assert.rejects(client.send(update(secure.connectionId, { encryptionMode: 'foo' })), refused(/encryptionMode/))
  await assert.rejects(
    client.send(update(secure.connectionId, { encryptionMode: 'must_encrypt' })),
    refused(`Connection ${secure.connectionId} has no MACsec key, which encryptionMode must_encrypt requires`),
  )
})

test('an interconnect appears in no list of connections, but is renamed and deleted as they are', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const wish = { location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'ours' }
  const { interconnectId } = await partner.send(new CreateInterconnectCommand(wish))
  const { connectionId } = await partner.send(order())
  assert.deepEqual(
    (await describe(partner)).map((connection) => connection.connectionId),
    [connectionId],
  )
  await assert.rejects(
    describe(partner, interconnectId),
    refused(`Could not find Connection with ID ${interconnectId}`),
  )
  assert.equal((await partner.send(update(interconnectId, { connectionName: 'new' }))).connectionName, 'new')
  assert.equal((await partner.send(remove(interconnectId))).connectionState, 'deleting')
})

test('a connection ordered for a LAG is like its members, on its device, and among them', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const wish = { location: 'EqDC2', connectionsBandwidth: '10Gbps', numberOfConnections: 1, lagName: 'bundle' }
  const { lagId, awsDeviceV2 } = await client.send(new CreateLagCommand(wish))
  const fits = { lagId, location: 'EqDC2', bandwidth: '10Gbps' }
  await assert.rejects(client.send(order({ ...fits, location: 'CSVA1' })), refused(/location/))
  await assert.rejects(client.send(order({ ...fits, bandwidth: '1Gbps' })), refused(/bandwidth/))
  await assert.rejects(
    client.send(order({ ...fits, requestMACSec: true })),
    refused('Connection and lag should be requested MacSec at the same time'),
  )
  await assert.rejects(server.client('222233334444').send(order(fits)), refused(`Could not find Lag with ID ${lagId}`))
  for (let n = 0; n < 3; n++) assert.equal((await client.send(order(fits))).lagId, lagId)
  await assert.rejects(client.send(order(fits)), refused(/at most 4 connections of 10Gbps/))
  const devices = (await describe(client)).map((connection) => connection.awsDeviceV2)
  assert.deepEqual(
    devices,
    Array.from({ length: 4 }, () => awsDeviceV2),
  )
})

test('no member is deleted that a LAG needs, except the last, and the LAG stays', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const wish = { location: 'EqDC2', connectionsBandwidth: '10Gbps', numberOfConnections: 2, lagName: 'bundle' }
  const { lagId, connections = [] } = await client.send(new CreateLagCommand(wish))
  const [first, second] = connections.map((connection) => connection.connectionId)
  await client.send(new UpdateLagCommand({ lagId, minimumLinks: 2 }))
  await assert.rejects(client.send(remove(first)), refused(/minimumLinks is 2/))
  await client.send(new UpdateLagCommand({ lagId, minimumLinks: 1 }))
  await client.send(remove(first))
  await client.send(remove(second))
  const { lags } = await client.send(new DescribeLagsCommand({ lagId }))
  assert.deepEqual([lags?.[0]?.lagState, lags?.[0]?.numberOfConnections], ['down', 0], 'it was up once')
})

test('lists come in pages of at most 100, to the end, whatever is made and deleted between them', async () => {
  await using server = await startServer({ timing: 'instant', quotas: 'none' })
  const client = server.client()
  const ids: (string | undefined)[] = []
  for (const location of ['EqDC2', 'CSVA1'])
    for (let n = 0; n < 60; n++) ids.push((await client.send(order({ location }))).connectionId)
  const page = (nextToken?: string, maxResults?: number) =>
    client.send(new DescribeConnectionsCommand({ nextToken, maxResults }))
  const first = await page()
  assert.equal(first.connections?.length, 100)
  assert.equal((await page(undefined, 500)).connections?.length, 100)
  await client.send(remove(ids[0]))
  await client.send(remove(ids[110]))
  ids.push((await client.send(order({ location: 'EQNY5' }))).connectionId)
  const second = await page(first.nextToken)
  assert.equal(second.nextToken, undefined)
  const seen = [...(first.connections ?? []), ...(second.connections ?? [])].map(({ connectionId }) => connectionId)
  assert.deepEqual(
    seen,
    ids.filter((id) => id !== ids[110]),
  )
  await assert.rejects(
    server.client('222233334444').send(new DescribeConnectionsCommand({ nextToken: first.nextToken })),
    refused(/nextToken/),
  )
})
