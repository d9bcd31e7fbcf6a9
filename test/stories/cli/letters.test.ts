import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  CreateInterconnectCommand,
  CreateLagCommand,
  DescribeConnectionsCommand,
} from '@aws-sdk/client-direct-connect'
import { temporary } from '../../start/process.ts'
import { crossconnect, spawned, typed } from '../../tools/command-line.ts'
import { startServer, type TestServer } from '../../tools/server.ts'

const order = { location: 'EqDC2', bandwidth: '10Gbps' }

async function ordered(server: TestServer): Promise<string> {
  const { connectionId = '' } = await server
    .client()
    .send(new CreateConnectionCommand({ ...order, connectionName: 'first' }))
  await server.advance(1)
  return connectionId
}

async function issuedAt(server: TestServer, connectionId: string): Promise<number> {
  const { connections = [] } = await server.client().send(new DescribeConnectionsCommand({ connectionId }))
  return connections[0]?.loaIssueTime?.getTime() ?? 0
}

test('loa writes the letter, and says until when it is valid', async () => {
  await using server = await startServer({ timing: 'instant' })
  using home = temporary()
  const id = await ordered(server)
  const file = join(home.path, 'letter.pdf')
  const { status, stdout, stderr } = await crossconnect(server, ['loa', id, '-o', file])
  assert.deepEqual([status, stdout], [0, ''], stderr)
  assert.match(readFileSync(file, 'latin1'), /^%PDF-1/)
  const day = (time: number) => new Date(time).toISOString().slice(0, 10)
  const issued = await issuedAt(server, id)
  assert.equal(
    stderr,
    `letter for ${id} in ${file}, issued ${day(issued)}, valid until ${day(issued + 90 * 86_400_000)} (90 days)\n`,
  )
  assert.deepEqual(readdirSync(home.path), ['letter.pdf'])
})

test('loa knows the letters of LAGs and interconnects too', async () => {
  await using server = await startServer({ timing: 'instant' })
  using home = temporary()
  const lag = await server.client().send(
    new CreateLagCommand({
      location: 'EqDC2',
      connectionsBandwidth: '10Gbps',
      numberOfConnections: 2,
      lagName: 'two',
    }),
  )
  const interconnect = await server
    .client('partner')
    .send(new CreateInterconnectCommand({ ...order, interconnectName: 'ours' }))
  await server.advance(1)
  for (const [id = '', key] of [
    [lag.lagId, 'test'],
    [interconnect.interconnectId, 'partner'],
  ] as const) {
    const file = join(home.path, `${id}.pdf`)
    const world = { environment: { AWS_ACCESS_KEY_ID: key } }
    const { status, stderr } = await crossconnect(server, ['loa', id, '-o', file], world)
    assert.equal(status, 0, stderr)
    assert.match(stderr, /valid until \d{4}-\d\d-\d\d \(90 days\)\n$/)
  }
})

test('loa never replaces a file unless it is told to, and asks for no letter before it knows where to put it', async () => {
  await using server = await startServer({ timing: 'instant' })
  using home = temporary()
  const id = await ordered(server)
  const before = await issuedAt(server, id)
  await server.advance(86_400)
  const file = join(home.path, 'mine.pdf')
  writeFileSync(file, 'mine')
  const refused = await crossconnect(server, ['loa', id, '-o', file])
  assert.equal(refused.status, 2)
  assert.match(refused.stderr, /there is such a file already; --force replaces it/)
  for (const place of [home.path, '/dev/null']) {
    const { status, stderr } = await crossconnect(server, ['loa', id, '-o', place, '--force'])
    assert.deepEqual([status, stderr.includes('it is no file that could be replaced')], [2, true], stderr)
  }
  const nowhere = await crossconnect(server, ['loa', id, '-o', join(home.path, 'no', 'folder.pdf')])
  assert.deepEqual(
    [nowhere.status, nowhere.stderr.includes('it cannot be written (ENOENT)')],
    [1, true],
    nowhere.stderr,
  )
  assert.equal(await issuedAt(server, id), before, 'no letter was issued')
  const forced = await crossconnect(server, ['loa', id, '-o', file, '--force'])
  assert.equal(forced.status, 0, forced.stderr)
  assert.match(readFileSync(file, 'latin1'), /^%PDF-1/)
  assert.deepEqual(readdirSync(home.path), ['mine.pdf'])
})

test('loa -o - sends the PDF to standard output, but not to a terminal', async () => {
  await using server = await startServer({ timing: 'instant' })
  const id = await ordered(server)
  const piped = await spawned(server, ['loa', id, '-o', '-'])
  assert.equal(piped.status, 0)
  assert.match(piped.stdout, /^%PDF-1/)
  assert.match(piped.stderr, new RegExp(`^letter for ${id}, issued `))
  const shown = await typed(server, ['loa', id, '-o', '-'])
  assert.equal(shown.status, 2)
  assert.match(shown.stdout, /a terminal cannot show/)
})

test('what the service refuses leaves no file behind', async () => {
  await using server = await startServer()
  using home = temporary()
  const { status, stderr } = await crossconnect(server, ['loa', 'dxcon-00000000', '-o', join(home.path, 'a.pdf')])
  assert.equal(status, 1)
  assert.match(stderr, /An error occurred \(DirectConnectClientException\) when calling the DescribeLoa operation: /)
  assert.deepEqual(readdirSync(home.path), [])
})
