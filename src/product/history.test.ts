import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocateHostedConnectionCommand,
  AssociateHostedConnectionCommand,
  AssociateMacSecKeyCommand,
  ConfirmConnectionCommand,
  CreateInterconnectCommand,
  UpdateConnectionCommand,
  UpdateVirtualInterfaceAttributesCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer, type TestServer } from '../../test/tools/server.ts'
import {
  byTheClock,
  connectByOperator,
  doneSeconds,
  makeGateway,
  orderPrivate,
} from '../../test/tools/virtual-interfaces.ts'
import { historyUntil } from './history.ts'
import { join, lag, leave, remove, removeConnection, update } from './lags/lags.test-fixture.ts'

// What was up when is a fact of the past: no change of what carries something may tell it otherwise.

const customerId = '111122223333'

/** What operators see of a server on which nothing happens but by its clock. */
function watched(server: TestServer) {
  const plug = async (id: string | undefined) => {
    for (const step of ['approve', 'cable']) await server.operator('POST', `/connections/${id}/${step}`)
    await server.advance(1)
  }
  const unplug = async (id: string | undefined) => {
    await server.operator('POST', `/connections/${id}/uncable`)
    await server.advance(1)
  }
  const linkOf = async (id: string | undefined) => {
    const { state, link, billingStartsAt } = await server.operator('GET', `/connections/${id}`)
    return { state, up: link.up, firstUpAt: link.firstUpAt, since: link.since, billingStartsAt }
  }
  const sessionOf = async (id: string | undefined) =>
    (await server.operator('GET', `/virtual-interfaces/${id}`)).bgpPeers[0].session
  /** More prefixes than are allowed, and a second later few enough. */
  const exceed = async (id: string | undefined) => {
    for (const count of [101, 100]) {
      const routes = Array.from({ length: count }, (_, n) => ({ cidr: `10.0.${n}.0/24` }))
      await server.operator('PUT', `/virtual-interfaces/${id}/customer-routes`, { routes })
      await server.advance(1)
    }
  }
  return {
    partner: server.client('partner'),
    customer: server.client(customerId),
    plug,
    unplug,
    linkOf,
    sessionOf,
    exceed,
  }
}

type Watched = ReturnType<typeof watched>

async function interconnect({ partner, plug }: Watched, requestMACSec = false) {
  const wish = { location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'ours', requestMACSec }
  const { interconnectId } = await partner.send(new CreateInterconnectCommand(wish))
  await plug(interconnectId)
  return interconnectId
}

/** A slice of it that its customer has accepted. */
async function hosted(server: TestServer, { partner, customer }: Watched, connectionId: string | undefined) {
  const slice = { connectionId, ownerAccount: customerId, bandwidth: '500Mbps', connectionName: 'slice', vlan: 101 }
  const { connectionId: id = '' } = await partner.send(new AllocateHostedConnectionCommand(slice))
  await customer.send(new ConfirmConnectionCommand({ connectionId: id }))
  await server.advance(doneSeconds)
  return id
}

/** A private virtual interface of the customer's that is configured. */
async function onCarrier(server: TestServer, { customer }: Watched, carrierId: string | undefined) {
  const directConnectGatewayId = await makeGateway(customer)
  await server.advance(doneSeconds)
  const { virtualInterfaceId } = await customer.send(orderPrivate(carrierId ?? '', { directConnectGatewayId }))
  await server.advance(doneSeconds)
  return virtualInterfaceId
}

test('a session stays Idle whatever members its LAG has and needs, whether it joined one, and with another MTU', async () => {
  await using server = await startServer(byTheClock)
  const world = watched(server)
  const { customer, plug, sessionOf, exceed } = world
  const { lagId, connections = [] } = await customer.send(lag())
  const [one, other] = connections.map((each) => each.connectionId)
  await plug(one)
  const id = await onCarrier(server, world, lagId)
  await exceed(id)
  await plug(other)
  const idle = await sessionOf(id)
  assert.match(idle.lastError, /^the session is Idle/)

  const changes = [
    () => customer.send(update(lagId, { minimumLinks: 2 })),
    () => customer.send(update(lagId, { minimumLinks: 1 })),
    () => customer.send(leave(one, lagId)),
    () => customer.send(join(one, lagId)),
    () => customer.send(removeConnection(one)),
    () => customer.send(new UpdateVirtualInterfaceAttributesCommand({ virtualInterfaceId: id, mtu: 8500 })),
  ]
  for (const change of changes) {
    await change()
    assert.deepEqual(await sessionOf(id), idle)
    await server.advance(doneSeconds)
    assert.deepEqual(await sessionOf(id), idle)
  }
})

test('a session stays Idle when its connection comes into a LAG', async () => {
  await using server = await startServer(byTheClock)
  const world = watched(server)
  const { customer, sessionOf, exceed } = world
  const connectionId = await connectByOperator(server, customer)
  const id = await onCarrier(server, world, connectionId)
  await exceed(id)
  const idle = await sessionOf(id)
  await customer.send(lag({ connectionId, numberOfConnections: 1 }))
  await server.advance(doneSeconds)
  assert.deepEqual(await sessionOf(id), idle)
})

