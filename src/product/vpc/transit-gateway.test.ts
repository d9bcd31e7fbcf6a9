import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateDirectConnectGatewayAssociationCommand,
  CreateDirectConnectGatewayCommand,
  DeleteDirectConnectGatewayAssociationCommand,
} from '@aws-sdk/client-direct-connect'
import {
  CreateTransitGatewayCommand,
  type CreateTransitGatewayCommandInput,
  DeleteTransitGatewayCommand,
  DescribeTransitGatewayAttachmentsCommand,
  DescribeTransitGatewaysCommand,
  type EC2Client,
  ModifyTransitGatewayCommand,
} from '@aws-sdk/client-ec2'
import { ec2, present, refused } from '../../../test/tools/companions.ts'
import { startServer } from '../../../test/tools/server.ts'

const made = async (client: EC2Client, input: CreateTransitGatewayCommandInput = {}) =>
  present((await client.send(new CreateTransitGatewayCommand(input))).TransitGateway?.TransitGatewayId)
const read = async (client: EC2Client, TransitGatewayId: string) => {
  const named = new DescribeTransitGatewaysCommand({ TransitGatewayIds: [TransitGatewayId] })
  return present((await client.send(named)).TransitGateways?.[0])
}

test('a transit gateway is made with what Terraform sends, modified and deleted, and shows each step', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = ec2(server)
  const id = await made(client, {
    Description: 'core',
    Options: {
      AmazonSideAsn: 64600,
      AutoAcceptSharedAttachments: 'disable',
      DefaultRouteTableAssociation: 'enable',
      DefaultRouteTablePropagation: 'enable',
      DnsSupport: 'enable',
      MulticastSupport: 'disable',
      VpnEcmpSupport: 'enable',
      TransitGatewayCidrBlocks: ['10.20.0.0/24'],
    },
    TagSpecifications: [{ ResourceType: 'transit-gateway', Tags: [{ Key: 'Name', Value: 'core' }] }],
  })
  assert.match(id, /^tgw-[0-9a-f]{17}$/)
  assert.equal((await read(client, id)).State, 'pending')
  await server.advance(1)
  const shown = await read(client, id)
  assert.equal(shown.State, 'available')
  assert.equal(shown.TransitGatewayArn, `arn:aws:ec2:us-east-1:111122223333:transit-gateway/${id}`)
  assert.equal(shown.OwnerId, '111122223333')
  assert.equal(shown.Description, 'core')
  assert.ok(shown.CreationTime instanceof Date)
  assert.equal(shown.Options?.AmazonSideAsn, 64600)
  assert.deepEqual(shown.Options?.TransitGatewayCidrBlocks, ['10.20.0.0/24'])
  assert.match(shown.Options?.AssociationDefaultRouteTableId ?? '', /^tgw-rtb-[0-9a-f]{17}$/)

  await client.send(
    new ModifyTransitGatewayCommand({
      TransitGatewayId: id,
      Description: 'edge',
      Options: {
        DnsSupport: 'disable',
        DefaultRouteTablePropagation: 'disable',
        AddTransitGatewayCidrBlocks: ['10.21.0.0/24'],
        RemoveTransitGatewayCidrBlocks: ['10.20.0.0/24'],
      },
    }),
  )
  const modified = await read(client, id)
  assert.equal(modified.State, 'modifying')
  await server.advance(1)
  const { PropagationDefaultRouteTableId: gone, ...others } = present(shown.Options)
  assert.equal(gone, shown.Options?.AssociationDefaultRouteTableId)
  assert.deepEqual((await read(client, id)).Options, {
    ...others,
    DnsSupport: 'disable',
    DefaultRouteTablePropagation: 'disable',
    TransitGatewayCidrBlocks: ['10.21.0.0/24'],
  })
  assert.equal((await read(client, id)).Description, 'edge')

  const { TransitGateway: deleted } = await client.send(new DeleteTransitGatewayCommand({ TransitGatewayId: id }))
  assert.equal(deleted?.State, 'deleting')
  await server.advance(1)
  assert.equal((await read(client, id)).State, 'deleted')
  await refused(
    client.send(new DeleteTransitGatewayCommand({ TransitGatewayId: id })),
    'InvalidTransitGatewayID.NotFound',
    /was deleted or does not exist/,
  )
})

