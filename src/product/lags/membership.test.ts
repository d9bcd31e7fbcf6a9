import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreatePrivateVirtualInterfaceCommand, DescribeVirtualInterfacesCommand } from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'
import {
  describe,
  describeConnection,
  join,
  lag,
  leave,
  order,
  ordersOn,
  refused,
  remove,
  removeConnection,
  update,
} from './lags.test-fixture.ts'

test('a LAG whose only connection is deleted at once lives on without any, and can be deleted', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { lagId, connections = [] } = await client.send(lag({ numberOfConnections: 1 }))
  const connectionId = connections[0]?.connectionId
  await client.send(removeConnection(connectionId))
  assert.equal((await describeConnection(client, connectionId))?.connectionState, 'deleted')
  const [empty] = await describe(client, lagId)
  assert.deepEqual([empty?.numberOfConnections, empty?.connections], [0, []])
  assert.ok(['pending', 'down'].includes(empty?.lagState ?? ''))
  assert.equal((await client.send(remove(lagId))).lagState, 'deleting')
})

test('an empty LAG is pending if it never was up, else down, and remembers it through every change', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { lagId, connections = [] } = await client.send(lag({ numberOfConnections: 1 }))
  const [up] = await describe(client, lagId)
  assert.equal(up?.lagState, 'available')
  await client.send(leave(connections[0]?.connectionId, lagId))
  assert.equal((await describe(client, lagId))[0]?.lagState, 'down')
  await client.send(join(connections[0]?.connectionId, lagId))
  assert.equal((await describe(client, lagId))[0]?.lagState, 'available')

  await using manual = await startServer({ timing: 'instant', provisioning: 'manual' })
  const waiting = await manual.client().send(lag({ numberOfConnections: 1 }))
  await manual.client().send(leave(waiting.connections?.[0]?.connectionId, waiting.lagId))
  assert.equal((await describe(manual.client(), waiting.lagId))[0]?.lagState, 'pending')
})

test('a connection joins a LAG of the same device and bandwidth, as long as there is room', async () => {
  await using server = await startServer({ timing: 'instant', quotas: 'none' })
  const client = server.client()
  const { lagId, awsDeviceV2 } = await client.send(lag({ connectionsBandwidth: '100Gbps', numberOfConnections: 1 }))
  const { here, elsewhere } = await ordersOn(client, awsDeviceV2, '100Gbps')
  const another = await ordersOn(client, awsDeviceV2, '100Gbps')
  const slow = await client.send(order())

  await assert.rejects(
    client.send(join(elsewhere, lagId)),
    refused(`Connection ${elsewhere} and Lag ${lagId} must terminate at the same Direct Connect endpoint`),
  )
  await assert.rejects(
    client.send(join(slow.connectionId, lagId)),
    refused(`Connection ${slow.connectionId} has a bandwidth of 10Gbps and Lag ${lagId} one of 100Gbps`),
  )
  const joined = await client.send(join(here, lagId))
  assert.equal(joined.lagId, lagId)
  assert.equal((await describeConnection(client, here))?.lagId, lagId)
  await assert.rejects(client.send(join(here, lagId)), refused(`Connection ${here} is already in Lag ${lagId}`))
  await assert.rejects(client.send(join(another.here, lagId)), refused(/at most 2 connections/))
  await assert.rejects(client.send(join('dxcon-f0000000', lagId)), refused(/Could not find Connection/))
  await assert.rejects(client.send(join(here, 'dxlag-f0000000')), refused(/Could not find Lag/))
})

test('a connection goes from one LAG to another, if the first keeps its minimum of links', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const first = await client.send(lag())
  const moving = first.connections?.[0]?.connectionId
  await client.send(update(first.lagId, { minimumLinks: 2 }))
  const { here: spare } = await ordersOn(client, first.awsDeviceV2, '10Gbps')
  const second = await client.send(lag({ connectionId: spare, numberOfConnections: 1 }))
  assert.equal(second.awsDeviceV2, first.awsDeviceV2)

  await assert.rejects(
    client.send(join(moving, second.lagId)),
    refused(/^Connection dxcon-\w+ cannot leave Lag dxlag-\w+: 1 operational connections would remain/),
  )
  await assert.rejects(client.send(leave(moving, first.lagId)), refused(/minimumLinks is 2/))
  await assert.rejects(client.send(removeConnection(moving)), refused(/minimumLinks is 2/))
  await client.send(update(first.lagId, { minimumLinks: 1 }))
  assert.equal((await client.send(join(moving, second.lagId))).lagId, second.lagId)
  assert.equal((await describe(client, first.lagId))[0]?.numberOfConnections, 1)
  assert.equal((await describe(client, second.lagId))[0]?.numberOfConnections, 2)

  const last = first.connections?.[1]?.connectionId
  await client.send(leave(last, first.lagId))
  assert.equal((await describe(client, first.lagId))[0]?.numberOfConnections, 0, 'the last one may always leave')
})

