import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DescribeVirtualInterfacesCommand } from '@aws-sdk/client-direct-connect'
import { ec2 } from '../../../test/tools/companions.ts'
import { makeVirtualGateway } from '../../../test/tools/gateways.ts'
import { startServer } from '../../../test/tools/server.ts'
import { connect, orderPrivate } from '../../../test/tools/virtual-interfaces.ts'

const elsewhere = 'vgw-0123456789abcdef0'
const order = (connectionId: string, vlan: number, virtualGatewayId: string) =>
  orderPrivate(connectionId, { vlan, virtualGatewayId })

test('an account that keeps no virtual private gateway here may name any; with one here it names one of its own', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client('444455556666')
  const connectionId = await connect(client)
  await client.send(order(connectionId, 1, elsewhere))
  const { virtualGatewayId } = await makeVirtualGateway(ec2(server, '444455556666'), '10.0.0.0/16')
  await assert.rejects(client.send(order(connectionId, 2, elsewhere)), {
    name: 'DirectConnectClientException',
    message: `The VirtualGateway ${elsewhere} does not exist.`,
  })
  await client.send(order(connectionId, 2, virtualGatewayId))

  const stranger = server.client('111122223333')
  const theirs = await connect(stranger)
  await assert.rejects(stranger.send(order(theirs, 1, virtualGatewayId)), { message: /does not exist/ })
  const { virtualInterfaces } = await client.send(new DescribeVirtualInterfacesCommand({ connectionId }))
  assert.equal(virtualInterfaces?.length, 2)
})

test('with --external-gateways accept an account names gateways here and elsewhere', async () => {
  await using server = await startServer({ timing: 'instant', externalGateways: true })
  const client = server.client('444455556666')
  const connectionId = await connect(client)
  const { virtualGatewayId } = await makeVirtualGateway(ec2(server, '444455556666'), '10.0.0.0/16')
  await client.send(order(connectionId, 1, virtualGatewayId))
  await client.send(order(connectionId, 2, elsewhere))
})
