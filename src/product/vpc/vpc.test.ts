import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AssociateVpcCidrBlockCommand,
  CreateRouteTableCommand,
  CreateVpcCommand,
  DeleteRouteTableCommand,
  DeleteVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DisassociateVpcCidrBlockCommand,
  type EC2Client,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2'
import * as fc from 'fast-check'
import { ec2, present, refused } from '../../../test/tools/companions.ts'
import { startServer } from '../../../test/tools/server.ts'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import { overlaps, parseCidr, showCidr } from '../addresses/cidr.ts'
import { checkedBlock, drawIpv6Block } from './rules.ts'

const create = (CidrBlock: string) => new CreateVpcCommand({ CidrBlock })
const made = async (client: EC2Client, cidr = '10.0.0.0/16') =>
  present(present((await client.send(create(cidr))).Vpc).VpcId)

test('a VPC is pending, then available with its defaults, and gone as soon as it is deleted', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const { Vpc: vpc } = await client.send(
    new CreateVpcCommand({
      CidrBlock: '10.1.0.0/16',
      AmazonProvidedIpv6CidrBlock: false,
      InstanceTenancy: 'default',
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: '<a> & "b"' }] }],
    }),
  )
  assert.equal(vpc?.State, 'pending')
  assert.match(vpc?.VpcId ?? '', /^vpc-[0-9a-f]{17}$/)
  const VpcId = present(vpc?.VpcId)
  const { Vpcs: found } = await client.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))
  assert.deepEqual(found, [
    {
      VpcId,
      OwnerId: '111122223333',
      State: 'available',
      CidrBlock: '10.1.0.0/16',
      CidrBlockAssociationSet: vpc?.CidrBlockAssociationSet,
      Ipv6CidrBlockAssociationSet: [],
      DhcpOptionsId: vpc?.DhcpOptionsId,
      InstanceTenancy: 'default',
      IsDefault: false,
      Tags: [{ Key: 'Name', Value: '<a> & "b"' }],
    },
  ])
  const filtered = [
    { Name: 'vpc-id', Values: [VpcId] },
    { Name: 'default', Values: ['true'] },
  ]
  const acls = await client.send(new DescribeNetworkAclsCommand({ Filters: filtered }))
  assert.match(acls.NetworkAcls?.[0]?.NetworkAclId ?? '', /^acl-[0-9a-f]{17}$/)
  const groups = await client.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['default'] }] }),
  )
  assert.match(groups.SecurityGroups?.[0]?.GroupId ?? '', /^sg-[0-9a-f]{17}$/)

  await client.send(new DeleteVpcCommand({ VpcId }))
  await refused(
    client.send(new DescribeVpcsCommand({ VpcIds: [VpcId] })),
    'InvalidVpcID.NotFound',
    /'vpc-.*' does not exist/,
  )
  assert.deepEqual((await client.send(new DescribeVpcsCommand({}))).Vpcs, [])
})

test('each attribute of a VPC is read alone and changed alone', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const VpcId = await made(client)
  const read = (Attribute: 'enableDnsHostnames' | 'enableDnsSupport' | 'enableNetworkAddressUsageMetrics') =>
    client.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }))
  assert.deepEqual((await read('enableDnsSupport')).EnableDnsSupport, { Value: true })
  assert.equal((await read('enableDnsSupport')).EnableDnsHostnames, undefined)
  assert.deepEqual((await read('enableDnsHostnames')).EnableDnsHostnames, { Value: false })
  await client.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }))
  assert.deepEqual((await read('enableDnsHostnames')).EnableDnsHostnames, { Value: true })
  assert.deepEqual((await read('enableNetworkAddressUsageMetrics')).EnableNetworkAddressUsageMetrics, { Value: false })
  await refused(
    client.send(
      new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true }, EnableDnsSupport: { Value: true } }),
    ),
    'InvalidParameterCombination',
    /enableDnsSupport, enableDnsHostnames/,
  )
  await refused(client.send(new ModifyVpcAttributeCommand({ VpcId })), 'MissingParameter')
})

