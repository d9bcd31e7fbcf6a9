import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CreateLagCommandInput, DescribeLagsCommand } from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'
import { byTheClock, doneSeconds } from '../../../test/tools/virtual-interfaces.ts'
import {
  describe,
  describeConnection,
  join,
  lag,
  order,
  refused,
  remove,
  removeConnection,
  update,
} from './lags.test-fixture.ts'

test('a LAG is made with all its connections on one device, named after it and tagged', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client('111122223333')
  const tags = [{ key: 'team', value: 'net' }]
  const {
    $metadata: _metadata,
    connections = [],
    ...made
  } = await client.send(lag({ tags, childConnectionTags: [{ key: 'child', value: '' }], providerName: 'Zayo Group' }))
  assert.match(made.lagId ?? '', /^dxlag-f[0-9a-z]{7}$/)
  assert.match(made.awsDeviceV2 ?? '', /^EqDC2-[0-9a-z]+$/)
  assert.deepEqual(made, {
    lagId: made.lagId,
    lagName: 'mine',
    lagState: 'requested',
    ownerAccount: '111122223333',
    region: 'us-east-1',
    location: 'EqDC2',
    connectionsBandwidth: '10Gbps',
    numberOfConnections: 2,
    minimumLinks: 0,
    awsDevice: made.awsDeviceV2,
    awsDeviceV2: made.awsDeviceV2,
    awsLogicalDeviceId: made.awsDeviceV2,
    allowsHostedConnections: false,
    jumboFrameCapable: true,
    hasLogicalRedundancy: 'unknown',
    tags,
    providerName: 'Zayo Group',
    macSecCapable: false,
  })
  assert.deepEqual(
    connections.map((each) => [each.connectionName, each.connectionState, each.lagId, each.tags, each.providerName]),
    [1, 2].map((n) => [
      `Requested Connection ${n} for Lag ${made.lagId}`,
      'requested',
      made.lagId,
      [{ key: 'child', value: '' }],
      'Zayo Group',
    ]),
  )

  const [seen] = await describe(client, made.lagId)
  assert.equal(seen?.lagState, 'available')
  assert.equal(seen?.hasLogicalRedundancy, 'no')
  for (const each of seen?.connections ?? []) {
    assert.equal(each.connectionState, 'available')
    assert.equal(each.awsDeviceV2, made.awsDeviceV2)
    assert.deepEqual(await describeConnection(client, each.connectionId), each)
  }
})

test('a LAG has at most four connections below 100 Gbps and two at 100 and 400 Gbps', async () => {
  await using server = await startServer({ timing: 'instant', quotas: 'none' })
  const client = server.client()
  for (const [connectionsBandwidth, most] of [
    ['1Gbps', 4],
    ['10Gbps', 4],
    ['100Gbps', 2],
    ['400Gbps', 2],
  ] as const) {
    const made = await client.send(lag({ connectionsBandwidth, numberOfConnections: most }))
    assert.equal(made.connections?.length, most)
    const limit = refused(
      `A Lag can have at most ${most} connections of ${connectionsBandwidth}; this makes ${most + 1}`,
    )
    await assert.rejects(client.send(lag({ connectionsBandwidth, numberOfConnections: most + 1 })), limit)
    await assert.rejects(client.send(order({ bandwidth: connectionsBandwidth, lagId: made.lagId ?? '' })), limit)
  }
})

test('a LAG that does not fit on one device is not made at all', async () => {
  await using server = await startServer({ timing: 'instant', quotas: 'none' })
  const client = server.client()
  const pair = lag({ connectionsBandwidth: '400Gbps' })
  // Two devices of eight ports: six pairs and two single ports leave one port on each device.
  for (let n = 0; n < 6; n++) await client.send(pair)
  for (let n = 0; n < 2; n++) await client.send(order({ bandwidth: '400Gbps' }))
  const before = await describe(client)
  await assert.rejects(client.send(pair), refused(/^There are no available ports on the endpoint EqDC2: 2 of 400Gbps/))
  assert.deepEqual(await describe(client), before)
  assert.equal((await client.send(lag({ connectionsBandwidth: '400Gbps', numberOfConnections: 1 }))).lagName, 'mine')
})

