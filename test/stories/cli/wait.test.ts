import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  CreateDirectConnectGatewayCommand,
  DeleteConnectionCommand,
} from '@aws-sdk/client-direct-connect'
import { crossconnect, typed } from '../../tools/command-line.ts'
import { startServer, type TestServer } from '../../tools/server.ts'

const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'first' }

async function ordered(server: TestServer): Promise<string> {
  const { connectionId = '' } = await server.client().send(new CreateConnectionCommand(order))
  return connectionId
}

test('wait ends with 0 when the state is there, and says each state on the way once', async () => {
  await using server = await startServer({ provisioning: 'manual', timing: 'instant' })
  const id = await ordered(server)
  const waiting = crossconnect(server, ['wait', 'connection', 'available', '--id', id])
  await server.operator('POST', `/connections/${id}/approve`)
  await server.operator('POST', `/connections/${id}/cable`)
  const { status, stdout, stderr } = await waiting
  assert.deepEqual([status, stdout], [0, `${id} is available\n`])
  assert.ok(
    [`${id}: requested\n`, `${id}: requested\n${id}: pending\n`, `${id}: pending\n`, ''].includes(stderr),
    stderr,
  )
})

test('wait ends with 1 when the time is over, and says in which state it is', async () => {
  await using server = await startServer({ provisioning: 'manual' })
  const id = await ordered(server)
  assert.deepEqual(await crossconnect(server, ['wait', 'connection', 'available', '--id', id, '--timeout', '0']), {
    status: 1,
    stdout: '',
    stderr: `crossconnect: ${id} is still requested after 0 s, not available\n`,
  })
})

test('wait ends with 1 at once when the state cannot come any more', async () => {
  await using server = await startServer({ timing: 'instant' })
  const id = await ordered(server)
  const up = await crossconnect(server, ['wait', 'connection', 'available', '--id', id])
  assert.equal(up.status, 0)
  const earlier = await crossconnect(server, ['wait', 'connection', 'requested', '--id', id])
  assert.deepEqual([earlier.status, earlier.stdout], [1, ''])
  assert.equal(earlier.stderr, `crossconnect: ${id} is available: it will not become requested any more\n`)
  await server.client().send(new DeleteConnectionCommand({ connectionId: id }))
  const later = await crossconnect(server, ['wait', 'connection', 'available', '--id', id])
  assert.match(later.stderr, new RegExp(`^crossconnect: ${id} is (deleting|deleted): it will not become available`))
  assert.equal((await crossconnect(server, ['wait', 'connection', 'deleted', '--id', id])).status, 0)
})

test('what is not there is deleted, and will not become anything else', async () => {
  await using server = await startServer()
  for (const [noun, id] of [
    ['connection', 'dxcon-00000000'],
    ['lag', 'dxlag-00000000'],
    ['interconnect', 'dxcon-00000000'],
    ['virtual-interface', 'dxvif-00000000'],
    ['gateway', '5f294f92-bafb-4011-916d-9b0bd0000000'],
  ] as const) {
    const world = noun === 'interconnect' ? { environment: { AWS_ACCESS_KEY_ID: 'partner' } } : {}
    const gone = await crossconnect(server, ['wait', noun, 'deleted', '--id', id], world)
    assert.deepEqual([gone.status, gone.stdout], [0, `${id} is not there\n`], gone.stderr)
    const never = await crossconnect(server, ['wait', noun, 'available', '--id', id], world)
    assert.equal(never.status, 1)
    assert.match(never.stderr, new RegExp(`^crossconnect: there is no .*${id}`))
  }
  const id = 'be85116d-46eb-4b43-a27a-da0c20000000'
  const { stdout } = await crossconnect(server, ['wait', 'association', 'disassociated', '--id', id])
  assert.equal(stdout, `${id} is not there\n`)
})

test('every noun of wait reads a state', async () => {
  await using server = await startServer({ timing: 'instant' })
  const { directConnectGateway } = await server
    .client()
    .send(new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'one' }))
  const id = directConnectGateway?.directConnectGatewayId ?? ''
  assert.equal(
    (await crossconnect(server, ['wait', 'gateway', 'available', '--id', id])).stdout,
    `${id} is available\n`,
  )
})

test('on a terminal wait shows one line with the state and the time, and takes it away', async () => {
  await using server = await startServer({ provisioning: 'manual' })
  const id = await ordered(server)
  const { status, stdout } = await typed(server, ['wait', 'connection', 'available', '--id', id, '--timeout', '1'])
  assert.equal(status, 1)
  const [progress, end] = [`\r\u001B[2K${id}: requested (0 s)`, `\r\u001B[2Kcrossconnect: ${id} is still requested`]
  assert.ok(stdout.startsWith(progress), JSON.stringify(stdout))
  assert.ok(stdout.includes(end), JSON.stringify(stdout))
})

test('a state that does not exist, or a time that is none: exit code 2', async () => {
  await using server = await startServer()
  const state = await crossconnect(server, ['wait', 'lag', 'avaliable', '--id', 'dxlag-00000000'])
  assert.equal(state.status, 2)
  assert.match(state.stderr, /STATE avaliable: .*did you mean available\?/)
  const time = await crossconnect(server, ['wait', 'lag', 'down', '--id', 'dxlag-00000000', '--timeout', '1m'])
  assert.deepEqual(
    [time.status, time.stderr.split('\n')[0]],
    [2, 'crossconnect: --timeout 1m: it must be a whole number of seconds'],
  )
})
