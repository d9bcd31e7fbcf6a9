import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  CreateBGPPeerCommand,
  CreateConnectionCommand,
  CreateDirectConnectGatewayCommand,
  CreatePrivateVirtualInterfaceCommand,
  DescribeConnectionsCommand,
} from '@aws-sdk/client-direct-connect'
import { operator } from '../../test/tools/operator.ts'
import { startServer, type TestServer } from '../../test/tools/server.ts'

const authKey = 'a-key-of-our-own-0123456789'

/** A private virtual interface of an account, with a key that is not made up. */
async function virtualInterface(server: TestServer, account: string): Promise<string> {
  const client = server.client(account)
  const order = new CreateConnectionCommand({ location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'ours' })
  const { connectionId } = await client.send(order)
  await server.advance(5)
  const gateway = new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'ours' })
  const { directConnectGateway } = await client.send(gateway)
  await server.advance(5)
  const { virtualInterfaceId = '' } = await client.send(
    new CreatePrivateVirtualInterfaceCommand({
      connectionId,
      newPrivateVirtualInterface: {
        virtualInterfaceName: 'ours',
        vlan: 100,
        asn: 65_010,
        authKey,
        amazonAddress: '169.254.7.1/30',
        customerAddress: '169.254.7.2/30',
        directConnectGatewayId: directConnectGateway?.directConnectGatewayId,
      },
    }),
  )
  return virtualInterfaceId
}

test("a customer's write is recorded in CloudTrail's shape, without keys, addresses and ASNs", async () => {
  await using server = await startServer({ timing: 'instant' })
  const virtualInterfaceId = await virtualInterface(server, '111122223333')
  await server
    .client('111122223333')
    .send(new CreateBGPPeerCommand({ virtualInterfaceId, newBGPPeer: { addressFamily: 'ipv6', asn: 65_010 } }))
  const { events } = (await operator(server, 'GET', '/audit?accountId=111122223333')).body
  assert.deepEqual(
    events.map((event: { eventName: string }) => event.eventName),
    ['CreateBGPPeer', 'CreatePrivateVirtualInterface', 'CreateDirectConnectGateway', 'CreateConnection'],
  )
  const [peer, event] = events
  assert.equal(event.eventSource, 'directconnect.amazonaws.com')
  assert.equal(event.awsRegion, 'us-east-1')
  assert.equal(event.userIdentity.accountId, '111122223333')
  assert.equal(event.readOnly, false)
  assert.ok(Number.isFinite(Date.parse(event.eventTime)))
  const { newPrivateVirtualInterface: asked } = event.requestParameters
  assert.equal(asked.vlan, 100)
  const kept = (of: Record<string, unknown>) => [of['authKey'], of['amazonAddress'], of['customerAddress'], of['asn']]
  const hidden = ['[PROTECTED]', '[PROTECTED]', '[PROTECTED]', -1]
  assert.deepEqual(kept(asked), hidden)
  assert.deepEqual(kept(event.responseElements), hidden)
  assert.equal(event.responseElements.customerRouterConfig, '[PROTECTED]')
  for (const each of peer.responseElements.virtualInterface.bgpPeers) assert.deepEqual(kept(each), hidden)
  const text = JSON.stringify(events)
  for (const secret of [authKey, '169.254.7.', '65010']) assert.ok(!text.includes(secret), secret)
})

test('a refusal is recorded with its error, a read is not recorded unless asked for', async () => {
  await using server = await startServer({ timing: 'instant' })
  const bad = new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'x', amazonSideAsn: 1 })
  await assert.rejects(server.client().send(bad))
  await server.client().send(new DescribeConnectionsCommand({}))
  await operator(server, 'GET', '/connections')
  const { events } = (await operator(server, 'GET', '/audit')).body
  assert.equal(events.length, 1)
  assert.equal(events[0].errorCode, 'DirectConnectClientException')
  assert.match(events[0].errorMessage, /amazonSideAsn/)
  assert.equal(events[0].responseElements, null)

  await using reads = await startServer({ timing: 'instant', audit: 'reads' })
  await reads.client().send(new DescribeConnectionsCommand({}))
  const { events: read } = (await operator(reads, 'GET', '/audit')).body
  assert.deepEqual([read[0].eventName, read[0].readOnly, read[0].responseElements], ['DescribeConnections', true, null])
})

