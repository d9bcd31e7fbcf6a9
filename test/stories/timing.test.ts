// One order under each timing profile. Nobody waits: the clock is moved.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  CreatePublicVirtualInterfaceCommand,
  DescribeConnectionsCommand,
  DescribeLoaCommand,
  DescribeVirtualInterfacesCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer, type TestServer } from '../tools/server.ts'

const hour = 3_600
const day = 24 * hour
const order = (name = 'c') =>
  new CreateConnectionCommand({ location: 'EqDC2', bandwidth: '1Gbps', connectionName: name })

async function stateOf(server: TestServer, connectionId: string | undefined) {
  const { connections } = await server.client().send(new DescribeConnectionsCommand({ connectionId }))
  return connections?.[0]?.connectionState
}

test('instant: the order says requested, and the next look says available', async () => {
  await using server = await startServer({ timing: 'instant' })
  const made = await server.client().send(order())
  assert.equal(made.connectionState, 'requested')
  await server.restart()
  assert.equal(await stateOf(server, made.connectionId), 'available')
})

test('fast: approved after a second, cabled a second later', async () => {
  await using server = await startServer({ timing: 'fast' })
  const { connectionId } = await server.client().send(order())
  assert.equal(await stateOf(server, connectionId), 'requested')
  await server.advance(1)
  assert.equal(await stateOf(server, connectionId), 'pending')
  await server.restart()
  await server.advance(1)
  assert.equal(await stateOf(server, connectionId), 'available')
})

test('aws: a question that nobody answers for 7 days deletes the order', async () => {
  await using server = await startServer({ timing: 'aws', provisioning: 'manual' })
  const { connectionId } = await server.client().send(order())
  await server.advance(72 * hour)
  assert.equal(await stateOf(server, connectionId), 'requested', 'an operator approves')
  await server.operator('POST', `/connections/${connectionId}/ask`, { question: 'Which floor is your cage on?' })
  const { connections } = await server.operator('GET', '/connections')
  assert.ok(JSON.stringify(connections).includes('Which floor is your cage on?'))
  await server.restart()
  await server.advance(7 * day - 10)
  assert.equal(await stateOf(server, connectionId), 'requested')
  await server.advance(10)
  assert.equal(await stateOf(server, connectionId), 'deleted')
})

test('aws: an answered question, the approval that issues the letter, the cable, and a public virtual interface', async () => {
  await using server = await startServer({ timing: 'aws', provisioning: 'manual' })
  const client = server.client()
  const { connectionId } = await client.send(order())
  await server.operator('POST', `/connections/${connectionId}/ask`, { question: 'Who is your provider?' })
  await server.advance(6 * day)
  await server.operator('POST', `/connections/${connectionId}/answer`, { text: 'Carrier GmbH' })
  await server.advance(30 * day)
  assert.equal(await stateOf(server, connectionId), 'requested')
  await assert.rejects(client.send(new DescribeLoaCommand({ connectionId })), { name: 'DirectConnectClientException' })

  await server.operator('POST', `/connections/${connectionId}/approve`)
  assert.equal(await stateOf(server, connectionId), 'pending')
  const { loaContent } = await client.send(new DescribeLoaCommand({ connectionId }))
  assert.equal(
    Buffer.from(loaContent ?? [])
      .toString('latin1')
      .slice(0, 5),
    '%PDF-',
  )
  await server.restart()
  await server.operator('POST', `/connections/${connectionId}/cable`)
  assert.equal(await stateOf(server, connectionId), 'available')

  const { virtualInterfaceId } = await client.send(
    new CreatePublicVirtualInterfaceCommand({
      connectionId,
      newPublicVirtualInterface: {
        virtualInterfaceName: 'public',
        vlan: 7,
        asn: 65000,
        amazonAddress: '203.0.113.1/30',
        customerAddress: '203.0.113.2/30',
        routeFilterPrefixes: [{ cidr: '198.51.100.0/24' }],
      },
    }),
  )
  const look = async () => {
    const { virtualInterfaces } = await client.send(new DescribeVirtualInterfacesCommand({ virtualInterfaceId }))
    return virtualInterfaces?.[0]?.virtualInterfaceState
  }
  await server.advance(10 * day)
  assert.equal(await look(), 'verifying')
  await server.operator('POST', `/virtual-interfaces/${virtualInterfaceId}/verify`)
  assert.equal(await look(), 'pending')
  await server.restart()
  await server.advance(hour)
  assert.equal(await look(), 'available')
})

test('a letter that nobody uses for 90 days ends the connection 10 days later; a new download begins anew', async () => {
  await using server = await startServer({ timing: 'aws', provisioning: 'manual' })
  const client = server.client()
  const { connectionId } = await client.send(order())
  await server.operator('POST', `/connections/${connectionId}/approve`)
  await server.advance(80 * day)
  await client.send(new DescribeLoaCommand({ connectionId }))
  await server.advance(99 * day)
  assert.equal(await stateOf(server, connectionId), 'pending')
  await server.restart()
  await server.advance(day)
  assert.equal(await stateOf(server, connectionId), 'deleted')
})

test('billing begins with the link, or 90 days after the order', async () => {
  await using server = await startServer({ timing: 'aws', provisioning: 'manual' })
  const client = server.client()
  const [used, unused] = [await client.send(order('used')), await client.send(order('unused'))]
  for (const { connectionId } of [used, unused]) await server.operator('POST', `/connections/${connectionId}/approve`)
  await server.advance(5 * day)
  await server.operator('POST', `/connections/${used.connectionId}/cable`)
  const { now } = await server.operator('GET', '/clock')
  await server.advance(91 * day)
  const { connections } = await server.operator('GET', '/connections')
  const billing = (id?: string) =>
    Date.parse(connections.find((each: { connectionId: string }) => each.connectionId === id).billingStartsAt)
  const start = Date.parse(now)
  assert.ok(Math.abs(billing(used.connectionId) - start) < 60_000)
  assert.ok(Math.abs(billing(unused.connectionId) - (start + 85 * day * 1_000)) < 60_000)
})