test('a block of a VPC is IPv4 from /16 to /28 of no special range, and its host bits are cleared', () => {
  const anyBlock = fc.record({ address: fc.bigInt(0n, 2n ** 32n - 1n), length: fc.integer({ min: 0, max: 32 }) })
  fc.assert(
    fc.property(anyBlock, ({ address, length }) => {
      const first = Number(address >> 24n)
      const linkLocal = address >> 16n === 0xa9fen
      const allowed = length >= 16 && length <= 28 && ![0, 127].includes(first) && first < 224 && !linkLocal
      const text = showCidr({ family: 'ipv4', address, length })
      if (!allowed) assert.throws(() => checkedBlock(text), { code: 'InvalidVpc.Range' })
      else assert.equal(checkedBlock(text).address, (address >> BigInt(32 - length)) << BigInt(32 - length))
    }),
  )
  for (const text of ['', '10.0.0.0', '10.0.0.0/33', '2001:db8::/56', 'ten'])
    assert.throws(() => checkedBlock(text), { code: 'InvalidParameterValue' })
  assert.deepEqual(checkedBlock('100.68.0.18/18'), parseCidr('100.68.0.0/18'))
})

test('a further block overlaps none, is of the same private range, is the fifth at most, and only the first one stays', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = ec2(server)
  const VpcId = await made(client)
  const add = (CidrBlock: string) => client.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock }))
  const { CidrBlockAssociation: added } = await add('10.1.0.0/16')
  assert.equal(added?.CidrBlockState?.State, 'associating')
  await server.advance(1)
  const read = async () => present((await client.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))).Vpcs?.[0])
  assert.deepEqual(
    (await read()).CidrBlockAssociationSet?.map((block) => [block.CidrBlock, block.CidrBlockState?.State]),
    [
      ['10.0.0.0/16', 'associated'],
      ['10.1.0.0/16', 'associated'],
    ],
  )
  // One of IPv6 is none of the five.
  await client.send(new AssociateVpcCidrBlockCommand({ VpcId, AmazonProvidedIpv6CidrBlock: true }))
  await refused(add('10.1.128.0/24'), 'InvalidVpc.Range', /conflicts/)
  await refused(add('192.168.0.0/24'), 'InvalidVpc.Range', /is restricted/)
  await add('100.64.0.0/16')
  await add('198.51.100.0/24')
  await add('10.2.0.0/16')
  await refused(add('10.3.0.0/16'), 'CidrLimitExceeded')

  const remove = (AssociationId = '') => client.send(new DisassociateVpcCidrBlockCommand({ AssociationId }))
  const removed = await remove(added?.AssociationId)
  assert.equal(removed.CidrBlockAssociation?.CidrBlockState?.State, 'disassociating')
  await refused(remove(added?.AssociationId), 'InvalidVpcCidrBlockAssociationID.NotFound')
  const first = (await read()).CidrBlockAssociationSet?.[0]
  await refused(remove(first?.AssociationId), 'OperationNotPermitted', /primary/)
  await server.advance(1)
  assert.deepEqual(
    (await read()).CidrBlockAssociationSet?.map((block) => block.CidrBlock),
    ['10.0.0.0/16', '100.64.0.0/16', '198.51.100.0/24', '10.2.0.0/16'],
  )
})

test('a VPC has one IPv6 block at most, a /56 of its own', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const VpcId = await made(client)
  const ask = new AssociateVpcCidrBlockCommand({ VpcId, AmazonProvidedIpv6CidrBlock: true })
  const { Ipv6CidrBlockAssociation: block } = await client.send(ask)
  assert.match(block?.Ipv6CidrBlock ?? '', /^2001:db8:.*\/56$/)
  await refused(client.send(ask), 'CidrLimitExceeded')
  const { Vpc: other } = await client.send(
    new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true }),
  )
  assert.notEqual(other?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock, block?.Ipv6CidrBlock)
  const { Vpcs: found } = await client.send(
    new DescribeVpcsCommand({
      Filters: [{ Name: 'ipv6-cidr-block-association.ipv6-cidr-block', Values: [block?.Ipv6CidrBlock ?? ''] }],
    }),
  )
  assert.deepEqual(
    found?.map((vpc) => vpc.VpcId),
    [VpcId],
  )
})

