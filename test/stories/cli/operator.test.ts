import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateConnectionCommand } from '@aws-sdk/client-direct-connect'
import { nameOf } from '../../../src/cli/operator/names.ts'
import { operatorApi } from '../../../src/operator/api.ts'
import { crossconnect } from '../../tools/command-line.ts'
import type { World } from '../../tools/crossconnect.ts'
import { startServer, type TestServer } from '../../tools/server.ts'

const named = operatorApi.map(({ name, path }) => nameOf({ name, path: `/operator/v1${path}` }))
const spoken = named.map(({ noun, verb }) => [noun, verb].filter((word) => word !== null).join(' '))

const operator = (server: TestServer, line: string, world?: World) =>
  crossconnect(server, ['operator', ...line.split(' ')], world)

// oxlint-disable-next-line typescript/no-explicit-any -- stories look at answers whose types they state themselves
async function done(server: TestServer, line: string): Promise<any> {
  const { status, stdout, stderr } = await operator(server, line)
  assert.deepEqual([status, stderr], [0, ''], line)
  return stdout === '' ? undefined : JSON.parse(stdout)
}

test('every call of the operator API has a command of its own, with a name that reads well', () => {
  assert.deepEqual(spoken.toSorted(), [...new Set(spoken)].toSorted())
  for (const command of [
    'connections approve',
    'connections ask',
    'virtual-interfaces announce-customer-routes',
    'bgp-peers clear',
    'faults inject',
    'faults end',
    'accounts create-access-key',
    'gateways list-paths',
    'clock get',
    'clock advance',
    'audit list',
    'reset',
  ])
    assert.ok(spoken.includes(command), command)
})

test('every call of the operator API has a help with an example, which asks for what it requires', async () => {
  await using server = await startServer()
  const required = (member: { readonly required?: readonly string[] }) => member.required ?? []
  for (const [index, command] of spoken.entries()) {
    const { status, stdout } = await operator(server, `${command} --help`)
    assert.equal(status, 0, command)
    const example = stdout.split('\n').find((line) => line.startsWith(`  crossconnect operator ${command}`)) ?? ''
    assert.notEqual(example, '', command)
    const { body, query } = operatorApi[index] ?? assert.fail()
    const options = example.match(/ --/g)?.length ?? 0
    assert.equal(options, required(body).length + required(query).length, example)
  }
})

test('an operator takes an order from approval to cable and cuts it, all by commands', async () => {
  await using server = await startServer({ provisioning: 'manual' })
  const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'first' }
  const { connectionId: id } = await server.client().send(new CreateConnectionCommand(order))
  assert.equal((await done(server, 'connections list --state requested')).connections[0].connectionId, id)
  await done(server, `connections approve ${id}`)
  await done(server, `connections cable ${id}`)
  assert.equal((await done(server, `connections get ${id}`)).state, 'available')
  const { faultId } = await done(server, `faults inject --target ${id} --kind down --seconds 60`)
  assert.equal((await done(server, `connections get ${id}`)).state, 'down')
  assert.equal((await done(server, 'faults list --active')).faults[0].faultId, faultId)
  assert.equal((await done(server, 'clock advance --seconds 60')).offsetSeconds, 60)
  assert.equal((await done(server, `connections get ${id}`)).state, 'available')
  assert.deepEqual((await done(server, 'faults list --no-active')).faults.length, 1)
})

test('numbers, lists and objects are said in words or as JSON', async () => {
  await using server = await startServer()
  await done(server, 'locations create --code LAB1 --name Lab --region us-east-1 --providers One Two')
  const pairs = await done(server, 'devices create --location-code LAB1 --ports 1Gbps=2,10Gbps=1 --mac-sec')
  const json = await done(server, 'devices create --location-code LAB1 --ports {"1Gbps":2,"10Gbps":1} --no-mac-sec')
  assert.deepEqual(
    [pairs.ports, json.ports],
    [
      { '1Gbps': 2, '10Gbps': 1 },
      { '1Gbps': 2, '10Gbps': 1 },
    ],
  )
  assert.deepEqual([pairs.macSecSpeeds, json.macSecSpeeds], [['10Gbps'], []])
  const account = await done(server, 'accounts create --name one --kind customer')
  const raised = await done(server, `accounts set-quotas ${account.accountId} --gateways-per-account 5`)
  assert.equal(raised.quotas.gatewaysPerAccount, 5)
  const back = await done(server, `accounts set-quotas ${account.accountId} --gateways-per-account null`)
  assert.notEqual(back.quotas.gatewaysPerAccount, 5)
})

