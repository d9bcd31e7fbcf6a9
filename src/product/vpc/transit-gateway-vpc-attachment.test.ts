import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  type CreateTransitGatewayVpcAttachmentCommandInput,
  DeleteSubnetCommand,
  DeleteTransitGatewayCommand,
  DeleteTransitGatewayVpcAttachmentCommand,
  DescribeTransitGatewayAttachmentsCommand,
  DescribeTransitGatewaysCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  type EC2Client,
  GetTransitGatewayRouteTableAssociationsCommand,
  GetTransitGatewayRouteTablePropagationsCommand,
  ModifyTransitGatewayCommand,
  ModifyTransitGatewayVpcAttachmentCommand,
  type ModifyTransitGatewayVpcAttachmentCommandInput,
} from '@aws-sdk/client-ec2'
import { ec2, present, refused } from '../../../test/tools/companions.ts'
import { makeTransitGateway, makeVpc } from '../../../test/tools/gateways.ts'
import { startServer } from '../../../test/tools/server.ts'

async function subnetIn(client: EC2Client, VpcId: string, CidrBlock: string, AvailabilityZone: string) {
  const { Subnet } = await client.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }))
  return present(Subnet?.SubnetId)
}

/** A transit gateway, and a VPC with a subnet. */
async function world(client: EC2Client) {
  const [TransitGatewayId, VpcId] = [await makeTransitGateway(client, 64600), await makeVpc(client, '10.0.0.0/16')]
  return { TransitGatewayId, VpcId, subnet: await subnetIn(client, VpcId, '10.0.0.0/24', 'us-east-1a') }
}

const attach = async (client: EC2Client, input: CreateTransitGatewayVpcAttachmentCommandInput) =>
  present((await client.send(new CreateTransitGatewayVpcAttachmentCommand(input))).TransitGatewayVpcAttachment)

test('a VPC is attached to a transit gateway and detached, and shows each step', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = ec2(server)
  const { TransitGatewayId, VpcId, subnet } = await world(client)
  await server.advance(1)
  const second = await subnetIn(client, VpcId, '10.0.1.0/24', 'us-east-1b')
  const made = await attach(client, {
    TransitGatewayId,
    VpcId,
    SubnetIds: [subnet, second],
    Options: { DnsSupport: 'disable' },
    TagSpecifications: [{ ResourceType: 'transit-gateway-attachment', Tags: [{ Key: 'Name', Value: 'a' }] }],
  })
  const id = present(made.TransitGatewayAttachmentId)
  assert.match(id, /^tgw-attach-[0-9a-f]{17}$/)
  assert.equal(made.State, 'pending')
  const seen = async () => {
    const named = new DescribeTransitGatewayVpcAttachmentsCommand({ TransitGatewayAttachmentIds: [id] })
    return present((await client.send(named)).TransitGatewayVpcAttachments?.[0])
  }
  await server.advance(1)
  const { CreationTime: at, ...shown } = await seen()
  assert.ok(at instanceof Date)
  assert.deepEqual(shown, {
    TransitGatewayAttachmentId: id,
    TransitGatewayId,
    VpcId,
    VpcOwnerId: '111122223333',
    State: 'available',
    SubnetIds: [subnet, second],
    Options: {
      DnsSupport: 'disable',
      SecurityGroupReferencingSupport: 'enable',
      Ipv6Support: 'disable',
      ApplianceModeSupport: 'disable',
    },
    Tags: [{ Key: 'Name', Value: 'a' }],
  })
  await client.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'Name', Value: 'b' }] }))
  assert.deepEqual((await seen()).Tags, [{ Key: 'Name', Value: 'b' }])

  await refused(client.send(new DeleteSubnetCommand({ SubnetId: second })), 'DependencyViolation')
  const gone = new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId: id })
  assert.equal((await client.send(gone)).TransitGatewayVpcAttachment?.State, 'deleting')
  assert.equal((await client.send(gone)).TransitGatewayVpcAttachment?.State, 'deleting')
  await server.advance(1)
  assert.equal((await seen()).State, 'deleted')
  await refused(client.send(gone), 'InvalidTransitGatewayAttachmentID.NotFound')
  await client.send(new DeleteSubnetCommand({ SubnetId: second }))
})

test('among the attachments of a transit gateway are those with VPCs, and it stays as long as they', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = ec2(server)
  const { TransitGatewayId, VpcId, subnet } = await world(client)
  await server.advance(1)
  const { TransitGatewayAttachmentId } = await attach(client, { TransitGatewayId, VpcId, SubnetIds: [subnet] })
  const listed = async () => {
    const Filters = [{ Name: 'resource-type', Values: ['vpc'] }]
    const { TransitGatewayAttachments } = await client.send(new DescribeTransitGatewayAttachmentsCommand({ Filters }))
    return TransitGatewayAttachments?.map((each) => [each.ResourceId, each.ResourceOwnerId, each.State])
  }
  assert.deepEqual(await listed(), [[VpcId, '111122223333', 'pending']])
  await server.advance(1)
  assert.deepEqual(await listed(), [[VpcId, '111122223333', 'available']])
  await client.send(new ModifyTransitGatewayCommand({ TransitGatewayId, Options: { AmazonSideAsn: 64601 } }))
  await refused(
    client.send(new DeleteTransitGatewayCommand({ TransitGatewayId })),
    'IncorrectState',
    new RegExp(`^${TransitGatewayId} has non-deleted VPC Attachments: ${TransitGatewayAttachmentId}\\.$`),
  )
  await client.send(new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId }))
  await server.advance(1)
  assert.deepEqual(await listed(), [])
  await client.send(new DeleteTransitGatewayCommand({ TransitGatewayId }))
})

