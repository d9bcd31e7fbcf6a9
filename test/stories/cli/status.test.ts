import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocateHostedConnectionCommand,
  AllocatePrivateVirtualInterfaceCommand,
  CreateConnectionCommand,
  CreateDirectConnectGatewayAssociationCommand,
  CreateDirectConnectGatewayCommand,
  CreateInterconnectCommand,
  CreateLagCommand,
  CreatePrivateVirtualInterfaceCommand,
  DescribeLoaCommand,
} from '@aws-sdk/client-direct-connect'
import { crossconnect, spawned, typed } from '../../tools/command-line.ts'
import { startServer, type TestServer } from '../../tools/server.ts'

const order = { location: 'EqDC2', bandwidth: '10Gbps' }

/** Ids have a length of their own, but differ from run to run. */
const alike = (text: string) =>
  text
    .replaceAll(/\b(dx\w+)-[0-9a-z]{8}\b/g, '$1-ID')
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, 'UUID')
    .replaceAll(/\b\d{4}-\d\d-\d\d\b/g, 'DAY')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'SERVER')
    .replaceAll(/169\.254\.\d+\.\d+\/30/g, 'ADDRESS')

async function printed(server: TestServer, key = 'test'): Promise<string> {
  const { status, stdout, stderr } = await crossconnect(server, ['status'], {
    environment: { AWS_ACCESS_KEY_ID: key },
  })
  assert.deepEqual([status, stderr], [0, ''])
  for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line)
  return alike(stdout)
}

const lines = (...texts: readonly string[]): string => `${texts.join('\n')}\n`

test('status says that an account has nothing', async () => {
  await using server = await startServer()
  assert.equal(await printed(server), 'us-east-1 at http://SERVER: the account has nothing here\n')
})

test('status says what an order waits for, from the order to the cable', async () => {
  await using server = await startServer({ provisioning: 'manual' })
  const { connectionId } = await server
    .client()
    .send(new CreateConnectionCommand({ ...order, connectionName: 'first' }))
  assert.equal(
    await printed(server),
    lines(
      'us-east-1 at http://SERVER: 1 of 1 is not up',
      '',
      'connection dxcon-ID first, EqDC2, 10Gbps: requested',
      "   waits for the operator's approval",
    ),
  )
  await server.operator('POST', `/connections/${connectionId}/approve`)
  assert.match(await printed(server), /pending\n {3}waits for its cross connect; 'crossconnect loa' downloads/)
  await server.client().send(new DescribeLoaCommand({ connectionId }))
  assert.match(
    await printed(server),
    /10Gbps: pending\n {3}waits for its cross connect; the letter of DAY holds until DAY\n$/,
  )
  await server.operator('POST', `/connections/${connectionId}/cable`)
  assert.match(await printed(server), /: it is up\n\nconnection .*: available\n$/)
})

test('status shows what carries what, and whose failure takes what down', async () => {
  await using server = await startServer({ timing: 'instant', externalGateways: true })
  const client = server.client()
  const { directConnectGateway } = await client.send(
    new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'hub' }),
  )
  const directConnectGatewayId = directConnectGateway?.directConnectGatewayId
  const { lagId } = await client.send(
    new CreateLagCommand({
      location: 'EqDC2',
      connectionsBandwidth: '10Gbps',
      numberOfConnections: 1,
      lagName: 'pair',
    }),
  )
  const { connectionId } = await client.send(new CreateConnectionCommand({ ...order, connectionName: 'single' }))
  await server.advance(1)
  for (const [carrier, vlan] of [
    [lagId, 101],
    [connectionId, 102],
  ] as const)
    await client.send(
      new CreatePrivateVirtualInterfaceCommand({
        connectionId: carrier,
        newPrivateVirtualInterface: { virtualInterfaceName: 'vpc', vlan, asn: 65_000, directConnectGatewayId },
      }),
    )
  await client.send(
    new CreateDirectConnectGatewayAssociationCommand({ directConnectGatewayId, gatewayId: 'vgw-0a1b2c3d' }),
  )
  await server.advance(1)
  await server.operator('POST', '/faults', { target: connectionId, kind: 'down' })
  assert.equal(
    await printed(server),
    lines(
      'us-east-1 at http://SERVER: 3 of 11 are not up',
      '',
      'LAG dxlag-ID pair, EqDC2, 1 x 10Gbps: available',
      '├─ connection dxcon-ID Requested Connection 1 for Lag dxlag-ID,',
      '│     EqDC2, 10Gbps: available',
      '└─ private virtual interface dxvif-ID vpc, VLAN 101: available',
      '   └─ BGP peer dxpeer-ID, IPv4, ASN 65000, ADDRESS: up',
      'connection dxcon-ID single, EqDC2, 10Gbps: down',
      '│  its link is down',
      '└─ private virtual interface dxvif-ID vpc, VLAN 102: down',
      '   │  none of its BGP sessions is up: dxcon-ID is down',
      '   └─ BGP peer dxpeer-ID, IPv4, ASN 65000, ADDRESS: down',
      '         the BGP session is down: dxcon-ID is down',
      'Direct Connect gateway UUID hub, ASN 64512:',
      '│  available',
      '├─ association UUID, vgw-0a1b2c3d, us-east-1:',
      '│     associated',
      '├─ attachment dxvif-ID, us-east-1: attached',
      '└─ attachment dxvif-ID, us-east-1: attached',
    ),
  )
})

