import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  CreateDirectConnectGatewayCommand,
  DeleteDirectConnectGatewayCommand,
} from '@aws-sdk/client-direct-connect'
import { CreateVpcCommand } from '@aws-sdk/client-ec2'
import { GetResourcesCommand, type GetResourcesCommandInput } from '@aws-sdk/client-resource-groups-tagging-api'
import { ec2, present, refused, tagging } from '../../../test/tools/companions.ts'
import { rawClient } from '../../../test/tools/raw.ts'
import { startServer } from '../../../test/tools/server.ts'

test('whatever is tagged is found by its tags and its type, in pages, by its owner only', async () => {
  await using server = await startServer({ timing: 'instant' })
  const dx = server.client('111122223333')
  const tags = (env: string) => [
    { key: 'env', value: env },
    { key: 'team', value: 'net' },
  ]
  const connection = await dx.send(
    new CreateConnectionCommand({ location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'a', tags: tags('a') }),
  )
  const gateways: string[] = []
  for (const env of ['a', 'b', 'c']) {
    const made = await dx.send(
      new CreateDirectConnectGatewayCommand({ directConnectGatewayName: env, tags: tags(env) }),
    )
    gateways.push(`arn:aws:directconnect::111122223333:dx-gateway/${made.directConnectGateway?.directConnectGatewayId}`)
  }
  await dx.send(new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'untagged' }))
  const { Vpc: vpc } = await ec2(server).send(
    new CreateVpcCommand({
      CidrBlock: '10.0.0.0/16',
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'env', Value: 'a' }] }],
    }),
  )
  const arns = {
    connection: `arn:aws:directconnect:us-east-1:111122223333:dxcon/${connection.connectionId}`,
    vpc: `arn:aws:ec2:us-east-1:111122223333:vpc/${vpc?.VpcId}`,
  }
  const client = tagging(server)
  const found = async (input: GetResourcesCommandInput) => {
    const { ResourceTagMappingList: list } = await client.send(new GetResourcesCommand(input))
    return (list ?? []).map(({ ResourceARN }) => ResourceARN)
  }
  const inOrder = (...some: readonly string[]) => some.toSorted()
  const [a = '', b = '', c = ''] = gateways
  assert.deepEqual(await found({}), inOrder(arns.connection, arns.vpc, a, b, c))
  assert.deepEqual(await found({ ResourceTypeFilters: ['directconnect:dx-gateway'] }), inOrder(a, b, c))
  assert.deepEqual(
    await found({ ResourceTypeFilters: ['ec2', 'directconnect:dxcon'] }),
    inOrder(arns.connection, arns.vpc),
  )
  assert.deepEqual(await found({ TagFilters: [{ Key: 'env', Values: ['b', 'c'] }] }), inOrder(b, c))
  assert.deepEqual(
    await found({ TagFilters: [{ Key: 'env', Values: ['a'] }, { Key: 'team' }] }),
    inOrder(arns.connection, a),
  )
  assert.deepEqual(await found({ ResourceARNList: [b, 'arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0'] }), [b])

  const paged: (string | undefined)[] = []
  let PaginationToken: string | undefined
  do {
    const page = await client.send(new GetResourcesCommand({ ResourcesPerPage: 2, PaginationToken }))
    paged.push(...present(page.ResourceTagMappingList).map(({ ResourceARN }) => ResourceARN))
    PaginationToken = page.PaginationToken
  } while (PaginationToken !== undefined && PaginationToken !== '')
  assert.deepEqual(paged, await found({}))

  const mapping = await client.send(new GetResourcesCommand({ ResourceARNList: [b] }))
  assert.deepEqual(mapping.ResourceTagMappingList?.[0]?.Tags, [
    { Key: 'env', Value: 'b' },
    { Key: 'team', Value: 'net' },
  ])
  await dx.send(new DeleteDirectConnectGatewayCommand({ directConnectGatewayId: b.split('/')[1] }))
  await server.restart()
  const after = await tagging(server).send(new GetResourcesCommand({ TagFilters: [{ Key: 'env', Values: ['b'] }] }))
  assert.deepEqual(after.ResourceTagMappingList, [])
  const others = await tagging(server, '444455556666').send(new GetResourcesCommand({}))
  assert.deepEqual(others.ResourceTagMappingList, [])
  const elsewhere = await tagging(server, '111122223333', 'eu-west-1').send(new GetResourcesCommand({}))
  assert.equal(elsewhere.ResourceTagMappingList?.length, 2, 'gateways are of no Region')
})

test('a tagged resiliency group is found in every Region, until it is deleted', async () => {
  await using server = await startServer({ timing: 'instant' })
  const call = rawClient(server, '111122223333')
  const { resiliencyGroup: group } = await call('CreateResiliencyGroup', {
    resiliencyGroupName: 'pair',
    intendedResiliencyModel: 'basic-resiliency',
    tags: [{ key: 'env', value: 'a' }],
  })
  const found = async (region: string) =>
    (
      await tagging(server, '111122223333', region).send(
        new GetResourcesCommand({ ResourceTypeFilters: ['directconnect:dx-resiliency-group'] }),
      )
    ).ResourceTagMappingList
  const mapping = { ResourceARN: group.resiliencyGroupArn, Tags: [{ Key: 'env', Value: 'a' }] }
  assert.deepEqual(await found('us-east-1'), [mapping])
  assert.deepEqual(await found('eu-west-1'), [mapping])
  await call('DeleteResiliencyGroup', { resiliencyGroupId: group.resiliencyGroupId })
  assert.deepEqual(await found('us-east-1'), [])
})

test('what GetResources takes is checked', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = tagging(server)
  const wrong: readonly GetResourcesCommandInput[] = [
    { ResourcesPerPage: 0 },
    { ResourcesPerPage: 101 },
    { TagsPerPage: 150 },
    { ResourceTypeFilters: ['a b'] },
    { TagFilters: [{ Values: ['x'] }] },
    { TagFilters: [{ Key: 'x', Values: Array(21).fill('y') }] },
    { ResourceARNList: ['arn'], ResourcesPerPage: 5 },
  ]
  for (const input of wrong) await refused(client.send(new GetResourcesCommand(input)), 'InvalidParameterException')
  await refused(client.send(new GetResourcesCommand({ PaginationToken: 'x' })), 'PaginationTokenExpiredException')
})
