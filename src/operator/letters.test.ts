import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  CreateLagCommand,
  DeleteConnectionCommand,
  DescribeConnectionsCommand,
  DescribeLoaCommand,
  type DirectConnectClient,
} from '@aws-sdk/client-direct-connect'
import { pdftotext, skipWithout } from '../../test/tools/clients.ts'
import { operator } from '../../test/tools/operator.ts'
import { startServer } from '../../test/tools/server.ts'

async function ordered(client: DirectConnectClient): Promise<string> {
  const asked = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'uplink' }
  const { connectionId = '' } = await client.send(new CreateConnectionCommand(asked))
  await client.send(new DescribeConnectionsCommand({ connectionId }))
  return connectionId
}

const download = async (client: DirectConnectClient, connectionId: string | undefined) =>
  Buffer.from((await client.send(new DescribeLoaCommand({ connectionId }))).loaContent ?? [])

const read = (pdf: Uint8Array) =>
  execFileSync(pdftotext ?? '', ['-', '-'], { input: pdf, encoding: 'utf8' }).replaceAll(/\s+/g, ' ')

test('every download is a letter of its own, and the newer supersedes the older', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const connectionId = await ordered(client)
  for (let count = 0; count < 3; count++) {
    await download(client, connectionId)
    await server.advance(60)
  }
  const { letters } = (await operator(server, 'GET', `/letters?subjectId=${connectionId}`)).body
  assert.deepEqual(
    letters.map((letter: { state: string }) => letter.state),
    ['valid', 'superseded', 'superseded'],
  )
  assert.match(letters[0].letterNumber, /^LOA-\d{8}-[0-9A-Z]{6}$/)
  const one = (await operator(server, 'GET', `/letters/${letters[1].letterNumber.toLowerCase()}`)).body
  assert.deepEqual(one, letters[1])
  assert.equal((await operator(server, 'GET', '/letters/LOA-20261121-000000')).status, 404)
  await server.advance(90 * 24 * 60 * 60)
  assert.equal((await operator(server, 'GET', `/letters/${letters[0].letterNumber}`)).body.state, 'expired')
  await client.send(new DeleteConnectionCommand({ connectionId }))
  await server.advance(1)
  for (const { letterNumber } of letters)
    assert.equal((await operator(server, 'GET', `/letters/${letterNumber}`)).body.state, 'withdrawn')
})

test('letters come newest first and page by page, of everything or of one port or LAG', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client()
  const lag = { location: 'EqDC2', connectionsBandwidth: '10Gbps', lagName: 'bundle', numberOfConnections: 2 }
  const { lagId, connections = [] } = await client.send(new CreateLagCommand(lag))
  const member = connections[0]?.connectionId
  await client.send(new DescribeConnectionsCommand({ connectionId: member }))
  await download(client, lagId)
  await server.advance(1)
  await download(client, member)
  const list = async (query: string) => (await operator(server, 'GET', `/letters?${query}`)).body
  const first = await list('limit=1')
  const second = await list(`limit=1&nextToken=${first.nextToken}`)
  assert.deepEqual(
    [first.letters[0].subjectId, second.letters[0].subjectId, second.nextToken],
    [member, lagId, undefined],
  )
  assert.equal((await list(`subjectId=${member}`)).letters.length, 2)
  assert.equal((await list(`subjectId=${lagId}`)).letters.length, 1)
  assert.deepEqual(
    second.letters[0].ports.map((port: { state: string }) => port.state),
    ['superseded', 'valid'],
  )
  assert.equal(second.letters[0].state, 'superseded')
})

test(
  'a letter is printed again byte for byte, whatever was renamed or moved since',
  skipWithout('pdftotext', pdftotext),
  async () => {
    await using server = await startServer({ timing: 'instant' })
    const client = server.client()
    const connectionId = await ordered(client)
    const logo = readFileSync(new URL('../../test/golden/logo.png', import.meta.url)).toString('base64')
    const first = { name: 'Första Börsen', address: ['Gatan 1'], contact: ['loa@example.net'], logo }
    await operator(server, 'PUT', '/issuer', first)
    const trail = JSON.stringify((await operator(server, 'GET', '/audit?eventName=SetIssuer')).body)
    assert.ok(trail.includes('Första Börsen') && !trail.includes(logo), trail)
    const original = await download(client, connectionId)
    const said = read(original)
    for (const expected of ['Första Börsen', 'Gatan 1', 'loa@example.net']) assert.ok(said.includes(expected), said)
    const { letters } = (await operator(server, 'GET', '/letters')).body
    const path = `/letters/${letters[0].letterNumber}/document`

    await operator(server, 'PUT', '/issuer', { name: 'Second Exchange' })
    await operator(server, 'PUT', '/locations/EqDC2', { address: ['1 Example Court'], meetMeRoom: 'MMR 9' })
    await operator(server, 'PUT', `/devices/${letters[0].ports[0].deviceId}`, { rack: 'R99' })
    const again = (await operator(server, 'GET', path)).body
    assert.deepEqual([again.contentType, again.loaContent], ['application/pdf', original.toString('base64')])
    await server.restart()
    assert.equal((await operator(server, 'GET', path)).body.loaContent, again.loaContent)
    assert.equal((await operator(server, 'GET', '/letters')).body.letters.length, 1)

    const later = read(await download(client, connectionId))
    for (const expected of ['Second Exchange', '1 Example Court', 'MMR 9', 'R99'])
      assert.ok(later.includes(expected), later)
    assert.ok(!later.includes('Gatan'))
  },
)

test('the issuer is Crossconnect until an operator says who it is, and what cannot be printed is refused', async () => {
  await using server = await startServer()
  const unnamed = { name: 'Crossconnect', address: [], contact: [], logo: null, since: null }
  assert.deepEqual((await operator(server, 'GET', '/issuer')).body, unnamed)
  const put = (body: object) => operator(server, 'PUT', '/issuer', body)
  const said = (await put({ name: 'Exchange', address: ['a', 'b'], contact: ['c'] })).body
  assert.deepEqual((await operator(server, 'GET', '/issuer')).body, said)
  assert.match(said.since, /^\d{4}-/)
  for (const [body, why] of [
    [{}, /name is required/],
    [{ name: '' }, /for name/],
    [{ name: 'a\u202eb' }, /for name/],
    [{ name: 'a\nb' }, /for name/],
    [{ name: 'x'.repeat(101) }, /101/],
    [{ name: 'x', address: ['a', 'b', 'c', 'd'] }, /more than 3/],
    [{ name: 'x', logo: 'not base64!' }, /for logo/],
    [{ name: 'x', logo: 'AAAA' }, /for logo: it is neither a PNG nor a JPEG/],
    [{ name: 'x', logo: 'A'.repeat(90_004) }, /for logo/],
  ] as const) {
    const answer = await put(body)
    assert.deepEqual([answer.status, answer.code], [400, 'InvalidRequest'], answer.message)
    assert.match(answer.message, why)
  }
  assert.deepEqual((await operator(server, 'GET', '/issuer')).body, said)
})