test('no VPC has an IPv6 block of the range in which BGP peers have their addresses', () => {
  const peers = parseCidr('2001:db8:7224::/48')
  fc.assert(
    fc.property(fc.constantFrom([0x72, 0x24], [0x72, 0x25], [0, 0]), fc.nat(255), (beginning, last) => {
      const { settings } = snapshotAfter([])
      const snapshot = snapshotAfter([], {
        settings: { ...settings, ipv6Block: '2001:db8:7224::/48' },
        random: () => Uint8Array.of(...beginning, last),
      })
      const block = parseCidr(drawIpv6Block(snapshot))
      assert.ok(block !== undefined && peers !== undefined && !overlaps(block, peers))
    }),
  )
})

test('a VPC that has a route table beside its main one cannot be deleted', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const VpcId = await made(client)
  const { RouteTable: table } = await client.send(new CreateRouteTableCommand({ VpcId }))
  const twice = { VpcId, ClientToken: 'one' }
  const [one, same] = [
    await client.send(new CreateRouteTableCommand(twice)),
    await client.send(new CreateRouteTableCommand(twice)),
  ]
  assert.equal(one.RouteTable?.RouteTableId, same.RouteTable?.RouteTableId, 'asked again with the same token')
  for (const ClientToken of ['\0', 'é', 'x'.repeat(65)])
    await refused(client.send(new CreateRouteTableCommand({ VpcId, ClientToken })), 'InvalidParameterValue')
  await client.send(new DeleteRouteTableCommand({ RouteTableId: one.RouteTable?.RouteTableId }))
  await refused(
    client.send(new DeleteVpcCommand({ VpcId })),
    'DependencyViolation',
    /^The vpc 'vpc-.*' has dependencies and cannot be deleted\.$/,
  )
  await client.send(new DeleteRouteTableCommand({ RouteTableId: table?.RouteTableId }))
  await client.send(new DeleteVpcCommand({ VpcId }))
})

test('a VPC is of one account and one Region, and looks everywhere else as if it did not exist', async () => {
  await using server = await startServer({ timing: 'instant' })
  const VpcId = await made(ec2(server))
  for (const other of [ec2(server, '444455556666'), ec2(server, '111122223333', 'eu-west-1')]) {
    assert.deepEqual((await other.send(new DescribeVpcsCommand({}))).Vpcs, [])
    await refused(other.send(new DescribeVpcsCommand({ VpcIds: [VpcId] })), 'InvalidVpcID.NotFound')
    await refused(other.send(new DeleteVpcCommand({ VpcId })), 'InvalidVpcID.NotFound')
    await refused(
      other.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsSupport: { Value: false } })),
      'InvalidVpcID.NotFound',
    )
  }
})

test('an account has five VPCs in a Region, until an operator raises that', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  for (let i = 0; i < 5; i++) await made(client, `10.${i}.0.0/16`)
  await refused(client.send(create('10.5.0.0/16')), 'VpcLimitExceeded')
  await made(ec2(server, '111122223333', 'eu-west-1'))
  await server.operator('PUT', '/accounts/111122223333/quotas', { vpcsPerRegion: 12 })
  for (let i = 5; i < 12; i++) await made(client, `10.${i}.0.0/16`)

  const seen: (string | undefined)[] = []
  let NextToken: string | undefined
  do {
    const page = await client.send(new DescribeVpcsCommand({ MaxResults: 5, NextToken }))
    assert.ok((page.Vpcs ?? []).length <= 5)
    seen.push(...(page.Vpcs ?? []).map((vpc) => vpc.CidrBlock))
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  assert.deepEqual(
    seen,
    Array.from({ length: 12 }, (_, i) => `10.${i}.0.0/16`),
    'pages, oldest first',
  )
  await refused(client.send(new DescribeVpcsCommand({ NextToken: 'x' })), 'InvalidPaginationToken')
  await refused(client.send(new DescribeVpcsCommand({ MaxResults: 4 })), 'InvalidParameterValue', /maxResults/)
})

test('a restart loses nothing', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const VpcId = await made(client)
  const before = await client.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))
  await server.restart()
  const after = await ec2(server).send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))
  assert.deepEqual(after.Vpcs, before.Vpcs)
})
