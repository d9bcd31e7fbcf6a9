import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocateHostedConnectionCommand,
  ConfirmConnectionCommand,
  CreateConnectionCommand,
  CreateInterconnectCommand,
  DescribeConnectionsCommand,
  DescribeLoaCommand,
} from '@aws-sdk/client-direct-connect'
import { operator } from '../../test/tools/operator.ts'
import { startServer, type TestServer } from '../../test/tools/server.ts'

const day = 24 * 60 * 60
const manual = { timing: 'aws', provisioning: 'manual' } as const

async function order(server: TestServer, account = '111122223333', location = 'EqDC2'): Promise<string> {
  const command = new CreateConnectionCommand({ location, bandwidth: '1Gbps', connectionName: 'ordered' })
  return (await server.client(account).send(command)).connectionId ?? ''
}

/** The answer to an operator's verb on a connection. */
const verb = (server: TestServer, id: string, name: string, body?: object) =>
  operator(server, 'POST', `/connections/${id}/${name}`, body)

test('an order is approved, cabled, uncabled and cabled again, each only where it fits', async () => {
  await using server = await startServer(manual)
  const id = await order(server)
  for (const early of ['cable', 'uncable']) {
    const { status, code, message } = await verb(server, id, early)
    assert.deepEqual([status, code], [409, 'Conflict'])
    assert.match(message, new RegExp(`Connection ${id} is requested`))
  }
  const approved = (await verb(server, id, 'approve')).body
  assert.equal(approved.state, 'pending')
  assert.ok(approved.approvedAt !== null)
  assert.equal(Date.parse(approved.deletedAt) - Date.parse(approved.approvedAt), 100 * day * 1_000)
  assert.match((await verb(server, id, 'approve')).message, /is pending: only an order in state requested/)
  assert.equal((await verb(server, id, 'reject')).status, 409)
  assert.equal((await verb(server, id, 'ask', { question: 'Why?' })).status, 409)

  const cabled = (await verb(server, id, 'cable')).body
  assert.equal(cabled.state, 'available')
  assert.equal(cabled.deletedAt, null, 'the letter was used')
  assert.match((await verb(server, id, 'cable')).message, /has its cable already/)
  await server.advance(60)
  const uncabled = (await verb(server, id, 'uncable')).body
  assert.equal(uncabled.state, 'down')
  assert.equal((await verb(server, id, 'uncable')).status, 409)
  await server.advance(60)
  const again = (await verb(server, id, 'cable')).body
  assert.equal(again.state, 'available')
  assert.equal(again.cables.length, 2, 'what was plugged is never forgotten')
  assert.equal(again.link.firstUpAt, cabled.link.firstUpAt)
})

test('an approved order whose letter nobody uses is deleted after 90 days and 10', async () => {
  await using server = await startServer(manual)
  const id = await order(server)
  await server.advance(30 * day)
  await verb(server, id, 'approve')
  await server.advance(100 * day - 60)
  assert.equal((await operator(server, 'GET', `/connections/${id}`)).body.state, 'pending')
  await server.advance(120)
  const { body } = await operator(server, 'GET', `/connections/${id}`)
  assert.equal(body.state, 'deleted')
  assert.equal((await verb(server, id, 'cable')).status, 409)
})

test('an order whose question nobody answers for 7 days is deleted', async () => {
  await using server = await startServer(manual)
  const id = await order(server)
  const asked = (await verb(server, id, 'ask', { question: 'Which building?' })).body
  assert.equal(asked.state, 'requested')
  assert.deepEqual([asked.questions[0].question, asked.questions[0].answer], ['Which building?', null])
  assert.match((await verb(server, id, 'ask', { question: 'And?' })).message, /not answered yet/)
  await server.advance(7 * day - 60)
  assert.equal((await operator(server, 'GET', `/connections/${id}`)).body.state, 'requested')
  await server.advance(120)
  assert.equal((await operator(server, 'GET', `/connections/${id}`)).body.state, 'deleted')
  assert.equal((await verb(server, id, 'answer', { text: 'The old one' })).status, 409)
  assert.equal((await verb(server, id, 'approve')).status, 409)
})

test('an answer, and an approval too, end the time to answer', async () => {
  await using server = await startServer(manual)
  const [answered, approved] = [await order(server), await order(server)]
  for (const id of [answered, approved]) await verb(server, id, 'ask', { question: 'Who?' })
  const { body } = await verb(server, answered, 'answer', { text: 'We' })
  assert.equal(body.deletedAt, null)
  assert.deepEqual([body.questions[0].answer, body.questions[0].answeredAt !== null], ['We', true])
  assert.match((await verb(server, answered, 'answer', { text: 'We' })).message, /no question/)
  await verb(server, approved, 'approve')
  await server.advance(8 * day)
  assert.equal((await operator(server, 'GET', `/connections/${answered}`)).body.state, 'requested')
  assert.equal((await operator(server, 'GET', `/connections/${approved}`)).body.state, 'pending')
  assert.equal((await verb(server, answered, 'ask', { question: 'Sure?' })).body.questions.length, 2)
})

test('with automatic provisioning an approval comes early, and a question puts it off until the answer', async () => {
  await using server = await startServer({ timing: 'fast' })
  const early = await order(server)
  const asked = await order(server)
  assert.equal((await verb(server, early, 'approve')).body.state, 'pending')
  await verb(server, asked, 'ask', { question: 'Who?' })
  await server.advance(60)
  const states = async () =>
    Promise.all([early, asked].map(async (id) => (await operator(server, 'GET', `/connections/${id}`)).body.state))
  assert.deepEqual(await states(), ['available', 'requested'])
  await verb(server, asked, 'answer', { text: 'We' })
  await server.advance(60)
  assert.deepEqual(await states(), ['available', 'available'])

  const approvedInstead = await order(server)
  await verb(server, approvedInstead, 'ask', { question: 'Who?' })
  await verb(server, approvedInstead, 'approve')
  await server.advance(60)
  assert.equal((await operator(server, 'GET', `/connections/${approvedInstead}`)).body.state, 'available')
})

