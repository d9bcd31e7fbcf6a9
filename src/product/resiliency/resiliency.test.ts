import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operator } from '../../../test/tools/operator.ts'
import { type RawClient, rawClient } from '../../../test/tools/raw.ts'
import { startServer } from '../../../test/tools/server.ts'
import { byTheClock, doneSeconds, refused } from '../../../test/tools/virtual-interfaces.ts'

const alice = '111122223333'
const bob = '444455556666'

async function makeGroup(call: RawClient, facts: object = {}) {
  const order = { resiliencyGroupName: 'core', intendedResiliencyModel: 'maximum-resiliency', ...facts }
  return (await call('CreateResiliencyGroup', order)).resiliencyGroup
}

async function makeConnection(call: RawClient, location = 'EqDC2'): Promise<string> {
  return (await call('CreateConnection', { location, bandwidth: '1Gbps', connectionName: 'c' })).connectionId
}

const arn = (connectionId: string, region = 'us-east-1') =>
  `arn:aws:directconnect:${region}:${alice}:dxcon/${connectionId}`

async function statesIn(call: RawClient, resiliencyGroupId: string) {
  const { items } = await call('ListResiliencyGroupAssociations', { resiliencyGroupId })
  return items.map((each: { connectionArn: string; state: string }) => [each.connectionArn, each.state])
}

test('a resiliency group comes, is renamed and goes, in every Region the same, and connections come and go in it', async () => {
  await using server = await startServer({ timing: 'fast' })
  const call = rawClient(server, alice)
  const made = await makeGroup(call, { tags: [{ key: 'a', value: '1' }] })
  const { resiliencyGroupId } = made
  assert.match(resiliencyGroupId, /^dxrg-[0-9a-z]{17}$/)
  assert.deepEqual(made, {
    resiliencyGroupId,
    resiliencyGroupArn: `arn:aws:directconnect::${alice}:dx-resiliency-group/${resiliencyGroupId}`,
    resiliencyGroupName: 'core',
    resiliencyGroupType: 'Managed',
    ownerAccount: alice,
    state: 'pending',
    tags: [{ key: 'a', value: '1' }],
  })
  await server.advance(1)
  const elsewhere = rawClient(server, alice, 'eu-west-1')
  const { resiliencyGroup: seen } = await elsewhere('GetResiliencyGroup', {
    resiliencyGroupId: resiliencyGroupId.toUpperCase(),
  })
  assert.deepEqual(seen, { ...made, state: 'available' })
  const { tags: _tags, ...summary } = seen
  assert.deepEqual(await elsewhere('ListResiliencyGroups'), { items: [summary] })
  await call('TagResource', { resourceArn: made.resiliencyGroupArn, tags: [{ key: 'b', value: '2' }] })
  const { resiliencyGroup: renamed } = await call('UpdateResiliencyGroup', {
    resiliencyGroupId,
    resiliencyGroupName: 'Core_2-',
  })
  assert.deepEqual([renamed.resiliencyGroupName, renamed.tags.length], ['Core_2-', 2])

  const first = await makeConnection(call)
  const second = await makeConnection(elsewhere, 'EQLD5')
  const connectionIdentifiers = [arn(second, 'eu-west-1'), first]
  const both = { resiliencyGroupId, connectionIdentifiers }
  const associated = await call('AssociateConnectionsToResiliencyGroup', both)
  const rows = [arn(second, 'eu-west-1'), arn(first)]
  assert.deepEqual(
    associated.resiliencyGroupAssociations,
    rows.map((connectionArn) => ({ resiliencyGroupId, connectionArn, state: 'associating' })),
  )
  await server.advance(1)
  const sorted = async () => (await statesIn(call, resiliencyGroupId)).toSorted()
  assert.deepEqual(await sorted(), rows.map((row) => [row, 'associated']).toSorted())
  const left = await call('DisassociateConnectionsFromResiliencyGroup', {
    resiliencyGroupId,
    connectionIdentifiers: [first],
  })
  assert.equal(left.resiliencyGroupAssociations[0].state, 'disassociating')
  await server.advance(1)
  assert.deepEqual((await sorted()).map(([, state]: readonly string[]) => state).toSorted(), [
    'associated',
    'disassociated',
  ])
  await call('AssociateConnectionsToResiliencyGroup', { resiliencyGroupId, connectionIdentifiers: [first] })
  await server.advance(20 * 60)
  assert.deepEqual(await sorted(), rows.map((row) => [row, 'associated']).toSorted())
  await call('DeleteConnection', { connectionId: first })
  await server.advance(1)
  assert.equal((await sorted()).length, 1, 'what is deleted is in no group')

  const { resiliencyGroup: leaving } = await call('DeleteResiliencyGroup', { resiliencyGroupId })
  assert.equal(leaving.state, 'deleting')
  assert.deepEqual(await sorted(), [[rows[0], 'disassociating']])
  await server.advance(1)
  assert.equal((await call('GetResiliencyGroup', { resiliencyGroupId })).resiliencyGroup.state, 'deleted')
  await assert.rejects(
    call('UpdateResiliencyGroup', { resiliencyGroupId, resiliencyGroupName: 'x' }),
    refused(/deleted/),
  )
  await server.advance(20 * 60)
  await assert.rejects(
    call('GetResiliencyGroup', { resiliencyGroupId }),
    refused(`ResiliencyGroup ${resiliencyGroupId} does not exist.`),
  )
  assert.deepEqual(await call('ListResiliencyGroups'), { items: [] })
})