test('what was announced while the link was down does no harm when the connection is moved to one that was up', async () => {
  await using server = await startServer(byTheClock)
  const world = watched(server)
  const { partner, unplug, sessionOf, exceed } = world
  const [present, next] = [await interconnect(world), await interconnect(world)]
  const connectionId = await hosted(server, world, present)
  const id = await onCarrier(server, world, connectionId)
  await unplug(present)
  await exceed(id)
  await server.operator('POST', `/connections/${present}/cable`)
  const before = await sessionOf(id)
  assert.equal(before.up, true)
  await partner.send(new AssociateHostedConnectionCommand({ connectionId, parentConnectionId: next }))
  await server.advance(1)
  assert.deepEqual(await sessionOf(id), before)
})

test('a hosted connection that never worked is pending, whatever its LAG was before it came and is called', async () => {
  await using server = await startServer(byTheClock)
  const world = watched(server)
  const { partner, plug, unplug, linkOf } = world
  const { lagId, connections = [] } = await partner.send(lag({ numberOfConnections: 1 }))
  await plug(connections[0]?.connectionId)
  await unplug(connections[0]?.connectionId)
  const id = await hosted(server, world, lagId)
  const before = await linkOf(id)
  assert.equal(before.state, 'pending')
  await partner.send(update(lagId, { lagName: 'other' }))
  assert.deepEqual(await linkOf(id), before)
})

test('a hosted connection that worked is down, not pending again, when what carries it joins a LAG that is down', async () => {
  await using server = await startServer(byTheClock)
  const world = watched(server)
  const { partner, unplug, linkOf } = world
  const port = await interconnect(world)
  const id = await hosted(server, world, port)
  const { firstUpAt } = await linkOf(id)
  await unplug(port)
  const before = await linkOf(id)
  assert.deepEqual([before.state, before.firstUpAt], ['down', firstUpAt])
  await partner.send(lag({ connectionId: port, numberOfConnections: 1 }))
  await server.advance(doneSeconds)
  assert.deepEqual(await linkOf(id), before)
})

test('a hosted connection that worked is down, not pending again, when its interconnect must encrypt', async () => {
  await using server = await startServer(byTheClock)
  const world = watched(server)
  const { partner, unplug, linkOf } = world
  const port = await interconnect(world, true)
  const id = await hosted(server, world, port)
  await unplug(port)
  const key = { ckn: 'a'.repeat(64), cak: 'b'.repeat(64) }
  await partner.send(new AssociateMacSecKeyCommand({ connectionId: port, ...key }))
  await server.advance(10 * 60)
  const before = await linkOf(id)
  assert.equal(before.state, 'down')
  await partner.send(new UpdateConnectionCommand({ connectionId: port, encryptionMode: 'must_encrypt' }))
  assert.deepEqual(await linkOf(id), before)
})

test('what a port costs does not begin earlier because it leaves the LAG that kept it down', async () => {
  await using server = await startServer(byTheClock)
  const { customer, plug, linkOf } = watched(server)
  for (const end of [leave, (_: string | undefined, lagId: string | undefined) => remove(lagId)]) {
    const { lagId, connections = [] } = await customer.send(lag({ numberOfConnections: 1 }))
    const id = connections[0]?.connectionId
    const { faultId } = await server.operator('POST', '/faults', { target: lagId, kind: 'down' })
    await plug(id)
    await server.advance(60 * 60)
    await server.operator('DELETE', `/faults/${faultId}`)
    await server.advance(1)
    const before = await linkOf(id)
    assert.equal(before.billingStartsAt, before.firstUpAt)
    await customer.send(end(id, lagId) as ReturnType<typeof leave>)
    await server.advance(doneSeconds)
    assert.deepEqual(await linkOf(id), before)
  }
})

test('of what was up the past is kept, as it was then, and of that no more than is bounded', () => {
  assert.deepEqual(
    historyUntil(10, [
      { from: 1, until: 3 },
      { from: 5, until: null },
    ]),
    {
      until: 10,
      up: [
        { from: 1, until: 3 },
        { from: 5, until: 10 },
      ],
    },
  )
  assert.deepEqual(historyUntil(10, [{ from: 8, until: 20 }]), { until: 10, up: [{ from: 8, until: 10 }] })
  assert.deepEqual(historyUntil(10, [{ from: 10, until: null }]), { until: 10, up: [] })
  const flaps = Array.from({ length: 1_000 }, (_, n) => ({ from: 2 * n, until: 2 * n + 1 }))
  const { up } = historyUntil(5_000, flaps)
  assert.equal(up.length, 100)
  assert.deepEqual([up[0], up[1], up.at(-1)], [flaps[0], flaps[901], flaps.at(-1)])
})
