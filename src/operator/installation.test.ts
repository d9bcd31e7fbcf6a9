import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  CreateDirectConnectGatewayCommand,
  DescribeConnectionsCommand,
  DescribeDirectConnectGatewaysCommand,
} from '@aws-sdk/client-direct-connect'
import { operator } from '../../test/tools/operator.ts'
import { startServer } from '../../test/tools/server.ts'

test('the clock moves forwards only, by fractions too, and stays where it was put', async () => {
  await using server = await startServer()
  const before = (await operator(server, 'GET', '/clock')).body
  assert.equal(before.offsetSeconds, 0)
  const moved = (await operator(server, 'POST', '/clock', { advanceSeconds: 86_400.25 })).body
  assert.equal(moved.offsetSeconds, 86_400.25)
  assert.ok(Date.parse(moved.now) - Date.parse(before.now) >= 86_400_250)
  const both = [{ advanceSeconds: 1 }, { advanceSeconds: 2 }]
  await Promise.all(both.map((body) => operator(server, 'POST', '/clock', body)))
  await server.restart()
  const after = (await operator(server, 'GET', '/clock')).body
  assert.equal(after.offsetSeconds, 86_403.25)
  assert.ok(Date.parse(after.now) >= Date.parse(moved.now))
})

test('the clock ends with the year 9999, ten years a call', async () => {
  await using server = await startServer()
  const tenYears = { advanceSeconds: 10 * 366 * 86_400 }
  for (;;) {
    const { status, message } = await operator(server, 'POST', '/clock', tenYears)
    if (status === 200) continue
    assert.equal(status, 400)
    assert.match(message, /year 9999/)
    break
  }
  assert.match((await operator(server, 'GET', '/clock')).body.now, /^99[89]\d-/)
  await server.client().send(new DescribeConnectionsCommand({}))
})

test('a reset forgets everything and begins anew, the clock too', async () => {
  await using server = await startServer()
  const client = server.client()
  await client.send(new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'forgotten' }))
  await operator(server, 'POST', '/devices', { locationCode: 'EqDC2', name: 'forgotten', ports: { '1Gbps': 1 } })
  await server.advance(1_000)
  assert.equal((await operator(server, 'POST', '/reset')).status, 204)
  assert.deepEqual((await client.send(new DescribeDirectConnectGatewaysCommand({}))).directConnectGateways, [])
  assert.equal((await operator(server, 'GET', '/clock')).body.offsetSeconds, 0)
  assert.deepEqual((await operator(server, 'GET', '/audit')).body.events, [])
  assert.equal((await operator(server, 'DELETE', '/devices/forgotten')).status, 404)
  assert.equal((await operator(server, 'GET', '/devices?locationCode=eqdc2')).body.devices.length, 2)
})

test('a fault takes down what it names, until it ends or is ended', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const command = new CreateConnectionCommand({ location: 'EqDC2', bandwidth: '1Gbps', connectionName: 'cut' })
  const { connectionId = '' } = await client.send(command)
  await server.advance(1)
  const { deviceId } = (await operator(server, 'GET', `/connections/${connectionId}`)).body
  const state = async () => (await operator(server, 'GET', `/connections/${connectionId}`)).body.state

  for (const target of [connectionId, deviceId, 'eQdC2']) {
    const fault = (await operator(server, 'POST', '/faults', { target, kind: 'down' })).body
    assert.deepEqual([fault.until, fault.active, await state()], [null, true, 'down'], target)
    const ended = (await operator(server, 'DELETE', `/faults/${fault.faultId}`)).body
    assert.deepEqual([ended.active, await state()], [false, 'available'])
    assert.deepEqual((await operator(server, 'DELETE', `/faults/${fault.faultId}`)).body, ended, 'it ended then')
  }
  await operator(server, 'POST', '/faults', { target: connectionId, kind: 'down', seconds: 30 })
  assert.equal(await state(), 'down')
  await server.advance(31)
  assert.equal(await state(), 'available')
  const flap = (await operator(server, 'POST', '/faults', { target: connectionId, kind: 'flap' })).body
  assert.equal(Date.parse(flap.until) - Date.parse(flap.from), 60_000)

  const listed = async (query: string) => (await operator(server, 'GET', `/faults${query}`)).body.faults
  assert.equal((await listed('')).length, 5)
  assert.deepEqual(await listed('?active=true'), [flap])
  assert.equal((await listed('?active=false')).length, 4)
})

test('only what exists can fail, and a flap lasts an hour at most', async () => {
  await using server = await startServer()
  for (const target of [
    'dxcon-ffffffff',
    'dxlag-ffffffff',
    'dxvif-ffffffff',
    'dxpeer-ffffffff',
    'nowhere',
    '__proto__',
  ])
    assert.equal((await operator(server, 'POST', '/faults', { target, kind: 'down' })).status, 404, target)
  const flap = (seconds: number) => operator(server, 'POST', '/faults', { target: 'EqDC2', kind: 'flap', seconds })
  assert.match((await flap(3_601)).message, /3601 for seconds/)
  assert.match((await flap(0)).message, /0 for seconds/)
  assert.equal((await flap(3_600)).status, 201)
  assert.equal((await operator(server, 'DELETE', '/faults/unknown')).status, 404)
})

test('health says whether the store can be read, metrics how much was asked for and how it ended', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  await client.send(new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'counted' }))
  await assert.rejects(
    client.send(new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'bad', amazonSideAsn: 1 })),
  )
  assert.equal((await operator(server, 'GET', '/clock', undefined, { token: 'wrong' })).status, 401)
  assert.deepEqual(await (await fetch(`${server.url}/healthz`)).json(), { status: 'ok' })

  const response = await fetch(`${server.url}/metrics`)
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain/)
  const text = await response.text()
  for (const line of [
    /^crossconnect_operation_duration_seconds_count\{operation="CreateDirectConnectGateway",code="OK"\} 1$/m,
    /^crossconnect_operation_duration_seconds_count\{operation="CreateDirectConnectGateway",code="DirectConnectClientException"\} 1$/m,
    /^crossconnect_http_requests_total\{door="operator",status="401"\} 1$/m,
    /^crossconnect_resources\{kind="gateway",state="(pending|available)"\} 1$/m,
    /^process_cpu_seconds_total /m,
  ])
    assert.match(text, line)
})

test('without development credentials metrics ask for the operator token, health for nothing', async () => {
  await using server = await startServer({ developmentCredentials: false, operatorToken: 'ours' })
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200)
  assert.equal((await fetch(`${server.url}/metrics`)).status, 401)
  assert.equal((await fetch(`${server.url}/metrics`, { headers: { authorization: 'Bearer ours' } })).status, 200)
})