test('the options of a transit gateway are enable or disable, its ASN private, its blocks large', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const wrong = (Options: object) => refused(made(client, { Options }), 'InvalidParameterValue')
  await wrong({ DnsSupport: 'on' })
  await wrong({ AmazonSideAsn: 7224 })
  await wrong({ TransitGatewayCidrBlocks: ['10.0.0.0/25'] })
  await wrong({ TransitGatewayCidrBlocks: ['2001:db8::/65'] })
})

test('a transit gateway is of one account and one Region, five of them at most', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const id = await made(client)
  for (const other of [ec2(server, '444455556666'), ec2(server, '111122223333', 'eu-west-1')]) {
    await refused(read(other, id), 'InvalidTransitGatewayID.NotFound')
    assert.deepEqual((await other.send(new DescribeTransitGatewaysCommand({}))).TransitGateways, [])
  }
  for (let i = 1; i < 5; i++) await made(client)
  await refused(made(client), 'TransitGatewayLimitExceeded')
})

test('an association with a Direct Connect gateway is an attachment in EC2, and gone with it', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = ec2(server)
  const dx = server.client('111122223333')
  const TransitGatewayId = await made(client, { Options: { AmazonSideAsn: 64600 } })
  const { directConnectGateway } = await dx.send(
    new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'x' }),
  )
  const directConnectGatewayId = present(directConnectGateway?.directConnectGatewayId)
  await server.advance(1)
  const asked = {
    Filters: [
      { Name: 'resource-type', Values: ['direct-connect-gateway'] },
      { Name: 'resource-id', Values: [directConnectGatewayId] },
      { Name: 'transit-gateway-id', Values: [TransitGatewayId] },
    ],
  }
  const attachments = async () =>
    present((await client.send(new DescribeTransitGatewayAttachmentsCommand(asked))).TransitGatewayAttachments)
  assert.deepEqual(await attachments(), [])

  const { directConnectGatewayAssociation: association } = await dx.send(
    new CreateDirectConnectGatewayAssociationCommand({
      directConnectGatewayId,
      gatewayId: TransitGatewayId,
      addAllowedPrefixesToDirectConnectGateway: [{ cidr: '10.0.0.0/8' }],
    }),
  )
  assert.equal((await attachments())[0]?.State, 'pending')
  await server.advance(1)
  const [attachment, ...more] = await attachments()
  assert.deepEqual(more, [])
  assert.equal(attachment?.State, 'available')
  assert.equal(attachment?.ResourceOwnerId, '111122223333')
  assert.equal(attachment?.TransitGatewayOwnerId, '111122223333')
  const id = present(attachment?.TransitGatewayAttachmentId)
  assert.match(id, /^tgw-attach-[0-9a-f]{17}$/)
  const named = new DescribeTransitGatewayAttachmentsCommand({ TransitGatewayAttachmentIds: [id] })
  assert.equal((await client.send(named)).TransitGatewayAttachments?.length, 1)
  await refused(
    client.send(new DeleteTransitGatewayCommand({ TransitGatewayId })),
    'IncorrectState',
    new RegExp(`^${TransitGatewayId} has non-deleted DirectConnect Gateway Attachments: ${id}\\.$`),
  )
  await refused(
    client.send(new ModifyTransitGatewayCommand({ TransitGatewayId, Options: { AmazonSideAsn: 64700 } })),
    'IncorrectState',
  )

  await dx.send(new DeleteDirectConnectGatewayAssociationCommand({ associationId: association?.associationId }))
  assert.equal((await attachments())[0]?.State, 'deleting')
  await server.advance(1)
  assert.deepEqual(await attachments(), [])
  await refused(client.send(named), 'InvalidTransitGatewayAttachmentID.NotFound')
  await client.send(new DeleteTransitGatewayCommand({ TransitGatewayId }))
})
