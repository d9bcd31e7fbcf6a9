import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocateHostedConnectionCommand,
  AssociateHostedConnectionCommand,
  ConfirmConnectionCommand,
  CreateInterconnectCommand,
  UpdateVirtualInterfaceAttributesCommand,
} from '@aws-sdk/client-direct-connect'
import * as fc from 'fast-check'
import { join, lag, leave, update } from '../../src/product/lags/lags.test-fixture.ts'
import { startServer, type TestServer } from '../tools/server.ts'
import { byTheClock, doneSeconds, makeGateway, orderPrivate } from '../tools/virtual-interfaces.ts'

const customerId = '111122223333'

/** A hosted connection with a virtual interface, and whatever may happen to what carries them. */
async function world(server: TestServer) {
  const [partner, customer] = [server.client('partner'), server.client(customerId)]
  const plug = async (id: string | undefined) => {
    for (const step of ['approve', 'cable']) await server.operator('POST', `/connections/${id}/${step}`)
  }
  const { lagId, connections = [] } = await partner.send(lag())
  const [one, other] = connections.map((each) => each.connectionId)
  const wish = { location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'ours' }
  const { interconnectId } = await partner.send(new CreateInterconnectCommand(wish))
  for (const id of [one, other, interconnectId]) await plug(id)
  const slice = { ownerAccount: customerId, bandwidth: '500Mbps', connectionName: 'slice', vlan: 101 }
  const made = await partner.send(new AllocateHostedConnectionCommand({ connectionId: lagId, ...slice }))
  const connectionId = made.connectionId ?? ''
  await customer.send(new ConfirmConnectionCommand({ connectionId }))
  const directConnectGatewayId = await makeGateway(customer)
  await server.advance(doneSeconds)
  const { virtualInterfaceId } = await customer.send(orderPrivate(connectionId, { directConnectGatewayId }))
  await server.advance(doneSeconds)

  const move = (parentConnectionId: string | undefined) =>
    partner.send(new AssociateHostedConnectionCommand({ connectionId, parentConnectionId }))
  const announce = (count: number) => {
    const routes = Array.from({ length: count }, (_, n) => ({ cidr: `10.0.${n}.0/24` }))
    return server.operator('PUT', `/virtual-interfaces/${virtualInterfaceId}/customer-routes`, { routes })
  }
  const mtu = (size: number) =>
    customer.send(new UpdateVirtualInterfaceAttributesCommand({ virtualInterfaceId, mtu: size }))
  const cable = (id: string | undefined, step: string) => server.operator('POST', `/connections/${id}/${step}`)
  const changes: Readonly<Record<string, () => Promise<unknown>>> = {
    'needs one': () => partner.send(update(lagId, { minimumLinks: 1 })),
    'needs two': () => partner.send(update(lagId, { minimumLinks: 2 })),
    'one leaves': () => partner.send(leave(one, lagId)),
    'one joins': () => partner.send(join(one, lagId)),
    'to the LAG': () => move(lagId),
    'to the interconnect': () => move(interconnectId),
    'one is cut': () => cable(one, 'uncable'),
    'one is plugged': () => cable(one, 'cable'),
    'the interconnect is cut': () => cable(interconnectId, 'uncable'),
    'the interconnect is plugged': () => cable(interconnectId, 'cable'),
    'the LAG flaps': () => server.operator('POST', '/faults', { target: lagId, kind: 'flap', seconds: 3 }),
    'too many prefixes': () => announce(101),
    'few prefixes': () => announce(100),
    'an MTU': () => mtu(8500),
    'another MTU': () => mtu(1500),
  }
  const look = async () => {
    const { now } = await server.operator('GET', '/clock')
    const { link } = await server.operator('GET', `/connections/${connectionId}`)
    const { bgpPeers } = await server.operator('GET', `/virtual-interfaces/${virtualInterfaceId}`)
    return { now: String(now), seen: [link, bgpPeers[0].session] as readonly Seen[] }
  }
  return { changes, look }
}

interface Seen {
  readonly up: boolean
  readonly firstUpAt: string | null
  readonly since: string | null
}

test('whatever happens to what carries something, what was up first and since when is told as it was before', async () => {
  await using server = await startServer(byTheClock)
  const { changes, look } = await world(server)
  const step = fc.record({
    name: fc.constantFrom(...Object.keys(changes)),
    seconds: fc.constantFrom(1, 3, doneSeconds),
  })
  let before = await look()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
      for (const { name, seconds } of steps) {
        // What is refused, as it is done already, changes nothing either.
        await changes[name]?.().catch(() => undefined)
        await server.advance(seconds)
        const after = await look()
        for (const [index, then] of before.seen.entries()) {
          const now = after.seen[index]
          assert.ok(now !== undefined)
          if (then.firstUpAt !== null) assert.equal(now.firstUpAt, then.firstUpAt, `${name}: ${index}`)
          const changed = now.up !== then.up || now.since !== then.since
          if (changed) assert.ok((now.since ?? '') >= before.now, `${name}: ${JSON.stringify([index, before, after])}`)
        }
        before = after
      }
    }),
    { numRuns: 12, endOnFailure: true },
  )
})
