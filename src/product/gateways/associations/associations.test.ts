import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateDirectConnectGatewayAssociationCommand,
  DeleteDirectConnectGatewayAssociationCommand,
  DeleteDirectConnectGatewayCommand,
  DescribeDirectConnectGatewayAssociationsCommand,
  UpdateDirectConnectGatewayAssociationCommand,
} from '@aws-sdk/client-direct-connect'
import {
  AttachVpnGatewayCommand,
  DeleteTransitGatewayCommand,
  DeleteVpnGatewayCommand,
  DescribeTransitGatewayAttachmentsCommand,
  DetachVpnGatewayCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2'
import { ec2 as ec2Of } from '../../../../test/tools/companions.ts'
import {
  associate,
  associationsSeen,
  cidrsOf,
  makeTransitGateway,
  makeVirtualGateway,
  prefixes,
} from '../../../../test/tools/gateways.ts'
import { startServer } from '../../../../test/tools/server.ts'
import { makeGateway, refused } from '../../../../test/tools/virtual-interfaces.ts'

const account = '111122223333'
const other = '444455556666'
const unknownId = '00000000-0000-4000-8000-000000000000'

test('an association with a virtual private gateway allows the blocks of its VPC, unless it says what', async () => {
  await using server = await startServer()
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const { virtualGatewayId } = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const gatewayId = await makeGateway(client)
  const made = await associate(client, gatewayId, virtualGatewayId)
  const associatedGateway = {
    id: virtualGatewayId,
    type: 'virtualPrivateGateway',
    ownerAccount: account,
    region: 'us-east-1',
  }
  const { associationId = '' } = made
  assert.match(associationId, /^[0-9a-f-]{36}$/)
  assert.deepEqual(made, {
    associationId,
    directConnectGatewayId: gatewayId,
    directConnectGatewayOwnerAccount: account,
    associationState: 'associating',
    associatedGateway,
    allowedPrefixesToDirectConnectGateway: prefixes('10.0.0.0/16'),
    virtualGatewayId,
    virtualGatewayRegion: 'us-east-1',
    virtualGatewayOwnerAccount: account,
  })
  await server.advance(1)
  const [associated, ...more] = await associationsSeen(client, { associationId })
  assert.deepEqual(associated, { ...made, associationState: 'associated' })
  assert.deepEqual(more, [])

  const second = await makeVirtualGateway(ec2, '10.1.0.0/16')
  const { allowedPrefixesToDirectConnectGateway } = await associate(
    server.client(account),
    gatewayId,
    second.virtualGatewayId,
    '2600:1f26:0074::/48',
    '10.0.0.0/8',
    '2600:1F26:74:0::/48',
  )
  assert.deepEqual(
    allowedPrefixesToDirectConnectGateway,
    prefixes('2600:1f26:74::/48', '10.0.0.0/8'),
    'canonical, once',
  )
})

test('the very next answer after a deletion says disassociating, and then it is gone', async () => {
  await using server = await startServer()
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const { virtualGatewayId } = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const directConnectGatewayId = await makeGateway(client)
  const { associationId } = await associate(client, directConnectGatewayId, virtualGatewayId)
  const remove = new DeleteDirectConnectGatewayAssociationCommand({ associationId })
  const pair = new DeleteDirectConnectGatewayAssociationCommand({ directConnectGatewayId, virtualGatewayId })
  await server.advance(1)
  const { directConnectGatewayAssociation: leaving } = await client.send(remove)
  assert.equal(leaving?.associationState, 'disassociating')
  const state = async () => (await associationsSeen(client, { associationId })).map((seen) => seen.associationState)
  assert.deepEqual(await state(), ['disassociating'])
  assert.equal((await client.send(pair)).directConnectGatewayAssociation?.associationState, 'disassociating')
  await assert.rejects(
    associate(client, await makeGateway(client), virtualGatewayId),
    refused(/already associated/),
    'until it is gone',
  )
  await server.advance(1)
  assert.deepEqual(await state(), [])
  assert.deepEqual(await associationsSeen(client, { directConnectGatewayId }), [])
  await assert.rejects(client.send(remove), refused(/does not exist/))
  await assert.rejects(client.send(pair), refused(/No association exists/))

  const again = await associate(client, directConnectGatewayId, virtualGatewayId)
  assert.notEqual(again.associationId, associationId)
  assert.equal(
    (await associationsSeen(client, { directConnectGatewayId, associatedGatewayId: virtualGatewayId })).length,
    1,
  )
})

test('an update changes the allowed prefixes in place: the association and its attachment in EC2 keep their ids (Terraform issue 30085)', async () => {
  await using server = await startServer()
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const transitGatewayId = await makeTransitGateway(ec2, 64600)
  const gatewayId = await makeGateway(client)
  const { associationId } = await associate(client, gatewayId, transitGatewayId, '10.0.0.0/16', '10.1.0.0/16')
  const update = (add: readonly string[], remove: readonly string[]) =>
    client.send(
      new UpdateDirectConnectGatewayAssociationCommand({
        associationId,
        ...(add.length === 0 ? {} : { addAllowedPrefixesToDirectConnectGateway: prefixes(...add) }),
        ...(remove.length === 0 ? {} : { removeAllowedPrefixesToDirectConnectGateway: prefixes(...remove) }),
      }),
    )
  await assert.rejects(update(['10.2.0.0/16'], []), refused(/is in state associating/))
  await server.advance(1)
  const attachment = await attachments(ec2, gatewayId, transitGatewayId)

  const { directConnectGatewayAssociation: updating } = await update(['10.2.0.0/16'], ['10.0.0.0/16'])
  assert.equal(updating?.associationId, associationId)
  assert.equal(updating?.associationState, 'updating')
  assert.deepEqual(cidrsOf(updating), ['10.1.0.0/16', '10.2.0.0/16'])
  assert.deepEqual(await attachments(ec2, gatewayId, transitGatewayId), attachment)
  await server.advance(1)
  const seen = async () => (await associationsSeen(client, { associationId }))[0]
  assert.equal((await seen())?.associationState, 'associated')
  assert.deepEqual(cidrsOf(await seen()), ['10.1.0.0/16', '10.2.0.0/16'])
  assert.deepEqual(await attachments(ec2, gatewayId, transitGatewayId), attachment)

  const untouched = await update([], [])
  assert.deepEqual(cidrsOf(untouched.directConnectGatewayAssociation), ['10.1.0.0/16', '10.2.0.0/16'])
  await server.advance(1)
  assert.equal((await seen())?.associationState, 'associated')
  await update(['10.1.0.0/16'], ['192.168.0.0/16'])
  assert.deepEqual(cidrsOf(await seen()), ['10.1.0.0/16', '10.2.0.0/16'], 'added and removed already')
  await assert.rejects(update([], ['10.1.0.0/16', '10.2.0.0/16']), refused(/one allowed prefix at least/))
  await assert.rejects(update(['10.3.0.0/16'], ['10.3.0.0/16']), refused(/it is in addAllowedPrefixes/))
  await assert.rejects(update(['10.3.0.1/16'], []), refused(/bits set beyond its prefix length/))
  await assert.rejects(update(['10.3.0.0'], []), refused(/must be in CIDR notation/))
})

test('associations with aws timing take as long as they do there', async () => {
  await using server = await startServer({ timing: 'aws' })
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const { virtualGatewayId } = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const { associationId } = await associate(client, await makeGateway(client), virtualGatewayId)
  const state = async () => (await associationsSeen(client, { associationId }))[0]?.associationState
  await server.advance(9 * 60)
  assert.equal(await state(), 'associating')
  await server.advance(60)
  assert.equal(await state(), 'associated')
})

test('associations are found by their id or by either gateway, by the owners of both and by nobody else', async () => {
  await using server = await startServer()
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const first = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const second = await makeVirtualGateway(ec2, '10.1.0.0/16')
  const directConnectGatewayId = await makeGateway(client)
  const made = await associate(client, directConnectGatewayId, first.virtualGatewayId)
  const { associationId = '' } = made
  await associate(client, directConnectGatewayId, second.virtualGatewayId)
  const count = async (filter: object, who = client) => (await associationsSeen(who, filter)).length

  const associatedGatewayId = first.virtualGatewayId
  assert.equal(await count({ directConnectGatewayId }), 2)
  assert.equal(await count({ associatedGatewayId }), 1)
  assert.equal(await count({ virtualGatewayId: associatedGatewayId }), 1)
  assert.equal(await count({ directConnectGatewayId, associatedGatewayId }), 1)
  assert.equal(await count({ directConnectGatewayId: unknownId, associatedGatewayId }), 0)
  assert.equal(await count({ associationId, directConnectGatewayId, virtualGatewayId: associatedGatewayId }), 1)
  assert.equal(await count({ associationId, associatedGatewayId: second.virtualGatewayId }), 0)
  assert.equal(await count({ associationId: unknownId }), 0)
  assert.equal(await count({ directConnectGatewayId }, server.client(account, 'eu-west-1')), 2, 'from every Region')
  await assert.rejects(associationsSeen(client, {}), refused(/is required/))
  for (const id of ['', 'ga-123', `${unknownId}0`])
    await assert.rejects(
      associationsSeen(client, { associationId: id }),
      refused(`Association ID ${id} has an invalid format.`),
    )

  const page = await client.send(
    new DescribeDirectConnectGatewayAssociationsCommand({ directConnectGatewayId, maxResults: 1 }),
  )
  const { nextToken } = page
  assert.ok(nextToken !== undefined)
  const rest = await client.send(
    new DescribeDirectConnectGatewayAssociationsCommand({ directConnectGatewayId, maxResults: 1, nextToken }),
  )
  assert.equal(rest.directConnectGatewayAssociations?.[0]?.virtualGatewayId, second.virtualGatewayId)
  assert.equal(rest.nextToken, undefined)

  const stranger = server.client(other)
  for (const filter of [{ associationId }, { directConnectGatewayId }, { associatedGatewayId }])
    assert.equal(await count(filter, stranger), 0)
  await assert.rejects(
    stranger.send(new DeleteDirectConnectGatewayAssociationCommand({ associationId })),
    refused(`Direct Connect Gateway Association ${associationId} does not exist.`),
  )
  await assert.rejects(
    stranger.send(new UpdateDirectConnectGatewayAssociationCommand({ associationId })),
    refused(/does not exist/),
  )
  await assert.rejects(
    client.send(new UpdateDirectConnectGatewayAssociationCommand({})),
    refused('Association ID  has an invalid format.'),
  )
  await assert.rejects(
    client.send(new DeleteDirectConnectGatewayAssociationCommand({ directConnectGatewayId })),
    refused(/is required/),
  )
})

test('both gateways are of the caller, and the virtual private one of the Region of the call', async () => {
  await using server = await startServer()
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const { virtualGatewayId } = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const transitGatewayId = await makeTransitGateway(ec2, 64600)
  const gatewayId = await makeGateway(client)
  const elsewhere = server.client(account, 'eu-west-1')
  const missing = `The VirtualGateway ${virtualGatewayId} does not exist.`
  await assert.rejects(associate(elsewhere, gatewayId, virtualGatewayId), refused(missing))
  await assert.rejects(associate(elsewhere, gatewayId, transitGatewayId, '10.0.0.0/8'), refused(/does not exist/))
  const stranger = server.client(other)
  await assert.rejects(
    associate(stranger, gatewayId, virtualGatewayId),
    refused(/Direct Connect Gateway .* does not exist/),
  )
  await assert.rejects(associate(stranger, await makeGateway(stranger), virtualGatewayId), refused(missing))
  await assert.rejects(
    associate(client, unknownId, virtualGatewayId),
    refused(`Direct Connect Gateway ${unknownId} does not exist.`),
  )
  await assert.rejects(
    associate(client, gatewayId, 'vgw-nothing'),
    refused('The VirtualGateway vgw-nothing does not exist.'),
  )
  const none = new CreateDirectConnectGatewayAssociationCommand({ directConnectGatewayId: gatewayId })
  await assert.rejects(client.send(none), refused('Field gatewayId is required'))
  const two = { directConnectGatewayId: gatewayId, gatewayId: transitGatewayId, virtualGatewayId }
  await assert.rejects(client.send(new CreateDirectConnectGatewayAssociationCommand(two)), refused(/Only one of/))
  const old = { directConnectGatewayId: gatewayId, virtualGatewayId }
  assert.ok(await client.send(new CreateDirectConnectGatewayAssociationCommand(old)))
})

test('a virtual private gateway that loses its VPC loses its Direct Connect gateway', async () => {
  await using server = await startServer()
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const { virtualGatewayId, vpcId } = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const directConnectGatewayId = await makeGateway(client)
  const { associationId } = await associate(client, directConnectGatewayId, virtualGatewayId)
  await server.advance(1)
  const attachment = { VpcId: vpcId, VpnGatewayId: virtualGatewayId }
  await ec2.send(new DetachVpnGatewayCommand(attachment))
  assert.equal((await associationsSeen(client, { associationId }))[0]?.associationState, 'disassociating')
  await server.advance(1)
  assert.deepEqual(await associationsSeen(client, { associationId }), [])
  const again = () => associate(client, directConnectGatewayId, virtualGatewayId)
  await assert.rejects(again(), refused(`The VirtualGateway ${virtualGatewayId} is not attached to a VPC.`))
  await ec2.send(new AttachVpnGatewayCommand(attachment))
  await again()
})

test('a Direct Connect gateway that is being deleted is associated with nothing more', async () => {
  await using server = await startServer({ timing: 'aws' })
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const gatewayId = await makeGateway(client)
  const transitGatewayId = await makeTransitGateway(ec2, 64600)
  await server.operator('POST', '/clock', { advanceSeconds: 600 })
  await client.send(new DeleteDirectConnectGatewayCommand({ directConnectGatewayId: gatewayId }))
  await assert.rejects(
    associate(client, gatewayId, transitGatewayId, '10.0.0.0/8'),
    refused(`Direct Connect Gateway ${gatewayId} is being deleted`),
  )
})

test('what is associated cannot be deleted: no Direct Connect gateway, no virtual private and no transit gateway', async () => {
  await using server = await startServer()
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const { virtualGatewayId, vpcId } = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const transitGatewayId = await makeTransitGateway(ec2, 64600)
  const [virtual, transit] = [await makeGateway(client), await makeGateway(client)]
  await associate(client, virtual, virtualGatewayId)
  const { associationId } = await associate(client, transit, transitGatewayId, '10.0.0.0/8')
  await server.advance(1)
  for (const directConnectGatewayId of [virtual, transit])
    await assert.rejects(
      client.send(new DeleteDirectConnectGatewayCommand({ directConnectGatewayId })),
      refused(/cannot be deleted: it is associated with/),
    )
  const deleteTransit = new DeleteTransitGatewayCommand({ TransitGatewayId: transitGatewayId })
  const [attachment] = await attachments(ec2, transit, transitGatewayId)
  await assert.rejects(ec2.send(deleteTransit), {
    name: 'IncorrectState',
    message: `${transitGatewayId} has non-deleted DirectConnect Gateway Attachments: ${attachment?.TransitGatewayAttachmentId}.`,
  })
  const deleteVirtual = new DeleteVpnGatewayCommand({ VpnGatewayId: virtualGatewayId })
  await ec2.send(new DetachVpnGatewayCommand({ VpcId: vpcId, VpnGatewayId: virtualGatewayId }))
  await assert.rejects(ec2.send(deleteVirtual), { name: 'IncorrectState' })
  await client.send(new DeleteDirectConnectGatewayAssociationCommand({ associationId }))
  await assert.rejects(ec2.send(deleteTransit), { name: 'IncorrectState' })
  await server.advance(1)
  await ec2.send(deleteVirtual)
  await ec2.send(deleteTransit)
  for (const directConnectGatewayId of [virtual, transit])
    await client.send(new DeleteDirectConnectGatewayCommand({ directConnectGatewayId }))
})

test('EC2 shows one attachment for an association with a transit gateway, as long as there is one', async () => {
  await using server = await startServer()
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const transitGatewayId = await makeTransitGateway(ec2, 64600)
  const [first, second] = [await makeGateway(client), await makeGateway(client)]
  const { associationId } = await associate(client, first, transitGatewayId, '10.0.0.0/8')
  await associate(client, second, transitGatewayId, '10.0.0.0/8')
  const state = async () => (await attachments(ec2, first, transitGatewayId)).map((attachment) => attachment.State)
  assert.deepEqual(await state(), ['pending'])
  await server.advance(1)
  const [attachment] = await attachments(ec2, first, transitGatewayId)
  assert.match(attachment?.TransitGatewayAttachmentId ?? '', /^tgw-attach-[0-9a-f]{17}$/)
  assert.deepEqual(
    [attachment?.State, attachment?.ResourceId, attachment?.ResourceType, attachment?.ResourceOwnerId],
    ['available', first, 'direct-connect-gateway', account],
  )
  assert.equal((await attachments(ec2, second, transitGatewayId)).length, 1)
  assert.deepEqual(await attachments(ec2Of(server, account, 'eu-west-1'), first, transitGatewayId), [])
  assert.deepEqual(await attachments(ec2Of(server, other), first, transitGatewayId), [])

  await client.send(new DeleteDirectConnectGatewayAssociationCommand({ associationId }))
  assert.deepEqual(await state(), ['deleting'])
  await server.advance(1)
  assert.deepEqual(await state(), [])
  await associate(client, first, transitGatewayId, '10.0.0.0/8')
  assert.deepEqual(await state(), ['pending'], 'deleted ones do not linger')
})

/** As Terraform's provider asks for it. */
async function attachments(ec2: EC2Client, gatewayId: string, transitGatewayId: string) {
  const Filters = [
    { Name: 'resource-type', Values: ['direct-connect-gateway'] },
    { Name: 'resource-id', Values: [gatewayId] },
    { Name: 'transit-gateway-id', Values: [transitGatewayId] },
  ]
  const seen = await ec2.send(new DescribeTransitGatewayAttachmentsCommand({ Filters }))
  return seen.TransitGatewayAttachments ?? []
}
