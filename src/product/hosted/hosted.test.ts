import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocateConnectionOnInterconnectCommand,
  AllocateHostedConnectionCommand,
  type AllocateHostedConnectionCommandInput,
  AssociateHostedConnectionCommand,
  ConfirmConnectionCommand,
  CreateConnectionCommand,
  CreateInterconnectCommand,
  CreateLagCommand,
  DeleteConnectionCommand,
  DescribeConnectionsCommand,
  DescribeConnectionsOnInterconnectCommand,
  DescribeHostedConnectionsCommand,
  type DirectConnectClient,
  UpdateConnectionCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer, type TestServer } from '../../../test/tools/server.ts'
import { hostedSizes } from '../inventory/speeds.ts'

const customerId = '111122223333'
const refused = (message: string | RegExp) => ({ name: 'DirectConnectClientException', message })
const missing = (id: string | undefined) => refused(`Could not find Connection with ID ${id}`)
const confirm = (connectionId: string | undefined) => new ConfirmConnectionCommand({ connectionId })
const remove = (connectionId: string | undefined) => new DeleteConnectionCommand({ connectionId })
const move = (connectionId: string | undefined, parentConnectionId: string | undefined) =>
  new AssociateHostedConnectionCommand({ connectionId, parentConnectionId })

function allocate(connectionId: string | undefined, facts: Partial<AllocateHostedConnectionCommandInput> = {}) {
  const slice = { ownerAccount: customerId, bandwidth: '500Mbps', connectionName: 'slice', vlan: 101 }
  return new AllocateHostedConnectionCommand({ connectionId, ...slice, ...facts })
}

async function interconnect(partner: DirectConnectClient, bandwidth = '10Gbps', location = 'EqDC2') {
  const wish = { location, bandwidth, interconnectName: 'ours' }
  return (await partner.send(new CreateInterconnectCommand(wish))).interconnectId
}

async function hostedOn(client: DirectConnectClient, connectionId: string | undefined) {
  return (await client.send(new DescribeHostedConnectionsCommand({ connectionId }))).connections ?? []
}

async function stateOf(client: DirectConnectClient, connectionId: string | undefined) {
  const { connections } = await client.send(new DescribeConnectionsCommand({ connectionId }))
  return connections?.[0]?.connectionState
}

function parties(server: TestServer) {
  return { partner: server.client('partner'), customer: server.client(customerId), stranger: server.client() }
}

test('a partner allocates, both see it, and the customer accepts it once', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner, customer } = parties(server)
  const parent = await interconnect(partner)
  const tags = [{ key: 'site', value: 'hq' }]
  const { $metadata: _metadata, ...made } = await partner.send(allocate(parent, { tags }))
  const { connectionId, awsDeviceV2 } = made
  const facts = {
    ownerAccount: customerId,
    connectionId,
    connectionName: 'slice',
    connectionState: 'ordering',
    region: 'us-east-1',
    location: 'EqDC2',
    bandwidth: '500Mbps',
    vlan: 101,
    partnerName: 'Partner',
    awsDevice: awsDeviceV2,
    awsDeviceV2,
    awsLogicalDeviceId: awsDeviceV2,
    jumboFrameCapable: true,
    hasLogicalRedundancy: 'no',
    macSecCapable: false,
    partnerInterconnectMacSecCapable: false,
    portEncryptionStatus: 'Encryption Down',
    encryptionMode: 'unknown',
  }
  assert.deepEqual(made, { ...facts, tags: [] }, 'the partner never sees the tags')
  assert.deepEqual(await hostedOn(partner, parent), [{ ...facts, tags: [] }])
  assert.deepEqual((await customer.send(new DescribeConnectionsCommand({}))).connections, [{ ...facts, tags }])
  assert.deepEqual((await partner.send(new DescribeConnectionsCommand({}))).connections, [])

  await assert.rejects(partner.send(confirm(connectionId)), missing(connectionId))
  assert.equal((await customer.send(confirm(connectionId))).connectionState, 'pending')
  assert.equal(await stateOf(customer, connectionId), 'available')
  await assert.rejects(
    customer.send(confirm(connectionId)),
    refused(`ConfirmConnection failed. ${connectionId} is in state available`),
  )
})

test('only what is offered can be confirmed', async () => {
  await using server = await startServer({ timing: 'instant', provisioning: 'manual' })
  const { customer } = parties(server)
  const wish = { location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'own' }
  const { connectionId } = await customer.send(new CreateConnectionCommand(wish))
  await assert.rejects(
    customer.send(confirm(connectionId)),
    refused(`ConfirmConnection failed. ${connectionId} is in state requested`),
  )
})