test('a token makes a request of a resiliency group happen once', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  const order = { clientToken: 'one', tags: [{ key: 'a', value: '1' }] }
  const first = await makeGroup(call, order)
  assert.equal((await makeGroup(call, order)).resiliencyGroupId, first.resiliencyGroupId)
  await assert.rejects(makeGroup(call, { ...order, resiliencyGroupName: 'other' }), refused(/clientToken/))
  const { resiliencyGroupId } = first
  assert.notEqual((await makeGroup(rawClient(server, bob), order)).resiliencyGroupId, resiliencyGroupId)
  assert.notEqual((await makeGroup(call)).resiliencyGroupId, resiliencyGroupId, 'a name may be used again')

  const rename = { resiliencyGroupId, resiliencyGroupName: 'renamed', clientToken: 'one' }
  for (let time = 0; time < 2; time++)
    assert.equal((await call('UpdateResiliencyGroup', rename)).resiliencyGroup.resiliencyGroupName, 'renamed')
  await assert.rejects(call('UpdateResiliencyGroup', { ...rename, resiliencyGroupName: 'x' }), refused(/clientToken/))

  const connectionId = await makeConnection(call)
  const change = { resiliencyGroupId, connectionIdentifiers: [connectionId], clientToken: 'two' }
  const associated = await call('AssociateConnectionsToResiliencyGroup', change)
  const again = await call('AssociateConnectionsToResiliencyGroup', change)
  assert.deepEqual(
    again.resiliencyGroupAssociations.map((each: { connectionArn: string }) => each.connectionArn),
    associated.resiliencyGroupAssociations.map((each: { connectionArn: string }) => each.connectionArn),
  )
  await assert.rejects(
    call('AssociateConnectionsToResiliencyGroup', { ...change, clientToken: 'three' }),
    refused(`Connection ${connectionId} is already associated with ResiliencyGroup ${resiliencyGroupId}`),
  )
  for (let time = 0; time < 2; time++) await call('DisassociateConnectionsFromResiliencyGroup', change)
  await assert.rejects(
    call('DisassociateConnectionsFromResiliencyGroup', { ...change, clientToken: 'three' }),
    refused(/is not associated with/),
  )
  await server.advance(25 * 60 * 60)
  assert.notEqual((await makeGroup(call, order)).resiliencyGroupId, resiliencyGroupId, 'a day later it is another')
})

