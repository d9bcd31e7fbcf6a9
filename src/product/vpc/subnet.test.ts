import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AssociateVpcCidrBlockCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DisassociateVpcCidrBlockCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2'
import { ec2, present, refused } from '../../../test/tools/companions.ts'
import { startServer } from '../../../test/tools/server.ts'

const vpcOf = async (client: EC2Client, CidrBlock: string) =>
  present((await client.send(new CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId)
const made = async (client: EC2Client, VpcId: string, CidrBlock: string, AvailabilityZone?: string) =>
  present(
    (await client.send(new CreateSubnetCommand({ VpcId, CidrBlock, ...(AvailabilityZone && { AvailabilityZone }) })))
      .Subnet,
  )

test('a subnet is pending, then available with its defaults, and gone as soon as it is deleted', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const VpcId = await vpcOf(client, '10.1.0.0/16')
  const { Subnet: subnet } = await client.send(
    new CreateSubnetCommand({
      VpcId,
      CidrBlock: '10.1.2.3/24',
      AvailabilityZone: 'us-east-1b',
      TagSpecifications: [{ ResourceType: 'subnet', Tags: [{ Key: 'Name', Value: 'b' }] }],
    }),
  )
  assert.equal(subnet?.State, 'pending')
  const SubnetId = present(subnet?.SubnetId)
  assert.match(SubnetId, /^subnet-[0-9a-f]{17}$/)
  const filtered = async (Name: string, value: string) =>
    (await client.send(new DescribeSubnetsCommand({ Filters: [{ Name, Values: [value] }] }))).Subnets
  assert.deepEqual(await filtered('vpc-id', VpcId), [
    {
      SubnetId,
      SubnetArn: `arn:aws:ec2:us-east-1:111122223333:subnet/${SubnetId}`,
      OwnerId: '111122223333',
      VpcId,
      State: 'available',
      CidrBlock: '10.1.2.0/24',
      AvailabilityZone: 'us-east-1b',
      AvailableIpAddressCount: 251,
      DefaultForAz: false,
      MapPublicIpOnLaunch: false,
      AssignIpv6AddressOnCreation: false,
      Ipv6CidrBlockAssociationSet: [],
      Tags: [{ Key: 'Name', Value: 'b' }],
    },
  ])
  assert.equal((await filtered('availability-zone', 'us-east-1b'))?.length, 1)
  assert.deepEqual(await filtered('availability-zone', 'us-east-1a'), [])
  await client.send(new CreateTagsCommand({ Resources: [SubnetId], Tags: [{ Key: 'Name', Value: 'c' }] }))
  assert.equal((await filtered('tag:Name', 'c'))?.length, 1)
  const { Tags: tags } = await client.send(new DescribeTagsCommand({}))
  assert.deepEqual(tags, [{ Key: 'Name', Value: 'c', ResourceId: SubnetId, ResourceType: 'subnet' }])

  await client.send(new DeleteSubnetCommand({ SubnetId }))
  assert.deepEqual(await filtered('vpc-id', VpcId), [])
  await refused(client.send(new DeleteSubnetCommand({ SubnetId })), 'InvalidSubnetID.NotFound', /subnet ID 'subnet-/)
  await refused(client.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] })), 'InvalidSubnetID.NotFound')
})

test('a subnet lies within a block of its VPC, has /16 to /28, and overlaps no other', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const vpc = await vpcOf(client, '10.1.0.0/20')
  await refused(made(client, vpc, '10.2.0.0/24'), 'InvalidSubnet.Range', /^The CIDR '10\.2\.0\.0\/24' is invalid\.$/)
  await refused(made(client, vpc, '10.1.0.0/16'), 'InvalidSubnet.Range')
  await refused(made(client, vpc, '10.1.0.0/29'), 'InvalidSubnet.Range')
  await refused(made(client, vpc, 'x'), 'InvalidParameterValue', /for parameter cidrBlock is invalid/)
  await refused(client.send(new CreateSubnetCommand({ VpcId: vpc })), 'MissingParameter', /cidrBlock/)
  await made(client, vpc, '10.1.0.0/24')
  await refused(
    made(client, vpc, '10.1.0.128/25'),
    'InvalidSubnet.Conflict',
    /^The CIDR '10\.1\.0\.128\/25' conflicts with another subnet$/,
  )
  await made(client, vpc, '10.1.1.0/24')
  await made(client, await vpcOf(client, '10.1.0.0/20'), '10.1.0.0/24')
})

test('a subnet is in an Availability Zone of its Region, the first one unless it says which', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const vpc = await vpcOf(client, '10.1.0.0/16')
  assert.equal((await made(client, vpc, '10.1.0.0/24')).AvailabilityZone, 'us-east-1a')
  for (const zone of ['eu-west-1a', 'us-east-1', 'us-east-1z', 'us-east-1aa'])
    await refused(
      made(client, vpc, '10.1.1.0/24', zone),
      'InvalidParameterValue',
      new RegExp(`Value \\(${zone}\\) for parameter availabilityZone is invalid\\. Subnets can currently only`),
    )
})

test('a VPC, and a further block of it, stay as long as a subnet lies within', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const VpcId = await vpcOf(client, '10.1.0.0/16')
  const further = await client.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: '10.2.0.0/16' }))
  const AssociationId = present(further.CidrBlockAssociation?.AssociationId)
  const { SubnetId } = await made(client, VpcId, '10.2.0.0/24')
  await refused(client.send(new DisassociateVpcCidrBlockCommand({ AssociationId })), 'DependencyViolation')
  await refused(client.send(new DeleteVpcCommand({ VpcId })), 'DependencyViolation')
  await client.send(new DeleteSubnetCommand({ SubnetId }))
  await client.send(new DisassociateVpcCidrBlockCommand({ AssociationId }))
  await client.send(new DeleteVpcCommand({ VpcId }))
})

test('a subnet is made in the own VPC of the Region only', async () => {
  await using server = await startServer({ timing: 'instant' })
  const vpc = await vpcOf(ec2(server), '10.1.0.0/16')
  for (const other of [ec2(server, '444455556666'), ec2(server, '111122223333', 'eu-west-1')])
    await refused(made(other, vpc, '10.1.0.0/24'), 'InvalidVpcID.NotFound')
})

test('no network interface is left in a subnet, as Terraform makes sure before it deletes one', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const Filters = [
    { Name: 'subnet-id', Values: ['subnet-00000000000000000'] },
    { Name: 'description', Values: ['AWS Lambda VPC ENI*'] },
  ]
  const found = await client.send(new DescribeNetworkInterfacesCommand({ Filters }))
  assert.deepEqual(found.NetworkInterfaces, [])
  const named = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ['eni-00000000000000000'] })
  await refused(client.send(named), 'InvalidNetworkInterfaceID.NotFound', /eni-00000000000000000/)
})