test('an offer that its customer deletes is rejected, and one that the partner deletes is deleted', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner, customer } = parties(server)
  const parent = await interconnect(partner)
  const declined = await partner.send(allocate(parent))
  assert.equal((await customer.send(remove(declined.connectionId))).connectionState, 'rejected')
  assert.equal((await hostedOn(partner, parent))[0]?.connectionState, 'rejected', 'the partner sees it')
  await assert.rejects(customer.send(remove(declined.connectionId)), missing(declined.connectionId))
  await assert.rejects(customer.send(confirm(declined.connectionId)), refused(/is in state rejected$/))

  const withdrawn = await partner.send(allocate(parent))
  assert.equal((await partner.send(remove(withdrawn.connectionId))).connectionState, 'deleting')
  assert.equal(await stateOf(customer, withdrawn.connectionId), 'deleted')
})

test('what its customer has declined cannot fail any more, and is neither renamed nor moved', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner, customer } = parties(server)
  const { connectionId } = await partner.send(allocate(await interconnect(partner)))
  await customer.send(remove(connectionId))
  const gone = refused(`Connection ${connectionId} is deleted or being deleted`)
  const rename = new UpdateConnectionCommand({ connectionId, connectionName: 'again' })
  await assert.rejects(customer.send(rename), gone)
  await assert.rejects(partner.send(move(connectionId, await interconnect(partner))), gone)
  await assert.rejects(server.operator('POST', '/faults', { target: connectionId, kind: 'down' }), /: 404 /)
})

test('an accepted hosted connection is deleted by its customer or by its partner', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner, customer } = parties(server)
  const parent = await interconnect(partner)
  for (const client of [customer, partner]) {
    const { connectionId } = await partner.send(allocate(parent))
    await customer.send(confirm(connectionId))
    assert.equal((await client.send(remove(connectionId))).connectionState, 'deleting')
    assert.deepEqual(await hostedOn(partner, parent), [])
  }
})

test('a VLAN is 1 to 4094, of one connection on its parent, and free again when that is declined or deleted', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner, customer } = parties(server)
  const [one, other] = [await interconnect(partner), await interconnect(partner)]
  for (const vlan of [-1, 0, 4095]) await assert.rejects(partner.send(allocate(one, { vlan })), refused(/for vlan/))
  for (const vlan of [1, 4094]) await partner.send(allocate(one, { vlan }))
  const { connectionId } = await partner.send(allocate(one))
  await partner.send(allocate(other))
  await assert.rejects(partner.send(allocate(one)), refused('VLAN 101 is already in use'))
  await customer.send(remove(connectionId))
  const again = await partner.send(allocate(one))
  await partner.send(remove(again.connectionId))
  await partner.send(allocate(one))
})

test('a hosted connection has one of the sizes, and none that its parent has not', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner } = parties(server)
  const [slow, fast] = [await interconnect(partner, '1Gbps'), await interconnect(partner, '100Gbps')]
  for (const [index, bandwidth] of hostedSizes.entries())
    await partner.send(allocate(fast, { bandwidth, vlan: index + 1 }))
  for (const bandwidth of ['1Mbps', '100Gbps', 'foo'])
    await assert.rejects(partner.send(allocate(fast, { bandwidth })), refused(`Invalid interface speed: ${bandwidth}`))
  await partner.send(allocate(slow, { bandwidth: '1Gbps', vlan: 1 }))
  await assert.rejects(
    partner.send(allocate(slow, { bandwidth: '2Gbps' })),
    refused(`Invalid interface speed: 2Gbps is more than ${slow} has`),
  )
})

test('a partner of the first kind sells at most 500 Mbps', async () => {
  await using server = await startServer({ timing: 'instant' })
  await server.operator('POST', '/accounts', {
    accountId: '222222222222',
    name: 'Small',
    kind: 'partner',
    nniPartnerType: 'v1',
  })
  const partner = server.client('222222222222')
  const parent = await interconnect(partner)
  assert.equal((await partner.send(allocate(parent))).partnerName, 'Small')
  await assert.rejects(partner.send(allocate(parent, { bandwidth: '1Gbps', vlan: 7 })), refused(/of type v1 offers/))
})

test('connections are hosted for an account of 12 digits, under a name', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner } = parties(server)
  const parent = await interconnect(partner)
  for (const ownerAccount of ['', '1', 'abcdefghijkl', '1234567890123'])
    await assert.rejects(partner.send(allocate(parent, { ownerAccount })), refused(/ownerAccount/))
  await assert.rejects(partner.send(allocate(parent, { connectionName: '' })), refused(/connectionName/))
})