test('connections are associated all or not at all', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  const { resiliencyGroupId } = await makeGroup(call)
  const connectionId = await makeConnection(call)
  const foreign = await makeConnection(rawClient(server, bob))
  const associate = (...connectionIdentifiers: readonly string[]) =>
    call('AssociateConnectionsToResiliencyGroup', { resiliencyGroupId, connectionIdentifiers })
  for (const wrong of [
    'dxcon-ffffffff',
    foreign,
    arn('dxcon-ffffffff'),
    arn(connectionId, 'us-west-2'),
    arn(connectionId).replace(alice, bob),
    arn(connectionId).replace('arn:aws:', 'arn:aws-cn:'),
  ])
    await assert.rejects(associate(connectionId, wrong), refused(`Could not find Connection with ID ${wrong}`), wrong)
  await assert.rejects(
    associate(connectionId, arn('x').replace('dxcon', 'dxlag')),
    refused(/not the ARN of a connection/),
  )
  await assert.rejects(associate(), refused(/connectionIdentifiers/))
  await assert.rejects(associate(...Array(51).fill(connectionId)), refused(/connectionIdentifiers/))
  assert.deepEqual(await statesIn(call, resiliencyGroupId), [])
  await associate(connectionId, arn(connectionId))
  assert.equal((await statesIn(call, resiliencyGroupId)).length, 1, 'an id and its ARN are one connection')
  await assert.rejects(
    call('DisassociateConnectionsFromResiliencyGroup', {
      resiliencyGroupId,
      connectionIdentifiers: [connectionId, await makeConnection(call)],
    }),
    refused(/is not associated with/),
  )
  assert.deepEqual(await statesIn(call, resiliencyGroupId), [[arn(connectionId), 'associated']])
  for (const operation of ['GetResiliencyGroup', 'DeleteResiliencyGroup', 'ListResiliencyGroupAssociations'])
    await assert.rejects(rawClient(server, bob)(operation, { resiliencyGroupId }), refused(/does not exist/))
})

test('neither an interconnect nor a connection that is being deleted comes into a group', async () => {
  await using server = await startServer(byTheClock)
  const partner = rawClient(server, 'partner')
  const { resiliencyGroupId } = await makeGroup(partner)
  await server.operator('POST', '/clock', { advanceSeconds: doneSeconds })
  const port = { location: 'EqDC2', bandwidth: '1Gbps', interconnectName: 'x' }
  const { interconnectId } = await partner('CreateInterconnect', port)
  const connectionId = await makeConnection(partner)
  const associate = (identifier: string) =>
    partner('AssociateConnectionsToResiliencyGroup', { resiliencyGroupId, connectionIdentifiers: [identifier] })
  await assert.rejects(associate(interconnectId), refused(`Could not find Connection with ID ${interconnectId}`))
  await associate(connectionId)
  const leaving = await makeConnection(partner)
  await partner('DeleteConnection', { connectionId: leaving })
  await assert.rejects(associate(leaving), refused(`Connection ${leaving} is deleted or being deleted`))
})

test('names are of letters, digits, hyphen and underscore; too many groups or connections exceed a limit', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  for (const resiliencyGroupName of ['', 'a b', 'ä', 'a'.repeat(256)])
    await assert.rejects(makeGroup(call, { resiliencyGroupName }), refused(/resiliencyGroupName/))
  await assert.rejects(makeGroup(call, { intendedResiliencyModel: 'best' }), refused(/intendedResiliencyModel/))
  await makeGroup(call, { resiliencyGroupName: 'a'.repeat(255) })
  await server.operator('PUT', `/accounts/${alice}/quotas`, {
    resiliencyGroupsPerAccount: 2,
    connectionsPerResiliencyGroup: 1,
  })
  const { resiliencyGroupId } = await makeGroup(call)
  await assert.rejects(makeGroup(call), { name: 'LimitExceededException', message: /limit of 2 resiliency groups/ })
  const connectionIdentifiers = [await makeConnection(call), await makeConnection(call)]
  await assert.rejects(call('AssociateConnectionsToResiliencyGroup', { resiliencyGroupId, connectionIdentifiers }), {
    name: 'LimitExceededException',
    message: /limit of 1 connections in ResiliencyGroup/,
  })
})

