import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteVirtualInterfaceCommand } from '@aws-sdk/client-direct-connect'
import { startServer, type TestServer } from '../../../test/tools/server.ts'
import { connect, look, makeGateway, orderPrivate, reaches } from '../../../test/tools/virtual-interfaces.ts'

const addresses = { amazonAddress: '10.9.0.1/29', customerAddress: '10.9.0.2/29' }
const inside = { amazonAddress: '10.9.0.5/30', customerAddress: '10.9.0.6/30' }

async function lastErrorOf(server: TestServer, id: string | undefined): Promise<string | null> {
  const { bgpPeers } = await server.operator('GET', '/bgp-peers')
  return bgpPeers.find((peer: { virtualInterfaceId: string }) => peer.virtualInterfaceId === id).session.lastError
}

test('of two virtual interfaces of one gateway whose subnets overlap the newer stays down and says why', async () => {
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
    `its subnet overlaps with that of ${older.virtualInterfaceId}, which is older`,
  )
  assert.equal((await look(client, older.virtualInterfaceId))?.virtualInterfaceState, 'available')

  await client.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId: older.virtualInterfaceId }))
  await reaches(client, newer.virtualInterfaceId, 'available')
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