test("an operator's writes are recorded too, without the secrets that they hand out", async () => {
  await using server = await startServer({ timing: 'instant' })
  const made = (await operator(server, 'POST', '/accounts', { name: 'Somebody', kind: 'customer' })).body
  await operator(server, 'POST', '/connections/dxcon-ffffffff/approve')
  const { events } = (await operator(server, 'GET', '/audit?accountId=')).body
  const [approval, creation] = events
  assert.deepEqual(
    [approval.eventName, approval.errorMessage],
    ['ApproveConnection', "There is no connection 'dxcon-ffffffff'"],
  )
  assert.deepEqual([creation.eventName, creation.userIdentity], ['CreateAccount', { type: 'Operator' }])
  assert.match(creation.eventSource, /^operator/)
  assert.equal(creation.responseElements.accessKey.accessKeyId, made.accessKey.accessKeyId)
  assert.equal(creation.responseElements.accessKey.secretAccessKey, '[PROTECTED]')
  assert.ok(!JSON.stringify(events).includes(made.accessKey.secretAccessKey))
})

test('the trail can be asked by account, by event and by time, newest first, page by page', async () => {
  await using server = await startServer({ timing: 'instant' })
  const make = (account: string, name: string) =>
    server.client(account).send(new CreateDirectConnectGatewayCommand({ directConnectGatewayName: name }))
  await make('111122223333', 'first')
  await server.advance(3_600)
  const { now } = (await operator(server, 'GET', '/clock')).body
  await make('444455556666', 'second')
  await make('111122223333', 'third')

  const names = (events: readonly { requestParameters: { directConnectGatewayName: string } }[]) =>
    events.map((event) => event.requestParameters.directConnectGatewayName)
  const asked = async (query: string) => (await operator(server, 'GET', `/audit?${query}`)).body
  const event = 'eventName=CreateDirectConnectGateway'
  assert.deepEqual(names((await asked(event)).events), ['third', 'second', 'first'])
  assert.deepEqual(names((await asked('accountId=111122223333')).events), ['third', 'first'])
  assert.deepEqual(names((await asked(`${event}&from=${now}`)).events), ['third', 'second'])
  assert.deepEqual(names((await asked(`${event}&until=${now}`)).events), ['first'])
  const page = await asked(`${event}&limit=2`)
  assert.deepEqual(names(page.events), ['third', 'second'])
  await make('111122223333', 'fourth')
  const rest = await asked(`${event}&limit=2&nextToken=${page.nextToken}`)
  assert.deepEqual([names(rest.events), rest.nextToken], [['first'], undefined])
  const foreign = await operator(server, 'GET', `/audit?limit=2&nextToken=${page.nextToken}`)
  assert.equal(foreign.status, 400, 'a token is for the list that gave it')
})

test('what is secret is encrypted at rest', async () => {
  await using server = await startServer({ timing: 'instant' })
  const made = (await operator(server, 'POST', '/accounts', { name: 'Plainly readable', kind: 'customer' })).body
  await virtualInterface(server, '111122223333')
  await server.restart()
  const files = readdirSync(server.data, { withFileTypes: true }).filter((entry) => entry.isFile())
  const bytes = Buffer.concat(files.map(({ name }) => readFileSync(join(server.data, name))))
  const places = (text: string) => bytes.indexOf(text)
  for (const open of ['Plainly readable', '169.254.7.1/30']) assert.notEqual(places(open), -1, open)
  for (const secret of [made.accessKey.secretAccessKey, authKey]) assert.equal(places(secret), -1)
})
