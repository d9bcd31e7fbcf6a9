import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocateHostedConnectionCommand,
  DeleteVirtualInterfaceCommand,
  DescribeConnectionsCommand,
  DescribeVirtualInterfacesCommand,
  DirectConnectClient,
} from '@aws-sdk/client-direct-connect'
import { DescribeVpnGatewaysCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { temporary } from '../../test/start/process.ts'
import { banner } from './banner.ts'
import { type Options, parseOptions, UsageError } from './options.ts'
import { serve } from './serve.ts'

/** What a shell would have after pasting what is printed, each paragraph on top of those before. */
async function planted(data: string, ...args: readonly string[]) {
  const options = parseOptions(
    ['--port', '0', '--log-level', 'silent', '--data', data, '--seed', 'terraform', ...args],
    {},
  )
  assert.ok(options !== 'help')
  const serving = await serve(options)
  const [, first = '', second = ''] = banner(options, serving).split(/^# .*\n/m)
  const variables = environmentIn(first)
  return {
    variables,
    partner: { ...variables, ...environmentIn(second) },
    [Symbol.asyncDispose]: serving.end,
  }
}

type Variables = Readonly<Record<string, string>>

function environmentIn(text: string): Variables {
  return Object.fromEntries([...text.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]))
}

function configuration(variables: Variables, prefix: 'AWS_' | 'AWS_ALTERNATE_' = 'AWS_') {
  const of = (name: string) => variables[name] ?? ''
  return {
    endpoint: of('AWS_ENDPOINT_URL'),
    region: of('AWS_DEFAULT_REGION'),
    credentials: {
      accessKeyId: of(`${prefix}ACCESS_KEY_ID`),
      secretAccessKey: of(`${prefix}SECRET_ACCESS_KEY`),
    },
    maxAttempts: 1,
    requestHandler: { httpAgent: { keepAlive: false } },
  }
}

async function accountOf(variables: Variables, prefix?: 'AWS_ALTERNATE_'): Promise<string | undefined> {
  return (await new STSClient(configuration(variables, prefix)).send(new GetCallerIdentityCommand({}))).Account
}

const withoutUrl = (variables: Variables): Variables => ({ ...variables, AWS_ENDPOINT_URL: '' })

const ways: readonly (readonly string[])[] = [
  [],
  ['--timing', 'aws'],
  ['--no-development-credentials', '--provisioning', 'manual'],
]

for (const way of ways)
  test(`the world for Terraform is ready with the first answer: ${way.join(' ') || 'without more flags'}`, async () => {
    using home = temporary()
    await using world = await planted(home.path, ...way)
    const { variables, partner } = world
    const client = new DirectConnectClient(configuration(variables))
    const { connections = [] } = await client.send(new DescribeConnectionsCommand({}))
    assert.deepEqual(
      connections.map((each) => [each.connectionId, each.connectionState, each.partnerName]),
      [
        [variables['DX_CONNECTION_ID'], 'available', undefined],
        [variables['DX_SEED_HOSTED_CONNECTION_ID'], 'available', 'Partner'],
      ],
    )
    assert.equal(connections[0]?.connectionName, variables['DX_CONNECTION_NAME'])
    assert.equal(connections[0]?.macSecCapable, true)
    const { virtualInterfaces = [] } = await client.send(new DescribeVirtualInterfacesCommand({}))
    assert.deepEqual(
      virtualInterfaces.map((each) => [each.virtualInterfaceId, each.virtualInterfaceState, each.virtualGatewayId]),
      [[variables['DX_VIRTUAL_INTERFACE_ID'], 'available', variables['DX_SEED_VPN_GATEWAY_ID']]],
    )
    const { VpnGateways = [] } = await new EC2Client(configuration(variables)).send(new DescribeVpnGatewaysCommand({}))
    assert.deepEqual(
      VpnGateways.map(({ State, VpcAttachments }) => [State, VpcAttachments]),
      [['available', [{ State: 'attached', VpcId: variables['DX_SEED_VPC_ID'] }]]],
    )

    const accounts = [
      accountOf(variables),
      accountOf(variables, 'AWS_ALTERNATE_'),
      accountOf(partner, 'AWS_ALTERNATE_'),
    ]
    assert.equal(new Set(await Promise.all(accounts)).size, 3)
    const offer = await new DirectConnectClient(configuration(partner, 'AWS_ALTERNATE_')).send(
      new AllocateHostedConnectionCommand({
        connectionId: partner['TEST_AWS_DX_CONNECTION_ID'],
        ownerAccount: partner['TEST_AWS_DX_OWNER_ACCOUNT_ID'],
        bandwidth: '100Mbps',
        connectionName: 'offered',
        vlan: 4092,
      }),
    )
    assert.equal(offer.ownerAccount, await accountOf(variables))
  })

test('a second start with the same seed makes nothing again and prints the same, also the keys that it made', async () => {
  for (const way of ways) {
    using home = temporary()
    const printed: Variables[] = []
    for (let start = 0; start < 2; start++) {
      await using world = await planted(home.path, ...way)
      printed.push(withoutUrl(world.partner))
      const { connections } = await new DirectConnectClient(configuration(world.variables)).send(
        new DescribeConnectionsCommand({}),
      )
      assert.equal(connections?.length, 2)
    }
    assert.deepEqual(printed[1], printed[0])
  }
})

test('what was deleted of a prepared world is made again with the next start, and nothing else', async () => {
  using home = temporary()
  const before = await planted(home.path, '--timing', 'instant')
  const virtualInterfaceId = before.variables['DX_VIRTUAL_INTERFACE_ID']
  const client = new DirectConnectClient(configuration(before.variables))
  await client.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId }))
  await before[Symbol.asyncDispose]()
  await using after = await planted(home.path)
  const [old, fresh] = [withoutUrl(before.variables), withoutUrl(after.variables)]
  const different = Object.entries(fresh).filter(([name, value]) => old[name] !== value)
  assert.deepEqual(
    different.map(([name]) => name),
    ['DX_VIRTUAL_INTERFACE_ID', 'VIRTUAL_INTERFACE_ID'],
  )
})

test('who seeded with the development credentials gets keys of the same accounts without them', async () => {
  using home = temporary()
  const accounts: (string | undefined)[] = []
  for (const way of [[], ['--no-development-credentials'], []]) {
    await using world = await planted(home.path, ...way)
    accounts.push(await accountOf(world.variables), await accountOf(world.variables, 'AWS_ALTERNATE_'))
  }
  const [customer, alternate] = ['000000000000', '222222222222']
  assert.deepEqual(accounts, [customer, alternate, customer, alternate, customer, alternate])
})

test('a seed that nobody knows is refused with those that are known', () => {
  assert.throws(
    () => parseOptions(['--seed', 'pulumi'], {}),
    (error) => error instanceof UsageError && error.message === '--seed pulumi: it must be terraform',
  )
  assert.equal((parseOptions(['--seed', 'terraform'], {}) as Options).seed, 'terraform')
})
