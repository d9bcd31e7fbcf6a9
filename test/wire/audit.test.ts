// What the trail keeps of what came over the wire. @source behaviour catalogue G.4
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer } from '../tools/server.ts'
import { call } from './signed.ts'

test('a write leaves a record with the request id of its answer, without what is secret', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { json: connection } = await call(server.url, {
    target: 'CreateConnection',
    body: JSON.stringify({ location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'mine' }),
  })
  const answer = await call(server.url, {
    target: 'CreatePrivateVirtualInterface',
    headers: { 'user-agent': 'a test' },
    region: 'us-east-1',
    body: JSON.stringify({
      connectionId: connection.connectionId,
      newPrivateVirtualInterface: {
        virtualInterfaceName: 'mine',
        vlan: 101,
        asn: 65_001,
        authKey: 'the-secret-of-the-session',
        virtualGatewayId: 'vgw-12345678',
      },
    }),
  })
  assert.equal(answer.status, 200, answer.text)
  const { events } = await server.operator('GET', '/audit?eventName=CreatePrivateVirtualInterface')
  assert.equal(events.length, 1)
  const [record] = events
  assert.equal(record.requestID, answer.headers['x-amzn-requestid'])
  assert.deepEqual(
    [record.userIdentity.accountId, record.awsRegion, record.userAgent, record.sourceIPAddress],
    ['000000000000', 'us-east-1', 'a test', '127.0.0.1'],
  )
  const { newPrivateVirtualInterface: asked } = record.requestParameters
  assert.deepEqual([asked.authKey, asked.asn, asked.vlan], ['[PROTECTED]', -1, 101])
  for (const name of ['authKey', 'amazonAddress', 'customerAddress'])
    assert.equal(record.responseElements[name], '[PROTECTED]', name)
  assert.doesNotMatch(JSON.stringify(record), /the-secret-of-the-session/)
})

test('a refusal leaves its code and message; reads leave a record only under --audit reads', async () => {
  for (const audit of ['writes', 'reads'] as const) {
    await using server = await startServer({ audit })
    await call(server.url, { target: 'DescribeLocations' })
    await call(server.url, {
      target: 'DeleteDirectConnectGateway',
      body: JSON.stringify({ directConnectGatewayId: '11111111-2222-3333-4444-555555555555' }),
    })
    const { events } = await server.operator('GET', '/audit')
    // oxlint-disable-next-line typescript/no-explicit-any -- what it is, is what is tested
    const told = events.map((event: any) => [event.eventName, event.readOnly, event.errorCode, event.responseElements])
    assert.deepEqual(told, [
      ['DeleteDirectConnectGateway', false, 'DirectConnectClientException', null],
      ...(audit === 'reads' ? [['DescribeLocations', true, undefined, null]] : []),
    ])
  }
})

test('a record keeps the beginning of what is too long, so that refusals do not fill the disk', async () => {
  await using server = await startServer({ timing: 'instant' })
  const connectionId = `dxcon-${'x'.repeat(500_000)}`
  await call(server.url, {
    target: 'DeleteConnection',
    headers: { 'user-agent': 'u'.repeat(50_000) },
    body: JSON.stringify({ connectionId }),
  })
  const { events } = await server.operator('GET', '/audit?eventName=DeleteConnection')
  const [record] = events
  assert.equal(record.errorMessage, `Could not find Connection with ID ${connectionId}`.slice(0, 1_000) + '…')
  assert.equal(record.userAgent, `${'u'.repeat(1_000)}…`)
  assert.deepEqual(record.requestParameters, { omitted: true })
  assert.ok(JSON.stringify(record).length < 5_000)
})

test('of what was done a record keeps 100 KB', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { json: connection } = await call(server.url, {
    target: 'CreateConnection',
    body: JSON.stringify({ location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'mine' }),
  })
  const resourceArn = `arn:aws:directconnect:us-east-1:000000000000:dxcon/${connection.connectionId}`
  const tags = Array.from({ length: 50 }, (_, index) => ({ key: `key-${index}`, value: 'v'.repeat(256) }))
  const { status } = await call(server.url, { target: 'TagResource', body: JSON.stringify({ resourceArn, tags }) })
  assert.equal(status, 200)
  const untag = { resourceArn, tagKeys: Array<string>(1_000).fill('k'.repeat(128)) }
  await call(server.url, { target: 'UntagResource', body: JSON.stringify(untag) })
  const { events } = await server.operator('GET', '/audit')
  const [untagged, tagged] = events
  assert.deepEqual(tagged.requestParameters, { resourceArn, tags })
  assert.deepEqual([untagged.eventName, untagged.errorCode], ['UntagResource', undefined])
  assert.deepEqual(untagged.requestParameters, { omitted: true })
})
