import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateTagsCommand,
  CreateTransitGatewayCommand,
  CreateVpcCommand,
  CreateVpnGatewayCommand,
  DeleteTagsCommand,
  DescribeTagsCommand,
  DescribeVpcsCommand,
  DescribeVpnGatewaysCommand,
} from '@aws-sdk/client-ec2'
import * as fc from 'fast-check'
import { ec2, present, refused } from '../../../test/tools/companions.ts'
import { startServer } from '../../../test/tools/server.ts'
import { selected } from './filters.ts'

test('tags are put on resources of several kinds at once, listed, filtered by and taken off', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const vpc = present((await client.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId)
  const vgw = present((await client.send(new CreateVpnGatewayCommand({ Type: 'ipsec.1' }))).VpnGateway?.VpnGatewayId)
  const tgw = present((await client.send(new CreateTransitGatewayCommand({}))).TransitGateway?.TransitGatewayId)
  const Resources = [vpc, vgw, tgw]
  await client.send(
    new CreateTagsCommand({
      Resources,
      Tags: [
        { Key: 'env', Value: 'a' },
        { Key: 'Name', Value: 'x*' },
      ],
    }),
  )
  await client.send(new CreateTagsCommand({ Resources: [vgw], Tags: [{ Key: 'env', Value: 'b' }] }))
  const list = async (...Filters: readonly { Name: string; Values: string[] }[]) =>
    ((await client.send(new DescribeTagsCommand({ Filters: [...Filters] }))).Tags ?? []).map((tag) =>
      [tag.ResourceType, tag.Key, tag.Value].join(' '),
    )
  assert.deepEqual(await list({ Name: 'key', Values: ['env'] }), [
    'vpc env a',
    'vpn-gateway env b',
    'transit-gateway env a',
  ])
  assert.deepEqual(await list({ Name: 'resource-id', Values: [vgw] }, { Name: 'tag:env', Values: ['*'] }), [
    'vpn-gateway env b',
  ])
  assert.deepEqual(await list({ Name: 'value', Values: ['x\\*'] }, { Name: 'resource-type', Values: ['vpc'] }), [
    'vpc Name x*',
  ])
  const { VpnGateways: found } = await client.send(
    new DescribeVpnGatewaysCommand({ Filters: [{ Name: 'tag:env', Values: ['a', 'b'] }] }),
  )
  assert.deepEqual(found?.[0]?.Tags, [
    { Key: 'env', Value: 'b' },
    { Key: 'Name', Value: 'x*' },
  ])

  await client.send(
    new DeleteTagsCommand({ Resources: [vpc], Tags: [{ Key: 'env', Value: 'other' }, { Key: 'Name' }] }),
  )
  assert.deepEqual(await list({ Name: 'resource-id', Values: [vpc] }), ['vpc env a'])
  await client.send(new DeleteTagsCommand({ Resources: [vpc] }))
  assert.deepEqual(await list({ Name: 'resource-id', Values: [vpc] }), [])

  const tag = (Tags: { Key: string; Value: string }[], resource = vpc) =>
    client.send(new CreateTagsCommand({ Resources: [resource], Tags }))
  await refused(tag([{ Key: 'aws:x', Value: '' }]), 'InvalidParameterValue', /reserved/)
  await refused(
    tag([
      { Key: 'k', Value: '1' },
      { Key: 'k', Value: '2' },
    ]),
    'InvalidParameterValue',
    /Duplicate/,
  )
  await refused(tag(Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' }))), 'TagLimitExceeded')
  await refused(tag([{ Key: 'k', Value: '' }], 'vpc-0123456789abcdef0'), 'InvalidVpcID.NotFound')
  await refused(tag([{ Key: 'k', Value: '' }], 'i-0123456789abcdef0'), 'InvalidID')
  await refused(
    ec2(server, '444455556666').send(new CreateTagsCommand({ Resources: [tgw], Tags: [{ Key: 'k', Value: '' }] })),
    'InvalidTransitGatewayID.NotFound',
  )
  await refused(
    client.send(
      new CreateVpcCommand({
        CidrBlock: '10.0.0.0/16',
        TagSpecifications: [{ ResourceType: 'subnet', Tags: [{ Key: 'k', Value: '' }] }],
      }),
    ),
    'InvalidParameterValue',
    /not a valid taggable resource type/,
  )
})

test('a filter that EC2 does not know is refused', async () => {
  await using server = await startServer({ timing: 'instant' })
  await refused(
    ec2(server).send(new DescribeVpcsCommand({ Filters: [{ Name: 'constructor', Values: ['x'] }] })),
    'InvalidParameterValue',
    /^The filter 'constructor' is invalid$/,
  )
})

test('a call has at most 200 values to filter by, in all of its filters', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const Values = Array.from({ length: 100 }, (_, index) => String(index))
  const describe = (...more: readonly { Name: string; Values: string[] }[]) =>
    client.send(new DescribeTagsCommand({ Filters: [{ Name: 'key', Values }, { Name: 'value', Values }, ...more] }))
  assert.deepEqual((await describe()).Tags, [])
  await refused(
    describe({ Name: 'resource-id', Values: ['vpc-1'] }),
    'FilterLimitExceeded',
    /^The maximum number of filter values specified on a single call is 200$/,
  )
})

test('in a filter * stands for any text and ? for one character, unless a backslash stands before them', () => {
  const fits = (value: string, pattern: string) =>
    selected([{ tags: [{ key: 'k', value }] }], [{ Name: 'tag:k', Value: [pattern] }], {}).length === 1
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\'), maxLength: 8 })
  fc.assert(
    fc.property(letters, letters, (value, pattern) => {
      const expression = pattern.replace(/\\(.)|[\s\S]/g, (each, escaped: string | undefined) =>
        escaped !== undefined ? RegExp.escape(escaped) : each === '*' ? '.*' : each === '?' ? '.' : RegExp.escape(each),
      )
      assert.equal(fits(value, pattern), new RegExp(`^${expression}$`, 's').test(value))
    }),
    { numRuns: 2_000 },
  )
  assert.ok(!fits('a'.repeat(255), '*a'.repeat(127) + 'b'), 'in no time')
})