test('a partner sees what its interconnects host, its customer what waits for an answer', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const { interconnectId } = await partner.send(new CreateInterconnectCommand({ ...order, interconnectName: 'ours' }))
  await server.advance(1)
  await partner.send(
    new AllocateHostedConnectionCommand({
      connectionId: interconnectId,
      ownerAccount: '222222222222',
      bandwidth: '1Gbps',
      connectionName: 'slice',
      vlan: 300,
    }),
  )
  assert.equal(
    await printed(server, 'partner'),
    lines(
      'us-east-1 at http://SERVER: 1 of 2 is not up',
      '',
      'interconnect dxcon-ID ours, EqDC2, 10Gbps: available',
      '└─ hosted connection dxcon-ID slice, EqDC2, 1Gbps, VLAN 300: ordering',
      '      waits for its owner to accept it (confirm-connection)',
    ),
  )
  assert.match(await printed(server, '222222222222'), /^hosted connection dxcon-ID slice, .*: ordering\n {3}waits for/m)
})

test("a virtual interface on somebody else's connection stands alone and says on which", async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const { connectionId } = await client.send(new CreateConnectionCommand({ ...order, connectionName: 'single' }))
  await server.advance(1)
  await client.send(
    new AllocatePrivateVirtualInterfaceCommand({
      connectionId,
      ownerAccount: '222222222222',
      newPrivateVirtualInterfaceAllocation: { virtualInterfaceName: 'theirs', vlan: 103, asn: 65_000 },
    }),
  )
  const text = await printed(server, '222222222222')
  assert.match(text, /^private virtual interface dxvif-ID theirs, VLAN 103, on dxcon-ID:/m)
  assert.match(text, /waits for its owner to accept it\s+│?\s*\(confirm-private-virtual-interface\)/)
})

test('states have colours on a terminal, and none with NO_COLOR or where there is no terminal', async () => {
  await using server = await startServer({ provisioning: 'manual' })
  await server.client().send(new CreateConnectionCommand({ ...order, connectionName: 'first' }))
  const shown = await typed(server, ['status'])
  assert.ok(shown.stdout.includes('10Gbps: \u001B[33mrequested\u001B[39m'), JSON.stringify(shown.stdout))
  const plain = await typed(server, ['status'], '', { environment: { NO_COLOR: '1' } })
  const piped = await spawned(server, ['status'])
  assert.equal(plain.stdout.replaceAll('\r\n', '\n'), piped.stdout)
  assert.ok(piped.stdout.includes('10Gbps: requested\n') && !piped.stdout.includes('\u001B'))
})

test('a name that would command the terminal is shown, not obeyed', async () => {
  await using server = await startServer()
  const connectionName = 'a\u001B[2Jb\u202Ec\nd'
  await server.client().send(new CreateConnectionCommand({ ...order, connectionName }))
  const { stdout } = await typed(server, ['status'], '', { environment: { NO_COLOR: '1' } })
  assert.ok(stdout.includes('a\\u{1b}[2Jb\\u{202e}c\\u{a}d'), JSON.stringify(stdout))
})

test('status --output json has the same for programs', async () => {
  await using server = await startServer({ provisioning: 'manual' })
  const { connectionId } = await server
    .client()
    .send(new CreateConnectionCommand({ ...order, connectionName: 'first' }))
  const { stdout } = await crossconnect(server, ['status', '--output', 'json'])
  assert.deepEqual(JSON.parse(stdout), {
    region: 'us-east-1',
    endpoint: server.url,
    items: [
      {
        kind: 'connection',
        id: connectionId,
        name: 'first',
        facts: ['EqDC2', '10Gbps'],
        state: 'requested',
        reason: "waits for the operator's approval",
        children: [],
      },
    ],
  })
})
