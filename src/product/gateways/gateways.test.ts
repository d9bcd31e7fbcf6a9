import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateDirectConnectGatewayCommand,
  DeleteDirectConnectGatewayCommand,
  DeleteVirtualInterfaceCommand,
  DescribeDirectConnectGatewayAttachmentsCommand,
  DescribeDirectConnectGatewaysCommand,
  DescribeVirtualGatewaysCommand,
  UpdateDirectConnectGatewayCommand,
} from '@aws-sdk/client-direct-connect'
import { DeleteVpnGatewayCommand } from '@aws-sdk/client-ec2'
import { ec2 as ec2Of } from '../../../test/tools/companions.ts'
import { makeLoneVirtualGateway } from '../../../test/tools/gateways.ts'
import { startServer } from '../../../test/tools/server.ts'
import {
  byTheClock,
  connectByOperator,
  doneSeconds,
  makeGateway,
  orderPrivate,
} from '../../../test/tools/virtual-interfaces.ts'

const create = (name: string, amazonSideAsn?: number) =>
  new CreateDirectConnectGatewayCommand({ directConnectGatewayName: name, amazonSideAsn })

test('a gateway is made with ASN 64512, renamed and deleted, and then no longer listed', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { directConnectGateway: made } = await client.send(create('first'))
  assert.equal(made?.directConnectGatewayState, 'pending')
  assert.equal(made?.amazonSideAsn, 64512)
  const id = { directConnectGatewayId: made?.directConnectGatewayId }
  const listed = await client.send(new DescribeDirectConnectGatewaysCommand(id))
  assert.equal(listed.directConnectGateways?.[0]?.directConnectGatewayState, 'available')

  const renamed = await client.send(
    new UpdateDirectConnectGatewayCommand({ ...id, newDirectConnectGatewayName: 'second' }),
  )
  assert.equal(renamed.directConnectGateway?.directConnectGatewayName, 'second')
  const deleted = await client.send(new DeleteDirectConnectGatewayCommand(id))
  assert.equal(deleted.directConnectGateway?.directConnectGatewayState, 'deleting')
  assert.deepEqual((await client.send(new DescribeDirectConnectGatewaysCommand({}))).directConnectGateways, [])
  await assert.rejects(client.send(new DeleteDirectConnectGatewayCommand(id)), { message: /does not exist/ })
})

test('the ASN on our side of a gateway is private', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  for (const asn of [64512, 65534, 4200000000, 4294967294]) await client.send(create('good', asn))
  for (const asn of [0, 7224, 64511, 65535, 4199999999, 4294967295])
    await assert.rejects(client.send(create('bad', asn)), {
      name: 'DirectConnectClientException',
      message: /amazonSideAsn/,
    })
})

test('tags that a gateway cannot have are refused with the one exception that its creation declares', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const tagged = (...keys: readonly string[]) =>
    client.send(
      new CreateDirectConnectGatewayCommand({
        directConnectGatewayName: 'tagged',
        tags: keys.map((key) => ({ key, value: '' })),
      }),
    )
  const name = 'DirectConnectClientException'
  await assert.rejects(tagged('a', 'a'), { name, message: /A tag key was specified more than once/ })
  await assert.rejects(tagged(...Array.from({ length: 51 }, (_, n) => `k${n}`)), { name, message: /at most 50 tags/ })
})

test('a gateway of another account looks as if it did not exist', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { directConnectGateway: made } = await server.client('111122223333').send(create('mine'))
  const id = { directConnectGatewayId: made?.directConnectGatewayId }
  const other = server.client('444455556666', 'eu-west-1')
  assert.deepEqual((await other.send(new DescribeDirectConnectGatewaysCommand(id))).directConnectGateways, [])
  await assert.rejects(other.send(new DeleteDirectConnectGatewayCommand(id)), { message: /does not exist/ })
  const mine = await server.client('111122223333', 'eu-west-1').send(new DescribeDirectConnectGatewaysCommand(id))
  assert.equal(mine.directConnectGateways?.length, 1, 'gateways are global')
})

test('an attachment that is detached is shown as long as its virtual interface is, however it is asked for', async () => {
  await using server = await startServer(byTheClock)
  const client = server.client()
  const connectionId = await connectByOperator(server, client)
  const directConnectGatewayId = await makeGateway(client)
  const { virtualInterfaceId } = await client.send(orderPrivate(connectionId, { directConnectGatewayId }))
  const seen = async () => {
    const asked = [{ directConnectGatewayId }, { virtualInterfaceId }, { directConnectGatewayId, virtualInterfaceId }]
    const answers = asked.map((ids) => client.send(new DescribeDirectConnectGatewayAttachmentsCommand(ids)))
    return (await Promise.all(answers)).map(({ directConnectGatewayAttachments: found }) => found?.[0]?.attachmentState)
  }
  await server.advance(1_200)
  assert.deepEqual(await seen(), ['attached', 'attached', 'attached'])
  await client.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId }))
  assert.deepEqual(await seen(), ['detaching', 'detaching', 'detaching'])
  await server.advance(doneSeconds)
  assert.deepEqual(await seen(), ['detached', 'detached', 'detached'])
  await server.advance(15 * 60)
  assert.deepEqual(await seen(), [undefined, undefined, undefined])
})

test('virtual private gateways are listed as EC2 has them, for their account and Region', async () => {
  await using server = await startServer()
  const [client, ec2] = [server.client('111122223333'), ec2Of(server, '111122223333')]
  const seen = async (who = client) => (await who.send(new DescribeVirtualGatewaysCommand({}))).virtualGateways
  assert.deepEqual(await seen(), [])
  const virtualGatewayId = await makeLoneVirtualGateway(ec2)
  assert.deepEqual(await seen(), [{ virtualGatewayId, virtualGatewayState: 'pending' }])
  await server.advance(1)
  assert.deepEqual(await seen(), [{ virtualGatewayId, virtualGatewayState: 'available' }])
  assert.deepEqual(await seen(server.client('111122223333', 'eu-west-1')), [])
  assert.deepEqual(await seen(server.client('444455556666')), [])
  await ec2.send(new DeleteVpnGatewayCommand({ VpnGatewayId: virtualGatewayId }))
  assert.deepEqual(await seen(), [{ virtualGatewayId, virtualGatewayState: 'deleting' }])
})