test('what a LAG asks for has to exist: location, speed, number, name, connection', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { connectionId } = await client.send(order({ bandwidth: '1Gbps' }))
  const other = await server.client('222233334444').send(order())
  const cases: readonly (readonly [Partial<CreateLagCommandInput>, string | RegExp])[] = [
    [{ location: 'foo' }, "Location 'foo' is invalid."],
    [{ connectionsBandwidth: '500Mbps' }, 'Invalid interface speed: 500Mbps'],
    [{ numberOfConnections: 0 }, /numberOfConnections: it must be at least 1/],
    [{ lagName: '' }, /lagName/],
    [{ lagName: 'x'.repeat(101) }, /lagName/],
    [{ providerName: '' }, /providerName/],
    [{ connectionsBandwidth: '1Gbps', requestMACSec: true }, /has no 1Gbps ports with MACsec/],
    [{ connectionId: 'dxcon-f0000000' }, 'Could not find Connection with ID dxcon-f0000000'],
    [{ connectionId: other.connectionId }, `Could not find Connection with ID ${other.connectionId}`],
    [{ connectionId }, `Connection ${connectionId} has a bandwidth of 1Gbps, not of 10Gbps`],
    [{ connectionId, location: 'CSVA1' }, `Connection ${connectionId} is at location EqDC2, not at CSVA1`],
  ]
  for (const [facts, message] of cases) await assert.rejects(client.send(lag(facts)), refused(message))
  const twice = [1, 2].map(() => ({ key: 'a', value: 'b' }))
  for (const facts of [{ tags: twice }, { childConnectionTags: twice }])
    await assert.rejects(client.send(lag(facts)), { name: 'DuplicateTagKeysException' })
  assert.deepEqual(await describe(client), [])
})

test('an account has at most 10 LAGs in a Region, and their connections count against the 10 of a location', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const three = lag({ numberOfConnections: 3 })
  for (let n = 0; n < 3; n++) await client.send(three)
  await assert.rejects(client.send(lag()), refused('You have reached the limit of 10 connections at location EqDC2'))
  for (let n = 0; n < 7; n++) await client.send(lag({ location: 'CSVA1', numberOfConnections: 1 }))
  const limit = refused('You have reached the limit of 10 Lags in Region us-east-1')
  await assert.rejects(client.send(lag({ location: 'EQDA2', numberOfConnections: 1 })), limit)
  await server.client('test', 'us-west-2').send(lag({ location: 'EqSe2', numberOfConnections: 1 }))
  await server.client('222233334444').send(lag())
})

test('an existing connection counts as one of the LAG, which is made on its device; its id stays', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  await client.send(order())
  const { connectionId } = await client.send(order())
  const alone = await describeConnection(client, connectionId)
  const made = await client.send(lag({ connectionId, numberOfConnections: 1 }))
  assert.equal(made.lagState, 'pending', 'its link is interrupted and comes back as a member')
  assert.deepEqual(
    made.connections?.map((each) => each.connectionId),
    [connectionId],
  )
  assert.equal(made.awsDeviceV2, alone?.awsDeviceV2)
  const [seen] = await describe(client, made.lagId)
  assert.equal(seen?.lagState, 'available')
  assert.deepEqual(seen?.connections, [{ ...alone, lagId: made.lagId }])

  const second = await client.send(order())
  const pair = await client.send(lag({ connectionId: second.connectionId, numberOfConnections: 2 }))
  assert.equal(pair.numberOfConnections, 2)
  assert.equal(new Set(pair.connections?.map((each) => each.lagId)).size, 1)
})

test('a LAG and an existing connection are both ordered with MACsec or both without', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const secure = await client.send(order({ requestMACSec: true }))
  const plain = await client.send(order())
  const text = (id: string | undefined) => `Connection ${id} and lag should be requested MacSec at the same time`
  const asked = (connectionId: string | undefined, requestMACSec: boolean) =>
    client.send(lag({ connectionId, requestMACSec, numberOfConnections: 1 }))
  await assert.rejects(asked(secure.connectionId, false), refused(text(secure.connectionId)))
  await assert.rejects(asked(plain.connectionId, true), refused(text(plain.connectionId)))
  const made = await client.send(lag({ connectionId: secure.connectionId, numberOfConnections: 2 }))
  assert.deepEqual([made.macSecCapable, made.encryptionMode], [true, 'should_encrypt'])
  assert.ok(made.connections?.every((each) => each.macSecCapable === true && each.encryptionMode === 'should_encrypt'))
})

test('DescribeLags pages through the LAGs of its account and Region, and an unknown id is an error', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const made = []
  for (let n = 0; n < 5; n++) made.push((await client.send(lag({ numberOfConnections: 1 }))).lagId)
  const seen: (string | undefined)[] = []
  let nextToken: string | undefined
  do {
    const page = await client.send(new DescribeLagsCommand({ maxResults: 2, nextToken }))
    seen.push(...(page.lags ?? []).map((each) => each.lagId))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  assert.deepEqual(seen, made)
  assert.equal((await describe(client)).length, 5)
  for (const other of [server.client('222233334444'), server.client('test', 'us-west-2')]) {
    assert.deepEqual(await describe(other), [])
    for (const ask of [describe(other, made[0]), other.send(remove(made[0])), other.send(update(made[0], {}))])
      await assert.rejects(ask, refused(`Could not find Lag with ID ${made[0]}`))
  }
})

