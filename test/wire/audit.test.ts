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