test('groups and their associations are listed in pages', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  const made: string[] = []
  for (let index = 0; index < 5; index++) made.push((await makeGroup(call)).resiliencyGroupId)
  const first = await call('ListResiliencyGroups', { maxResults: 3 })
  const second = await call('ListResiliencyGroups', { maxResults: 3, nextToken: first.nextToken })
  assert.equal(second.nextToken, undefined)
  const ids = [...first.items, ...second.items].map((each) => each.resiliencyGroupId)
  assert.deepEqual(ids.toSorted(), made.toSorted())
  const [resiliencyGroupId] = made
  const connectionIdentifiers = [await makeConnection(call), await makeConnection(call)]
  await call('AssociateConnectionsToResiliencyGroup', { resiliencyGroupId, connectionIdentifiers })
  const page = await call('ListResiliencyGroupAssociations', { resiliencyGroupId, maxResults: 1 })
  const rest = await call('ListResiliencyGroupAssociations', { resiliencyGroupId, nextToken: page.nextToken })
  assert.deepEqual([page.items.length, rest.items.length, rest.nextToken], [1, 1, undefined])
  await assert.rejects(call('ListResiliencyGroups', { nextToken: page.nextToken }), refused(/nextToken/))
})

test('operators see whether the connections of a group meet its intended model, and why not', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, alice)
  const { resiliencyGroupId } = await makeGroup(call)
  const look = async () =>
    (await operator(server, 'GET', `/resiliency-groups?accountId=${alice}`)).body.resiliencyGroups[0]
  const empty = await look()
  assert.deepEqual(
    [empty.intendedResiliencyModel, empty.meetsIntendedModel, empty.reasons],
    ['maximum-resiliency', false, ['The connections end at 0 locations: 2 are needed']],
  )
  const add = async (location: string) => {
    const connectionId = await makeConnection(call, location)
    await call('DescribeConnections')
    await call('AssociateConnectionsToResiliencyGroup', { resiliencyGroupId, connectionIdentifiers: [connectionId] })
    return connectionId
  }
  for (const location of ['EqDC2', 'EqDC2', 'CSVA1']) await add(location)
  assert.deepEqual((await look()).reasons, [
    'All connections at location CSVA1 end on 1 device: separate devices are needed',
  ])
  const last = await add('CSVA1')
  const met = await look()
  assert.deepEqual([met.meetsIntendedModel, met.reasons, met.connections.length], [true, [], 4])
  await server.operator('POST', '/faults', { target: last, kind: 'down' })
  assert.equal((await look()).meetsIntendedModel, true, 'a model says what may fail')
  await call('DeleteConnection', { connectionId: last })
  assert.equal((await look()).meetsIntendedModel, false)
  assert.deepEqual((await operator(server, 'GET', `/resiliency-groups?accountId=${bob}`)).body, {
    resiliencyGroups: [],
  })
})

test('a connection whose order is not approved has no port, and counts for no model', async () => {
  await using server = await startServer({ timing: 'instant', provisioning: 'manual' })
  const call = rawClient(server, alice)
  const { resiliencyGroupId } = await makeGroup(call, { intendedResiliencyModel: 'basic-resiliency' })
  const connectionIdentifiers = [await makeConnection(call), await makeConnection(call)]
  await call('AssociateConnectionsToResiliencyGroup', { resiliencyGroupId, connectionIdentifiers })
  const look = async () => (await operator(server, 'GET', '/resiliency-groups')).body.resiliencyGroups[0]
  assert.deepEqual(
    (await look()).reasons.toSorted(),
    [
      'The connections end on 0 devices: 2 are needed',
      ...connectionIdentifiers.map((id) => `Connection ${id} does not count: it is requested`),
    ].toSorted(),
  )
  for (const id of connectionIdentifiers) await server.operator('POST', `/connections/${id}/approve`)
  assert.equal((await look()).meetsIntendedModel, true)
})