test('a rejected order is deleted for its customer too, and its port is free', async () => {
  await using server = await startServer(manual)
  const id = await order(server)
  const { body } = await verb(server, id, 'reject')
  assert.equal(body.state, 'deleted')
  assert.equal(body.billingStartsAt, null)
  const seen = await server.client('111122223333').send(new DescribeConnectionsCommand({}))
  assert.deepEqual(seen.connections, [])
  const { ports } = await server.operator('GET', `/ports?deviceId=${body.deviceId}&free=false`)
  assert.deepEqual(ports, [])
})

test('a port costs from its first light, at the latest 90 days after the order', async () => {
  await using server = await startServer(manual)
  const [lit, dark] = [await order(server), await order(server)]
  for (const id of [lit, dark]) await verb(server, id, 'approve')
  await server.advance(10 * day)
  await verb(server, lit, 'cable')
  const first = (await operator(server, 'GET', `/connections/${lit}`)).body
  assert.equal(first.billingStartsAt, first.link.firstUpAt)
  const second = (await operator(server, 'GET', `/connections/${dark}`)).body
  assert.equal(Date.parse(second.billingStartsAt) - Date.parse(second.createdAt), 90 * day * 1_000)
})

test('a hosted connection costs from its acceptance on', async () => {
  await using server = await startServer({ timing: 'fast' })
  const interconnect = new CreateInterconnectCommand({
    location: 'EqDC2',
    bandwidth: '10Gbps',
    interconnectName: 'ours',
  })
  const { interconnectId } = await server.client('partner').send(interconnect)
  await server.advance(60)
  const { connectionId = '' } = await server.client('partner').send(
    new AllocateHostedConnectionCommand({
      connectionId: interconnectId,
      ownerAccount: '111122223333',
      bandwidth: '1Gbps',
      connectionName: 'slice',
      vlan: 7,
    }),
  )
  const read = async () => (await operator(server, 'GET', `/connections/${connectionId}`)).body
  assert.deepEqual([(await read()).state, (await read()).billingStartsAt], ['ordering', null])
  assert.match((await verb(server, connectionId, 'approve')).message, /is ordering/)
  await server.advance(100 * day)
  await server.client('111122223333').send(new ConfirmConnectionCommand({ connectionId }))
  await server.advance(60)
  const accepted = await read()
  assert.equal(accepted.state, 'available')
  assert.ok(accepted.acceptedAt !== null)
  assert.equal(accepted.billingStartsAt, accepted.acceptedAt)
  assert.match((await verb(server, connectionId, 'cable')).message, /is a hosted connection/)
})

test("the list has every account's connections, of one state or account where asked, page by page", async () => {
  await using server = await startServer(manual)
  const ids = [await order(server), await order(server, '444455556666'), await order(server)]
  await verb(server, ids[1] ?? '', 'approve')
  const listed = async (query: string): Promise<readonly string[]> => {
    const { body } = await operator(server, 'GET', `/connections${query}`)
    return body.connections.map((connection: { connectionId: string }) => connection.connectionId)
  }
  assert.deepEqual(await listed(''), ids)
  assert.deepEqual(await listed('?state=pending'), [ids[1]])
  assert.deepEqual(await listed('?state=requested'), [ids[0], ids[2]])
  assert.deepEqual(await listed('?accountId=444455556666'), [ids[1]])

  const first = (await operator(server, 'GET', '/connections?state=requested&limit=1')).body
  assert.deepEqual([first.connections.length, first.connections[0].connectionId], [1, ids[0]])
  const second = (await operator(server, 'GET', `/connections?state=requested&limit=1&nextToken=${first.nextToken}`))
    .body
  assert.deepEqual([second.connections[0].connectionId, second.nextToken], [ids[2], undefined])
})

test('an interconnect is approved and cabled like any order', async () => {
  await using server = await startServer(manual)
  const command = new CreateInterconnectCommand({ location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'ours' })
  const { interconnectId = '' } = await server.client('partner').send(command)
  await verb(server, interconnectId, 'approve')
  const { body } = await verb(server, interconnectId, 'cable')
  assert.deepEqual([body.role, body.state], ['interconnect', 'available'])
})

test('the letter can be downloaded once the operator has approved, and the download shows', async () => {
  await using server = await startServer(manual)
  const id = await order(server)
  const client = server.client('111122223333')
  await assert.rejects(client.send(new DescribeLoaCommand({ connectionId: id })))
  await verb(server, id, 'approve')
  await server.advance(5)
  await client.send(new DescribeLoaCommand({ connectionId: id }))
  const { body } = await operator(server, 'GET', `/connections/${id}`)
  assert.ok(Date.parse(body.loaIssuedAt) > Date.parse(body.approvedAt))
})

test('a verb on a connection that does not exist is a 404', async () => {
  await using server = await startServer(manual)
  for (const [name, body] of [['approve'], ['ask', { question: '?' }], ['answer', { text: '!' }], ['cable']] as const) {
    const { status, code, message } = await verb(server, 'dxcon-ffffffff', name, body)
    assert.deepEqual([status, code, message], [404, 'NotFound', "There is no connection 'dxcon-ffffffff'"])
  }
})