test('UpdateLag changes what is named: the name, or a minimum of links up to the number of connections', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { lagId } = await client.send(lag())
  const renamed = await client.send(update(lagId, { lagName: 'yours' }))
  assert.deepEqual([renamed.lagName, renamed.minimumLinks], ['yours', 0])
  const needs = await client.send(update(lagId, { minimumLinks: 2 }))
  assert.deepEqual([needs.lagName, needs.minimumLinks, needs.lagState], ['yours', 2, 'available'])
  for (const minimumLinks of [-1, 3])
    await assert.rejects(client.send(update(lagId, { minimumLinks })), refused(/minimumLinks: .* range 0 to 2/))
  await assert.rejects(client.send(update(lagId, { lagName: '' })), refused(/lagName/))
  await assert.rejects(
    client.send(update(lagId, { encryptionMode: 'should_encrypt' })),
    refused(`Lag ${lagId} is not MACsec capable`),
  )
  assert.deepEqual((await client.send(update(lagId, {}))).minimumLinks, 2)
})

test('the encryption mode of a LAG is that of all its connections', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { lagId } = await client.send(lag({ requestMACSec: true }))
  const plain = await client.send(update(lagId, { encryptionMode: 'no_encrypt' }))
  assert.equal(plain.encryptionMode, 'no_encrypt')
  assert.deepEqual(new Set(plain.connections?.map((each) => each.encryptionMode)), new Set(['no_encrypt']))
  const joined = await client.send(order({ lagId: lagId ?? '' }))
  assert.equal(joined.encryptionMode, 'no_encrypt')
  await assert.rejects(client.send(update(lagId, { encryptionMode: 'foo' })), refused(/encryptionMode/))
  await assert.rejects(client.send(update(lagId, { encryptionMode: 'must_encrypt' })), refused(/no MACsec key/))
})

test('a deleted LAG is deleting, then deleted, and its connections stand alone', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { lagId, connections = [] } = await client.send(lag())
  const leaving = await client.send(remove(lagId))
  assert.deepEqual([leaving.lagState, leaving.connections, leaving.numberOfConnections], ['deleting', [], 0])
  assert.equal((await describe(client, lagId))[0]?.lagState, 'deleted')
  for (const { connectionId } of connections) {
    const alone = await describeConnection(client, connectionId)
    assert.deepEqual([alone?.lagId, alone?.connectionState], [undefined, 'available'])
  }
  await assert.rejects(client.send(remove(lagId)), refused(`Could not find Lag with ID ${lagId}`))
  await assert.rejects(client.send(join(connections[0]?.connectionId, lagId)), refused(/Could not find Lag/))
})

test('a LAG that is being deleted is changed no more, and can be asked for until 15 minutes after its end', async () => {
  await using server = await startServer(byTheClock)
  const client = server.client()
  const { lagId } = await client.send(lag({ numberOfConnections: 1 }))
  const { connectionId } = await client.send(order())
  await client.send(remove(lagId))
  const isLeaving = refused(`Lag ${lagId} is being deleted`)
  await assert.rejects(client.send(update(lagId, { lagName: 'yours' })), isLeaving)
  await assert.rejects(client.send(join(connectionId, lagId)), isLeaving)
  await assert.rejects(client.send(order({ lagId: lagId ?? '' })), isLeaving)

  const later = (advanceSeconds: number) => server.operator('POST', '/clock', { advanceSeconds })
  await later(doneSeconds + 15 * 60 - 1)
  assert.equal((await describe(client, lagId))[0]?.lagState, 'deleted')
  assert.equal((await describe(client)).length, 1)
  await later(1)
  await assert.rejects(describe(client, lagId), refused(`Could not find Lag with ID ${lagId}`))
  assert.deepEqual(await describe(client), [])
})

test('a LAG can need no more links than it has connections that nobody has asked to delete', async () => {
  await using server = await startServer(byTheClock)
  const client = server.client()
  const { lagId, connections = [] } = await client.send(lag())
  await client.send(removeConnection(connections[0]?.connectionId))
  await assert.rejects(client.send(update(lagId, { minimumLinks: 2 })), refused(/minimumLinks: .* range 0 to 1/))
  assert.equal((await client.send(update(lagId, { minimumLinks: 1 }))).minimumLinks, 1)
})
