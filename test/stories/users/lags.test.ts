// What went wrong for people who bundle connections from code, each as a test.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AssociateConnectionWithLagCommand,
  type Connection,
  CreateConnectionCommand,
  type CreateConnectionRequest,
  CreateLagCommand,
  DeleteConnectionCommand,
  DescribeConnectionsCommand,
  DescribeLagsCommand,
  type DirectConnectClient,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../tools/server.ts'
import { available, connect, refused } from '../../tools/virtual-interfaces.ts'

const account = '111122223333'
const lagOrder = {
  location: 'EqDC2',
  connectionsBandwidth: '10Gbps',
  // What Terraform always asks for, also when it names a connection.
  numberOfConnections: 1,
  requestMACSec: false,
  lagName: 'l',
}
const port = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'c' }

async function lagNamed(client: DirectConnectClient, lagId: string | undefined) {
  const [lag] = (await client.send(new DescribeLagsCommand({ lagId }))).lags ?? []
  assert.ok(lag !== undefined)
  return lag
}

// hashicorp/terraform-provider-aws #36693, #47663: the connection was ordered with MACsec, the LAG without, or the other
// way round.
test('a connection and its LAG were not both requested with MACsec', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const refusal = /^Connection (dxcon-[0-9a-z]{8} )?and lag should be requested MacSec at the same time$/
  for (const requestMACSec of [true, false]) {
    const other = { ...lagOrder, requestMACSec: !requestMACSec }
    const { lagId } = await client.send(new CreateLagCommand(other))
    const { awsDeviceV2: device } = await lagNamed(client, lagId)
    const { connectionId } = await orderedWhere(client, { ...port, requestMACSec }, (seen) => seen === device)
    await assert.rejects(client.send(new CreateLagCommand({ ...other, connectionId })), refused(refusal))
    await assert.rejects(
      client.send(new AssociateConnectionWithLagCommand({ connectionId, lagId })),
      refused(`Connection ${connectionId} and lag should be requested MacSec at the same time`),
    )
    await assert.rejects(client.send(new CreateConnectionCommand({ ...port, requestMACSec, lagId })), refused(refusal))

    const { lagId: same } = await client.send(new CreateLagCommand({ ...lagOrder, requestMACSec, connectionId }))
    const lag = await lagNamed(client, same)
    assert.deepEqual(
      lag.connections?.map((member) => [member.connectionId, member.macSecCapable]),
      [[connectionId, requestMACSec]],
    )
  }
})

// hashicorp/terraform-provider-aws #20950: two orders end on two devices, and then no LAG can hold both.
test('a connection could not join a LAG because the two were on different devices', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const { lagId } = await client.send(new CreateLagCommand(lagOrder))
  const { awsDeviceV2: device } = await lagNamed(client, lagId)
  const elsewhere = await orderedWhere(client, port, (seen) => seen !== device)
  const { connectionId } = elsewhere
  await assert.rejects(
    client.send(new AssociateConnectionWithLagCommand({ connectionId, lagId })),
    refused(`Connection ${connectionId} and Lag ${lagId} must terminate at the same Direct Connect endpoint`),
  )

  // A LAG that is ordered with the connection is where the connection is, and so are the ports that it gets.
  const { lagId: fitting } = await client.send(
    new CreateLagCommand({ ...lagOrder, connectionId, numberOfConnections: 2 }),
  )
  const lag = await lagNamed(client, fitting)
  assert.equal(lag.awsDeviceV2, elsewhere.awsDeviceV2)
  assert.deepEqual(new Set(lag.connections?.map((member) => member.awsDeviceV2)), new Set([elsewhere.awsDeviceV2]))
  assert.ok(lag.connections?.some((member) => member.connectionId === connectionId))
})

// hashicorp/terraform-provider-aws #7686, #7711: Terraform wants a LAG without connections. There is no such order, so it
// orders one with a connection and deletes that at once.
test('a LAG came with a connection that nobody wanted', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = server.client(account)
  const made = await client.send(new CreateLagCommand(lagOrder))
  const [unwanted, ...others] = made.connections ?? []
  assert.deepEqual(others, [])
  const connectionId = unwanted?.connectionId
  assert.equal((await client.send(new DeleteConnectionCommand({ connectionId }))).connectionState, 'deleting')
  await server.advance(5)
  const empty = await lagNamed(client, made.lagId)
  assert.deepEqual([empty.lagState, empty.numberOfConnections, empty.connections], ['pending', 0, []])

  const { connectionId: wanted } = await client.send(new CreateConnectionCommand({ ...port, lagId: made.lagId }))
  await server.advance(5)
  const filled = await lagNamed(client, made.lagId)
  assert.deepEqual([filled.lagState, filled.numberOfConnections], ['available', 1])
  assert.equal(filled.connections?.[0]?.connectionId, wanted)
})

// hashicorp/terraform-provider-aws #20950, too: numberOfConnections is 1 although a connection is named.
test('a LAG that was ordered with a connection got another one besides', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const connectionId = await connect(client)
  const made = await client.send(new CreateLagCommand({ ...lagOrder, connectionId }))
  assert.deepEqual(
    made.connections?.map((member) => member.connectionId),
    [connectionId],
  )
  const { connections } = await client.send(new DescribeConnectionsCommand({}))
  assert.equal(connections?.length, 1)
})

/** Orders connections until one is on such a device. */
async function orderedWhere(
  client: DirectConnectClient,
  order: CreateConnectionRequest,
  fits: (device: string | undefined) => boolean,
): Promise<Connection> {
  for (let attempt = 0; attempt < 9; attempt++) {
    const { connectionId } = await client.send(new CreateConnectionCommand(order))
    await available(client, connectionId)
    const [made] = (await client.send(new DescribeConnectionsCommand({ connectionId }))).connections ?? []
    if (made !== undefined && fits(made.awsDeviceV2)) return made
  }
  return assert.fail('all orders came to the same device')
}