test('what is not there to disassociate is told in the words that clients take for gone', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { lagId, connections = [] } = await client.send(lag())
  const [first, second] = connections.map((each) => each.connectionId)
  await assert.rejects(client.send(leave('dxcon-f0000000', lagId)), refused('Connection does not exist'))
  await assert.rejects(client.send(leave(first, 'dxlag-f0000000')), refused('Lag does not exist'))
  await assert.rejects(server.client('222233334444').send(leave(first, lagId)), refused('Connection does not exist'))
  const left = await client.send(leave(first, lagId))
  assert.deepEqual([left.connectionId, left.lagId, left.connectionState], [first, undefined, 'available'])
  await assert.rejects(client.send(leave(first, lagId)), refused(`Connection ${first} is not in Lag ${lagId}`))
  await client.send(removeConnection(second))
  await assert.rejects(client.send(leave(second, lagId)), refused('Connection does not exist'))
  await client.send(remove(lagId))
  await assert.rejects(client.send(leave(first, lagId)), refused('Lag does not exist'))
})

test('a member that is being deleted is in a transitioning state', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = server.client()
  const { lagId, connections = [] } = await client.send(lag())
  const connectionId = connections[0]?.connectionId
  await client.send(removeConnection(connectionId))
  await assert.rejects(
    client.send(leave(connectionId, lagId)),
    refused(`Connection ${connectionId} is in a transitioning state.`),
  )
})

test('virtual interfaces go to the LAG with their connection, and stay on it when the connection leaves', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { connectionId } = await client.send(order())
  await describeConnection(client, connectionId)
  const { virtualInterfaceId } = await client.send(
    new CreatePrivateVirtualInterfaceCommand({
      connectionId,
      newPrivateVirtualInterface: {
        virtualInterfaceName: 'x',
        vlan: 100,
        asn: 65000,
        virtualGatewayId: 'vgw-0123456789abcdef0',
      },
    }),
  )
  const seen = async () => {
    const { virtualInterfaces } = await client.send(new DescribeVirtualInterfacesCommand({ virtualInterfaceId }))
    const [{ connectionId: on, virtualInterfaceState } = {}] = virtualInterfaces ?? []
    return [on, virtualInterfaceState]
  }
  const { lagId } = await client.send(lag({ connectionId, numberOfConnections: 1 }))
  assert.deepEqual(await seen(), [lagId, 'available'])
  await assert.rejects(
    client.send(remove(lagId)),
    refused(`Lag ${lagId} cannot be deleted: ${virtualInterfaceId} is associated with it`),
  )
  await client.send(leave(connectionId, lagId))
  assert.deepEqual(await seen(), [lagId, 'down'])
  await client.send(join(connectionId, lagId))
  assert.deepEqual(await seen(), [lagId, 'available'])
})

test('a LAG is down while fewer members are up than it needs', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { lagId, connections = [] } = await client.send(lag())
  await describe(client, lagId)
  const state = async () => (await describe(client, lagId))[0]?.lagState
  const cut = () => server.operator('POST', '/faults', { target: connections[0]?.connectionId, kind: 'down' })
  const { faultId } = await cut()
  assert.equal(await state(), 'available', 'one of two is enough')
  await client.send(update(lagId, { minimumLinks: 2 }))
  assert.equal(await state(), 'down')
  await server.operator('DELETE', `/faults/${faultId}`)
  assert.equal(await state(), 'available')
  await cut()
  // Of the two links that it needs one is lost already, so the member that is down may go.
  await client.send(update(lagId, { minimumLinks: 1 }))
  await client.send(leave(connections[0]?.connectionId, lagId))
  assert.equal(await state(), 'available')
  await server.operator('POST', '/faults', { target: lagId, kind: 'down' })
  assert.equal(await state(), 'down')
})

test('a connection that is up leaves no LAG in which fewer of the others are up than it needs', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { lagId, connections = [] } = await client.send(lag({ numberOfConnections: 3 }))
  const [up, ...others] = connections.map(({ connectionId }) => connectionId)
  await client.send(update(lagId, { minimumLinks: 1 }))
  const faults = []
  for (const target of others) faults.push((await server.operator('POST', '/faults', { target, kind: 'down' })).faultId)
  const tooFew = refused(
    `Connection ${up} cannot leave Lag ${lagId}: 0 operational connections would remain and its minimumLinks is 1`,
  )
  await assert.rejects(client.send(leave(up, lagId)), tooFew)
  await assert.rejects(client.send(removeConnection(up)), tooFew)
  await server.operator('DELETE', `/faults/${faults[0]}`)
  await client.send(leave(up, lagId))
  assert.equal((await describe(client, lagId))[0]?.lagState, 'available')
})