test('a VPC is attached once to a transit gateway that is available, by one subnet of its own a zone', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = ec2(server)
  const { TransitGatewayId, VpcId, subnet } = await world(client)
  const tried = (input: Partial<CreateTransitGatewayVpcAttachmentCommandInput>) =>
    attach(client, { TransitGatewayId, VpcId, SubnetIds: [subnet], ...input })
  await refused(tried({}), 'IncorrectState')
  await server.advance(1)
  const sameZone = await subnetIn(client, VpcId, '10.0.1.0/24', 'us-east-1a')
  const elsewhere = await subnetIn(client, await makeVpc(client, '10.1.0.0/16'), '10.1.0.0/24', 'us-east-1b')
  await refused(tried({ SubnetIds: [] }), 'MissingParameter', /subnetIds/i)
  await refused(tried({ SubnetIds: [subnet, sameZone] }), 'DuplicateSubnetsInSameZone')
  await refused(tried({ SubnetIds: [subnet, elsewhere] }), 'InvalidSubnetID.NotFound')
  await refused(tried({ Options: { DnsSupport: 'on' as 'enable' } }), 'InvalidParameterValue', /DnsSupport/)
  await refused(tried({ TransitGatewayId: 'tgw-00000000000000000' }), 'InvalidTransitGatewayID.NotFound')
  await refused(tried({ VpcId: 'vpc-00000000000000000' }), 'InvalidVpcID.NotFound')
  await tried({})
  await refused(
    tried({}),
    'DuplicateTransitGatewayAttachment',
    new RegExp(`^${TransitGatewayId} has non-deleted Transit Gateway Attachments with same VPC ID\\.$`),
  )
})

test('each attachment of a transit gateway uses its default route table, as long as there is one', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = ec2(server)
  const { TransitGatewayId, VpcId, subnet } = await world(client)
  await server.advance(1)
  const { TransitGatewayAttachmentId: id } = await attach(client, { TransitGatewayId, VpcId, SubnetIds: [subnet] })
  const named = new DescribeTransitGatewaysCommand({ TransitGatewayIds: [TransitGatewayId] })
  const { Options } = present((await client.send(named)).TransitGateways?.[0])
  const TransitGatewayRouteTableId = present(Options?.AssociationDefaultRouteTableId)
  const states = async (attachment = present(id)) => {
    const Filters = [{ Name: 'transit-gateway-attachment-id', Values: [attachment] }]
    const input = { TransitGatewayRouteTableId, Filters }
    const { Associations = [] } = await client.send(new GetTransitGatewayRouteTableAssociationsCommand(input))
    const { TransitGatewayRouteTablePropagations: propagations = [] } = await client.send(
      new GetTransitGatewayRouteTablePropagationsCommand(input),
    )
    return [...Associations, ...propagations].map((each) => [each.TransitGatewayAttachmentId, each.State])
  }
  assert.deepEqual(await states(), [
    [id, 'associating'],
    [id, 'enabling'],
  ])
  await server.advance(1)
  assert.deepEqual(await states(), [
    [id, 'associated'],
    [id, 'enabled'],
  ])
  assert.deepEqual(await states('tgw-attach-00000000000000000'), [])
  const noPropagation = { DefaultRouteTablePropagation: 'disable' } as const
  await client.send(new ModifyTransitGatewayCommand({ TransitGatewayId, Options: noPropagation }))
  assert.deepEqual(await states(), [[id, 'associated']])
  await client.send(new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId: id }))
  assert.deepEqual(await states(), [[id, 'disassociating']])
  await server.advance(1)
  assert.deepEqual(await states(), [])
  const another = new GetTransitGatewayRouteTableAssociationsCommand({
    TransitGatewayRouteTableId: 'tgw-rtb-00000000000000000',
  })
  await refused(client.send(another), 'InvalidRouteTableID.NotFound', /tgw-rtb-00000000000000000/)
})

test('the subnets and options of an attachment are changed in place, and one subnet is left', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = ec2(server)
  const { TransitGatewayId, VpcId, subnet } = await world(client)
  await server.advance(1)
  const second = await subnetIn(client, VpcId, '10.0.1.0/24', 'us-east-1b')
  const sameZone = await subnetIn(client, VpcId, '10.0.2.0/24', 'us-east-1a')
  const { TransitGatewayAttachmentId: id } = await attach(client, { TransitGatewayId, VpcId, SubnetIds: [subnet] })
  await server.advance(1)
  const modified = async (input: Partial<ModifyTransitGatewayVpcAttachmentCommandInput>) => {
    const command = new ModifyTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId: id, ...input })
    return present((await client.send(command)).TransitGatewayVpcAttachment)
  }
  const both = await modified({ AddSubnetIds: [second], Options: { ApplianceModeSupport: 'enable' } })
  assert.deepEqual(both.SubnetIds, [subnet, second])
  assert.deepEqual([both.State, both.Options?.ApplianceModeSupport], ['available', 'enable'])
  await refused(modified({ AddSubnetIds: [sameZone] }), 'DuplicateSubnetsInSameZone')
  assert.deepEqual((await modified({ RemoveSubnetIds: [subnet] })).SubnetIds, [second])
  await client.send(new DeleteSubnetCommand({ SubnetId: subnet }))
  await refused(client.send(new DeleteSubnetCommand({ SubnetId: second })), 'DependencyViolation')
  await refused(modified({ RemoveSubnetIds: [second] }), 'MissingParameter')
  await client.send(new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId: id }))
  await refused(modified({ AddSubnetIds: [sameZone] }), 'IncorrectState')
})