test('only an interconnect or a LAG that allows it hosts connections, once its cross connect is made', async () => {
  await using server = await startServer({ timing: 'instant', provisioning: 'manual' })
  const { partner, customer } = parties(server)
  const wish = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'own' }
  const { connectionId } = await partner.send(new CreateConnectionCommand(wish))
  await assert.rejects(partner.send(allocate(connectionId)), refused(/is not an interconnect/))
  const parent = await interconnect(partner)
  await assert.rejects(
    partner.send(allocate(parent)),
    refused(`The specified Connection ID is not available: ${parent} is in state requested`),
  )
  await server.operator('POST', `/connections/${parent}/approve`)
  await assert.rejects(
    partner.send(allocate(parent)),
    refused(`The specified Connection ID is not available: ${parent} waits for its cross connect`),
  )
  await server.operator('POST', `/connections/${parent}/cable`)
  await partner.send(allocate(parent))
  await assert.rejects(customer.send(allocate(parent)), missing(parent))
  const bundle = { location: 'EqDC2', connectionsBandwidth: '10Gbps', numberOfConnections: 1, lagName: 'bundle' }
  const { lagId } = await customer.send(new CreateLagCommand(bundle))
  await assert.rejects(customer.send(allocate(lagId)), refused(`Lag ${lagId} does not allow hosted connections`))
})

test('on a LAG of a partner a hosted connection names the LAG', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner, customer, stranger } = parties(server)
  const bundle = { location: 'EqDC2', connectionsBandwidth: '10Gbps', numberOfConnections: 2, lagName: 'bundle' }
  const { lagId, connections } = await partner.send(new CreateLagCommand(bundle))
  const made = await partner.send(allocate(lagId))
  assert.equal(made.lagId, lagId)
  await customer.send(confirm(made.connectionId))
  assert.equal(await stateOf(customer, made.connectionId), 'available')
  assert.equal((await hostedOn(partner, lagId))[0]?.connectionId, made.connectionId)
  await assert.rejects(hostedOn(stranger, lagId), missing(lagId))
  await assert.rejects(hostedOn(partner, 'dxlag-f0000000'), missing('dxlag-f0000000'))
  const [member] = connections ?? []
  await assert.rejects(partner.send(allocate(member?.connectionId)), refused(/is (not an interconnect|in Lag)/))
})

test('a LAG hosts what its connections have together, and less when one is deleted', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner } = parties(server)
  const bundle = { location: 'EqDC2', connectionsBandwidth: '10Gbps', numberOfConnections: 3, lagName: 'bundle' }
  const { lagId, connections = [] } = await partner.send(new CreateLagCommand(bundle))
  await partner.send(allocate(lagId, { bandwidth: '25Gbps', vlan: 1 }))
  await partner.send(remove(connections[0]?.connectionId))
  await assert.rejects(
    partner.send(allocate(lagId, { bandwidth: '25Gbps', vlan: 2 })),
    refused(`Invalid interface speed: 25Gbps is more than ${lagId} has`),
  )
  await partner.send(allocate(lagId, { bandwidth: '10Gbps', vlan: 2 }))
})

test('a hosted connection is down while what carries it is', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner, customer } = parties(server)
  const parent = await interconnect(partner)
  const { connectionId } = await partner.send(allocate(parent))
  await customer.send(confirm(connectionId))
  assert.equal(await stateOf(customer, connectionId), 'available')
  const { faultId } = await server.operator('POST', '/faults', { target: parent, kind: 'down' })
  assert.equal(await stateOf(customer, connectionId), 'down')
  await server.operator('DELETE', `/faults/${faultId}`)
  assert.equal(await stateOf(customer, connectionId), 'available')
})

test('the deprecated forms know interconnects only', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner, customer } = parties(server)
  const parent = await interconnect(partner)
  const slice = { ownerAccount: customerId, bandwidth: '50Mbps', connectionName: 'old', vlan: 5 }
  const onInterconnect = (interconnectId: string | undefined) =>
    new AllocateConnectionOnInterconnectCommand({ interconnectId, ...slice })
  const made = await partner.send(onInterconnect(parent))
  assert.equal(made.connectionState, 'ordering')
  const list = new DescribeConnectionsOnInterconnectCommand({ interconnectId: parent })
  assert.deepEqual(
    (await partner.send(list)).connections?.map(({ connectionId }) => connectionId),
    [made.connectionId],
  )
  const none = refused(`Could not find Interconnect with ID ${parent}`)
  await assert.rejects(customer.send(list), none)
  await assert.rejects(customer.send(onInterconnect(parent)), none)
  await assert.rejects(partner.send(onInterconnect(made.connectionId)), refused(/^Could not find Interconnect/))
})

