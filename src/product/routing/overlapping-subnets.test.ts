import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteVirtualInterfaceCommand } from '@aws-sdk/client-direct-connect'
import { startServer, type TestServer } from '../../../test/tools/server.ts'
import {
  byTheClock,
  connect,
  connectByOperator,
  doneSeconds,
  look,
  makeGateway,
  orderPrivate,
  reaches,
} from '../../../test/tools/virtual-interfaces.ts'
import { example } from '../virtual-interfaces/example.test-fixture.ts'
import { rivalsAmong } from './overlapping-subnets.ts'

const facts = (id: string, ownerAccount: string, createdAt: number) => ({ ...example, id, ownerAccount, createdAt })

const addresses = { amazonAddress: '10.9.0.1/29', customerAddress: '10.9.0.2/29' }
const inside = { amazonAddress: '10.9.0.5/30', customerAddress: '10.9.0.6/30' }

async function lastErrorOf(server: TestServer, id: string | undefined): Promise<string | null> {
  const { bgpPeers } = await server.operator('GET', '/bgp-peers')
  return bgpPeers.find((peer: { virtualInterfaceId: string }) => peer.virtualInterfaceId === id).session.lastError
}

test('of two virtual interfaces of one gateway whose subnets overlap the one that was there before goes on, the other says why', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const directConnectGatewayId = await makeGateway(client)
  const [one, two] = [await connect(client), await connect(client)]
  const older = await client.send(orderPrivate(one, { directConnectGatewayId, ...addresses }))
  await reaches(client, older.virtualInterfaceId, 'available')
  const newer = await client.send(orderPrivate(two, { directConnectGatewayId, ...inside }))

  await reaches(client, newer.virtualInterfaceId, 'down')
  assert.equal(
    await lastErrorOf(server, newer.virtualInterfaceId),
    `its subnet overlaps with that of ${older.virtualInterfaceId}, which was there before`,
  )
  assert.equal((await look(client, older.virtualInterfaceId))?.virtualInterfaceState, 'available')

  await client.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId: older.virtualInterfaceId }))
  await reaches(client, newer.virtualInterfaceId, 'available')
})

test('two virtual interfaces of one gateway whose subnets overlap stay down and say why when neither was there before', async () => {
  await using server = await startServer(byTheClock)
  const client = server.client()
  const directConnectGatewayId = await makeGateway(client)
  const [one, two] = [await connectByOperator(server, client), await connectByOperator(server, client)]
  const { virtualInterfaceId: first } = await client.send(orderPrivate(one, { directConnectGatewayId, ...addresses }))
  const { virtualInterfaceId: second } = await client.send(orderPrivate(two, { directConnectGatewayId, ...inside }))
  await server.advance(doneSeconds)

  for (const [id, other] of [
    [first, second],
    [second, first],
  ]) {
    await reaches(client, id, 'down')
    const why = `its subnet overlaps with that of ${other}, and neither was there before`
    assert.equal(await lastErrorOf(server, id), why)
  }
  await client.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId: second }))
  await server.advance(doneSeconds)
  await reaches(client, first, 'available')
})

test('overlapping subnets at different gateways are nobody’s concern', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const gateways = [await makeGateway(client), await makeGateway(client)]
  for (const directConnectGatewayId of gateways) {
    const order = orderPrivate(await connect(client), { directConnectGatewayId, ...addresses })
    await reaches(client, (await client.send(order)).virtualInterfaceId, 'available')
  }
})

test('whoever names the gateway of somebody else takes nothing down there, and is not kept down by it', async () => {
  await using server = await startServer({ timing: 'instant' })
  for (const account of ['111122223333', '444455556666']) {
    const client = server.client(account)
    const { virtualInterfaceId } = await client.send(orderPrivate(await connect(client), addresses))
    await reaches(client, virtualInterfaceId, 'available')
  }
})

test('what is confirmed takes nothing down that was configured before, and only what was ordered before is somebody else’s', () => {
  const hosted = { ...facts('dxvif-f0000001', '111122223333', 1), confirmedAt: 50, provisionedAt: 60 }
  const running = { ...facts('dxvif-f0000002', '111122223333', 10), provisionedAt: 20 }
  const both = [hosted, running]
  assert.deepEqual(rivalsAmong(both)(running), [])
  assert.deepEqual(rivalsAmong(both)(hosted), [running])

  const [mine, theirs] = [facts('dxvif-f0000003', '111122223333', 10), facts('dxvif-f0000004', '444455556666', 11)]
  const pending = [mine, theirs].map((each) => ({ ...each, provisionedAt: 40 }))
  assert.deepEqual(
    pending.map((each) => rivalsAmong(pending)(each).map(({ id }) => id)),
    [[], ['dxvif-f0000003']],
  )
})
