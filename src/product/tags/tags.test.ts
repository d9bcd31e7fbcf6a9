import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocateHostedConnectionCommand,
  ConfirmConnectionCommand,
  CreateConnectionCommand,
  CreateDirectConnectGatewayCommand,
  CreateInterconnectCommand,
  CreateLagCommand,
  CreatePrivateVirtualInterfaceCommand,
  DeleteConnectionCommand,
  DescribeConnectionsCommand,
  DescribeTagsCommand,
  type DirectConnectClient,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-direct-connect'
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api'
import { tagging } from '../../../test/tools/companions.ts'
import { startServer } from '../../../test/tools/server.ts'

const account = '111122223333'
const refused = (message: string | RegExp) => ({ name: 'DirectConnectClientException', message })

const tag = (resourceArn: string, tags: Tag[]) => new TagResourceCommand({ resourceArn, tags })
const untag = (resourceArn: string, ...tagKeys: string[]) => new UntagResourceCommand({ resourceArn, tagKeys })

async function order(client: DirectConnectClient, tags?: Tag[], location = 'EqDC2') {
  const made = await client.send(
    new CreateConnectionCommand({ location, bandwidth: '10Gbps', connectionName: 'mine', tags }),
  )
  return `arn:aws:directconnect:${made.region}:${made.ownerAccount}:dxcon/${made.connectionId}`
}

async function tagsOf(client: DirectConnectClient, ...resourceArns: string[]) {
  return (await client.send(new DescribeTagsCommand({ resourceArns }))).resourceTags
}

test('connections, LAGs, interconnects, virtual interfaces and gateways are tagged by their ARN', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client('partner')
  const owner = '111111111111'
  const { lagId } = await client.send(
    new CreateLagCommand({ location: 'EqDC2', connectionsBandwidth: '10Gbps', lagName: 'x', numberOfConnections: 1 }),
  )
  const { interconnectId } = await client.send(
    new CreateInterconnectCommand({ location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'x' }),
  )
  const { directConnectGateway } = await client.send(
    new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'x' }),
  )
  const connection = await order(client)
  const connectionId = connection.split('/')[1]
  await client.send(new DescribeConnectionsCommand({ connectionId }))
  const { virtualInterfaceId } = await client.send(
    new CreatePrivateVirtualInterfaceCommand({
      connectionId,
      newPrivateVirtualInterface: {
        virtualInterfaceName: 'x',
        vlan: 100,
        asn: 65000,
        virtualGatewayId: 'vgw-0123456789abcdef0',
      },
    }),
  )
  const arns = [
    connection,
    `arn:aws:directconnect:us-east-1:${owner}:dxvif/${virtualInterfaceId}`,
    `arn:aws:directconnect:us-east-1:${owner}:dxlag/${lagId}`,
    `arn:aws:directconnect:us-east-1:${owner}:dxcon/${interconnectId}`,
    `arn:aws:directconnect::${owner}:dx-gateway/${directConnectGateway?.directConnectGatewayId}`,
  ]
  assert.deepEqual(
    await tagsOf(client, ...arns),
    arns.map((resourceArn) => ({ resourceArn, tags: [] })),
  )
  for (const [index, arn] of arns.entries()) await client.send(tag(arn, [{ key: 'index', value: String(index) }]))
  const reversed = arns.toReversed()
  assert.deepEqual(
    await tagsOf(client, ...reversed),
    reversed.map((resourceArn, index) => ({ resourceArn, tags: [{ key: 'index', value: String(4 - index) }] })),
    'in the order asked',
  )
})

test('an ARN that is named many times is answered once, so that no small request has a gigabyte for an answer', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const [first, second] = [await order(client, [{ key: 'a', value: '1' }]), await order(client)]
  assert.deepEqual(await tagsOf(client, second, ...Array<string>(1_000).fill(first), second), [
    { resourceArn: second, tags: [] },
    { resourceArn: first, tags: [{ key: 'a', value: '1' }] },
  ])
})

test('the same key is overwritten, an empty value is a value, and a key that is not there can be taken away', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const arn = await order(client, [{ key: 'a', value: '1' }])
  await client.send(
    tag(arn, [
      { key: 'b', value: '' },
      { key: 'A', value: '3' },
      { key: 'a', value: '2' },
    ]),
  )
  const all = [
    { key: 'a', value: '2' },
    { key: 'b', value: '' },
    { key: 'A', value: '3' },
  ]
  assert.deepEqual(await tagsOf(client, arn), [{ resourceArn: arn, tags: all }])
  const shown = await client.send(new DescribeConnectionsCommand({}))
  assert.deepEqual(shown.connections?.[0]?.tags, all)
  await client.send(untag(arn, 'b', 'nothing'))
  await client.send(untag(arn, 'a'))
  assert.deepEqual(await tagsOf(client, arn), [{ resourceArn: arn, tags: [{ key: 'A', value: '3' }] }])
})