test('asked for a hosted connection itself, its partner and its owner get that one, and nobody else anything', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner, customer, stranger } = parties(server)
  const parent = await interconnect(partner)
  const { connectionId } = await partner.send(allocate(parent))
  await partner.send(allocate(parent, { vlan: 102 }))
  for (const client of [partner, customer])
    assert.deepEqual(
      (await hostedOn(client, connectionId)).map((each) => each.connectionId),
      [connectionId],
    )
  await assert.rejects(hostedOn(stranger, connectionId), missing(connectionId))
  await assert.rejects(hostedOn(customer, parent), missing(parent), 'the customer has no part in the interconnect')
  for (const client of [partner, stranger]) {
    await assert.rejects(client.send(new DescribeConnectionsCommand({ connectionId })), missing(connectionId))
  }
  await assert.rejects(stranger.send(remove(connectionId)), missing(connectionId))
})

test('what a parent hosts comes in pages', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner } = parties(server)
  const connectionId = await interconnect(partner)
  for (let vlan = 1; vlan <= 5; vlan++) await partner.send(allocate(connectionId, { vlan }))
  const page = (nextToken?: string) =>
    partner.send(new DescribeHostedConnectionsCommand({ connectionId, maxResults: 3, nextToken }))
  const first = await page()
  const second = await page(first.nextToken)
  assert.deepEqual(
    [...(first.connections ?? []), ...(second.connections ?? [])].map(({ vlan }) => vlan),
    [1, 2, 3, 4, 5],
  )
  assert.equal(second.nextToken, undefined)
})

test('the partner moves a hosted connection, which keeps its VLAN and its state, to where that VLAN is free', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { partner, customer, stranger } = parties(server)
  const [one, other] = [await interconnect(partner), await interconnect(partner, '10Gbps', 'CSVA1')]
  const slow = await interconnect(partner, '1Gbps')
  const { connectionId } = await partner.send(allocate(one, { bandwidth: '2Gbps' }))
  await customer.send(confirm(connectionId))
  const taken = await partner.send(allocate(other))

  await assert.rejects(partner.send(move(connectionId, other)), refused('VLAN 101 is already in use'))
  await assert.rejects(
    partner.send(move(connectionId, slow)),
    refused(`Invalid interface speed: 2Gbps is more than ${slow} has`),
  )
  await assert.rejects(partner.send(move(one, other)), refused(`Connection ${one} is not a hosted connection`))
  await assert.rejects(customer.send(move(connectionId, other)), refused(/by the partner who hosts it/))
  await assert.rejects(stranger.send(move(connectionId, other)), missing(connectionId))
  await assert.rejects(partner.send(move(connectionId, 'dxcon-f0000000')), missing('dxcon-f0000000'))

  await partner.send(remove(taken.connectionId))
  const moved = await partner.send(move(connectionId, other))
  assert.deepEqual([moved.connectionState, moved.location, moved.vlan], ['available', 'CSVA1', 101])
  assert.equal((await partner.send(move(connectionId, other))).connectionState, 'available', 'where it is already')
  assert.deepEqual(await hostedOn(partner, one), [])
  await partner.send(allocate(one))
  await partner.send(remove(connectionId))
  await assert.rejects(partner.send(move(connectionId, one)), refused(/is deleted or being deleted/))
})

test('a hosted connection that worked is down, not pending, where it is moved to what is not up yet', async () => {
  await using server = await startServer({ timing: 'instant', provisioning: 'manual' })
  const { partner, customer } = parties(server)
  const plug = async (id: string | undefined) => {
    for (const step of ['approve', 'cable']) await server.operator('POST', `/connections/${id}/${step}`)
  }
  const parent = await interconnect(partner)
  await plug(parent)
  const order = { location: 'EqDC2', connectionsBandwidth: '10Gbps', lagName: 'bundle', numberOfConnections: 1 }
  const { lagId, connections } = await partner.send(new CreateLagCommand(order))
  const member = connections?.[0]?.connectionId
  await server.operator('POST', `/connections/${member}/approve`)

  const [worked, offered] = [await partner.send(allocate(parent)), await partner.send(allocate(parent, { vlan: 102 }))]
  await customer.send(confirm(worked.connectionId))
  assert.equal(await stateOf(customer, worked.connectionId), 'available')
  assert.equal((await partner.send(move(worked.connectionId, lagId))).connectionState, 'down')
  await partner.send(move(offered.connectionId, lagId))
  await customer.send(confirm(offered.connectionId))
  assert.equal(await stateOf(customer, offered.connectionId), 'pending', 'it never worked')
  await server.operator('POST', `/connections/${member}/cable`)
  for (const { connectionId } of [worked, offered]) assert.equal(await stateOf(customer, connectionId), 'available')
})