test('null takes back a line of text and a list of lines alike', async () => {
  await using server = await startServer()
  const said = await done(server, 'locations update EqDC2 --address Street Town --meet-me-room MMR-1')
  assert.deepEqual([said.address, said.meetMeRoom], [['Street', 'Town'], 'MMR-1'])
  const back = await done(server, 'locations update EqDC2 --address null --meet-me-room null')
  assert.deepEqual([back.address, back.meetMeRoom], [[], null])
})

test('an answer is printed as people want it', async () => {
  await using server = await startServer()
  const text = await operator(server, 'locations list --query locations[?code==`EqDC2`].[code,region] --output text')
  assert.deepEqual([text.status, text.stdout], [0, 'EqDC2\tus-east-1\n'], text.stderr)
  const yaml = await operator(server, 'clock get --query offsetSeconds --output yaml')
  assert.match(yaml.stdout, /^0\n/)
  assert.equal((await operator(server, 'clock get --query [')).status, 2)
})

test('all pages of a list are one answer, unless a page is asked for', async () => {
  await using server = await startServer()
  const whole = await done(server, 'ports list')
  assert.ok(whole.ports.length > 100)
  assert.equal(whole.nextToken, undefined)
  const page = await done(server, 'locations list --limit 2')
  assert.equal(page.locations.length, 2)
  const next = await done(server, `locations list --limit 2 --next-token ${page.nextToken}`)
  assert.notEqual(next.locations[0].code, page.locations[0].code)
})

test('what the operator API refuses ends with 1 and its sentence', async () => {
  await using server = await startServer()
  const unknown = await operator(server, 'connections approve dxcon-00000000')
  assert.equal(unknown.status, 1)
  assert.match(unknown.stderr, /when calling the ApproveConnection operation: .*dxcon-00000000/)
  const stranger = await operator(server, 'clock get', { environment: { CROSSCONNECT_OPERATOR_TOKEN: 'wrong' } })
  assert.equal(stranger.status, 1)
  assert.ok(!stranger.stderr.includes('wrong'), 'the token is not repeated')
  assert.equal(
    (await operator(server, 'clock get --token test', { environment: { CROSSCONNECT_OPERATOR_TOKEN: 'wrong' } }))
      .status,
    0,
  )
})

test('a command line that cannot be: exit code 2 and the option that is meant', async () => {
  await using server = await startServer()
  const lines: readonly (readonly [string, RegExp])[] = [
    ['conections list', /unknown command 'conections' \(did you mean connections\?\)/],
    ['connections aprove dxcon-0a1b2c3d', /unknown command 'aprove' \(did you mean approve\?\)/],
    ['connections approve', /CONNECTION-ID is missing/],
    ['connections get ..', /'\.\.' is no id/],
    ['faults inject --target dxcon-0a1b2c3d', /required: --kind/],
    ['faults inject --target dxcon-0a1b2c3d --kind broken', /--kind broken: it must be down or flap/],
    ['clock advance --seconds soon', /--seconds soon: it must be a number/],
    ['devices create --location-code EqDC2 --ports {', /--ports \{: it is no JSON/],
    ['devices create --location-code EqDC2 --ports 1Gbps=x', /--ports 1Gbps x: it must be a whole number/],
  ]
  for (const [line, reason] of lines) {
    const { status, stdout, stderr } = await operator(server, line)
    assert.deepEqual([status, stdout], [2, ''], `${line}: ${stderr}`)
    assert.match(stderr, reason)
  }
})

test('a server that is not there, or is none of ours, is named', async () => {
  await using server = await startServer()
  const nobody = await operator(server, '--help --endpoint-url http://127.0.0.1:9')
  assert.deepEqual([nobody.status, /nobody listens at http:\/\/127\.0\.0\.1:9/.test(nobody.stderr)], [1, true])
  const far = await operator(server, 'clock get --endpoint-url http://localhost:1/')
  assert.equal(far.status, 1)
})