test('a resource has at most 50 tags, each key once, and no key begins with aws:', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const arn = await order(client)
  const some = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, index) => ({ key: `${prefix}${index}`, value: 'x' }))
  await client.send(tag(arn, some(49, 'a')))
  await assert.rejects(client.send(tag(arn, some(2, 'b'))), { name: 'TooManyTagsException' })
  await client.send(tag(arn, some(1, 'b')))
  await client.send(tag(arn, some(50, 'a').slice(0, 49)))
  await assert.rejects(client.send(tag(arn, [...some(1, 'a'), ...some(1, 'a')])), { name: 'DuplicateTagKeysException' })
  for (const key of ['aws:a', 'AWS:a'])
    await assert.rejects(client.send(tag(arn, [{ key, value: 'x' }])), refused(/begin with aws:/))
  assert.equal((await tagsOf(client, arn))?.[0]?.tags?.length, 50)
})

test('an ARN that is wrong in any part names nothing', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const arn = await order(client)
  const wrong = [
    arn.replace('us-east-1', 'us-west-2'),
    arn.replace('us-east-1', ''),
    arn.replace(account, '222233334444'),
    arn.replace('arn:aws:', 'arn:aws-cn:'),
    arn.replace('dxcon/', 'dxlag/'),
    arn.replace(/dxcon-\w+/, 'dxcon-f0000000'),
    `arn:aws:directconnect:us-east-1:${account}:dxvif/dxvif-f0000000`,
    `arn:aws:directconnect::${account}:dx-gateway/00000000-0000-4000-8000-000000000000`,
  ]
  for (const each of wrong) {
    const unknown = refused(`Could not find a resource with ARN ${each}`)
    await assert.rejects(tagsOf(client, arn, each), unknown)
    await assert.rejects(client.send(tag(each, [{ key: 'a', value: 'b' }])), unknown)
    await assert.rejects(client.send(untag(each, 'a')), unknown)
  }
  for (const each of ['', 'nonsense', arn.replace('directconnect', 'ec2'), arn.replace('dxcon/', 'dx-con/')])
    await assert.rejects(tagsOf(client, each), refused(/resourceArn: it is not the ARN of a Direct Connect resource/))
  assert.deepEqual(await tagsOf(client), [])
})

test('an ARN without an account is of the caller’s, and of nobody else’s', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const arn = (await order(client)).replace(account, '')
  await client.send(tag(arn, [{ key: 'a', value: '1' }]))
  assert.deepEqual(await tagsOf(client, arn), [{ resourceArn: arn, tags: [{ key: 'a', value: '1' }] }])
  await assert.rejects(tagsOf(server.client('222233334444'), arn), refused(/Could not find a resource with ARN/))
})

test('ARNs of China begin with their own partition', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account, 'cn-north-1')
  const arn = await order(client, [{ key: 'a', value: 'b' }], 'SINJI')
  await assert.rejects(tagsOf(client, arn), refused(/Could not find/))
  const chinese = arn.replace('arn:aws:', 'arn:aws-cn:')
  assert.deepEqual(await tagsOf(client, chinese), [{ resourceArn: chinese, tags: [{ key: 'a', value: 'b' }] }])
})

test('only its owner sees and changes the tags of a resource, even if a partner hosts it; they go with it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const client = server.client(account)
  const port = await partner.send(
    new CreateInterconnectCommand({ location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'x' }),
  )
  const connection = { ownerAccount: account, bandwidth: '1Gbps', connectionName: 'x', vlan: 7 }
  const { connectionId = '' } = await partner.send(
    new AllocateHostedConnectionCommand({ ...connection, connectionId: port.interconnectId }),
  )
  await client.send(new ConfirmConnectionCommand({ connectionId }))
  const arn = `arn:aws:directconnect:us-east-1:${account}:dxcon/${connectionId}`
  await client.send(tag(arn, [{ key: 'secret', value: 'mine' }]))
  const unknown = refused(/Could not find a resource/)
  await assert.rejects(tagsOf(partner, arn), unknown)
  await assert.rejects(partner.send(tag(arn, [{ key: 'a', value: 'b' }])), unknown)
  await assert.rejects(partner.send(untag(arn, 'secret')), unknown)
  assert.equal((await tagsOf(client, arn))?.[0]?.tags?.length, 1)

  await client.send(new DeleteConnectionCommand({ connectionId }))
  await client.send(new DescribeConnectionsCommand({}))
  await assert.rejects(tagsOf(client, arn), unknown)
})

test('the tags of a hosted connection go when its customer declines it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const client = server.client(account)
  const { interconnectId } = await partner.send(
    new CreateInterconnectCommand({ location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'x' }),
  )
  const connection = { ownerAccount: account, bandwidth: '1Gbps', connectionName: 'x', vlan: 7 }
  const tags = [{ key: 'a', value: 'b' }]
  const { connectionId } = await partner.send(
    new AllocateHostedConnectionCommand({ ...connection, connectionId: interconnectId, tags }),
  )
  const arn = `arn:aws:directconnect:us-east-1:${account}:dxcon/${connectionId}`
  assert.deepEqual(await tagsOf(client, arn), [{ resourceArn: arn, tags }])
  await client.send(new DeleteConnectionCommand({ connectionId }))
  const unknown = refused(/Could not find a resource/)
  await assert.rejects(tagsOf(client, arn), unknown)
  await assert.rejects(client.send(tag(arn, tags)), unknown)
  const tagged = await tagging(server, account).send(new GetResourcesCommand({}))
  assert.deepEqual(tagged.ResourceTagMappingList, [])
})
