import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ConfirmCustomerAgreementCommand,
  CreateDirectConnectGatewayCommand,
  CreateInterconnectCommand,
  DescribeCustomerMetadataCommand,
  DescribeLocationsCommand,
  DirectConnectClient,
} from '@aws-sdk/client-direct-connect'
import { operator } from '../../test/tools/operator.ts'
import { startServer, type TestServer } from '../../test/tools/server.ts'

const token = { token: 'ours' }
const closed = { developmentCredentials: false, operatorToken: 'ours', timing: 'instant' } as const

function clientOf(server: TestServer, key: { accessKeyId: string; secretAccessKey: string }): DirectConnectClient {
  return new DirectConnectClient({ endpoint: server.url, region: 'us-east-1', credentials: key, maxAttempts: 1 })
}

test('a new account signs with its first key, and no longer when the key is deleted', async () => {
  await using server = await startServer(closed)
  const made = (await operator(server, 'POST', '/accounts', { name: 'Somebody', kind: 'customer' }, token)).body
  assert.match(made.accountId, /^[1-9]\d{11}$/)
  assert.match(made.accessKey.accessKeyId, /^AKIA[A-Z2-7]{16}$/)
  assert.match(made.accessKey.secretAccessKey, /^[A-Za-z0-9+/]{40}$/)
  const client = clientOf(server, made.accessKey)
  await client.send(new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'ours' }))

  const keys = `/accounts/${made.accountId}/access-keys`
  const second = (await operator(server, 'POST', keys, undefined, token)).body
  const listed = (await operator(server, 'GET', keys, undefined, token)).body.accessKeys
  assert.deepEqual(
    listed.map((key: object) => Object.keys(key)),
    [
      ['accessKeyId', 'createdAt'],
      ['accessKeyId', 'createdAt'],
    ],
    'a secret is shown once',
  )
  const gone = await operator(server, 'DELETE', `${keys}/${made.accessKey.accessKeyId}`, undefined, token)
  assert.equal(gone.status, 204)
  await assert.rejects(client.send(new DescribeLocationsCommand({})), { name: 'UnrecognizedClientException' })
  await clientOf(server, second).send(new DescribeLocationsCommand({}))
  assert.equal(
    (await operator(server, 'DELETE', `${keys}/${made.accessKey.accessKeyId}`, undefined, token)).status,
    404,
  )
})

test("a key is deleted in its own account's name only", async () => {
  await using server = await startServer()
  const first = (await operator(server, 'POST', '/accounts', { name: 'A', kind: 'customer' })).body
  const other = (await operator(server, 'POST', '/accounts', { name: 'B', kind: 'customer' })).body
  const path = `/accounts/${other.accountId}/access-keys/${first.accessKey.accessKeyId}`
  assert.equal((await operator(server, 'DELETE', path)).status, 404)
})

test('a partner may own interconnects, a customer may not', async () => {
  await using server = await startServer(closed)
  const order = new CreateInterconnectCommand({ location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'ours' })
  const account = async (body: object) =>
    clientOf(server, (await operator(server, 'POST', '/accounts', body, token)).body.accessKey)
  const partner = await account({ name: 'P', kind: 'partner', nniPartnerType: 'v1' })
  await partner.send(order)
  assert.equal((await partner.send(new DescribeCustomerMetadataCommand({}))).nniPartnerType, 'v1')
  const customer = await account({ name: 'C', kind: 'customer' })
  await assert.rejects(customer.send(order))
  assert.equal((await customer.send(new DescribeCustomerMetadataCommand({}))).nniPartnerType, 'nonPartner')

  const wrong = { name: 'X', kind: 'customer', nniPartnerType: 'v2' }
  assert.match((await operator(server, 'POST', '/accounts', wrong, token)).message, /'v2' for nniPartnerType/)
  const none = { name: 'X', kind: 'partner', nniPartnerType: 'nonPartner' }
  assert.equal((await operator(server, 'POST', '/accounts', none, token)).status, 400)
})

test('an account is made once; one that only had credentials can still be described', async () => {
  await using server = await startServer()
  const body = { accountId: '123456789012', name: 'Known', kind: 'partner' }
  // Signing an agreement leaves a record, but nobody has said who the account is.
  await server.client('123456789012').send(new ConfirmCustomerAgreementCommand({}))
  const made = await operator(server, 'POST', '/accounts', body)
  assert.deepEqual([made.status, made.body.name, made.body.agreements.length], [201, 'Known', 1])
  assert.equal((await operator(server, 'POST', '/accounts', body)).status, 409)
  assert.equal((await operator(server, 'POST', '/accounts', { ...body, accountId: '111111111111' })).status, 409)
  for (const accountId of ['12345678901', '1234567890123', '12345678901a', '１２３４５６７８９０１２'])
    assert.equal((await operator(server, 'POST', '/accounts', { ...body, accountId })).status, 400)
  assert.deepEqual((await operator(server, 'GET', '/accounts/123456789012')).body.nniPartnerType, 'v2')
})

test('a raised quota holds for one account, and null takes it back', async () => {
  await using server = await startServer({ timing: 'instant' })
  const make = (account: string) =>
    server.client(account).send(new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'one more' }))
  const quotas = (body: object) => operator(server, 'PUT', '/accounts/123456789012/quotas', body)
  assert.deepEqual((await quotas({ gatewaysPerAccount: 1 })).body.quotas, { gatewaysPerAccount: 1 })
  await make('123456789012')
  await assert.rejects(make('123456789012'), { message: /limit of 1 / })
  await make('999999999999')
  await make('999999999999')
  assert.deepEqual((await quotas({ lagsPerRegion: 20 })).body.quotas, { gatewaysPerAccount: 1, lagsPerRegion: 20 })
  assert.deepEqual((await quotas({ gatewaysPerAccount: null })).body.quotas, { lagsPerRegion: 20 })
  await make('123456789012')

  assert.match((await quotas({ gatewaysPerMonth: 3 })).message, /no member 'gatewaysPerMonth'/)
  assert.match((await quotas({ lagsPerRegion: -1 })).message, /-1 for lagsPerRegion/)
  assert.match((await quotas({})).message, /at least one member/)
})

test('an account that nobody has is a 404, unless every twelve digits are one', async () => {
  await using server = await startServer(closed)
  for (const [method, path, body] of [
    ['GET', ''],
    ['GET', '/access-keys'],
    ['POST', '/access-keys'],
    ['PUT', '/quotas', { lagsPerRegion: 1 }],
    ['GET', '/public-paths?region=us-east-1&destination=198.51.100.1'],
  ] as const)
    assert.equal((await operator(server, method, `/accounts/123456789012${path}`, body, token)).status, 404)
  await using open = await startServer()
  assert.equal((await operator(open, 'POST', '/accounts/123456789012/access-keys')).status, 201)
  assert.equal((await operator(open, 'POST', '/accounts/somebody/access-keys')).status, 404)
  const paths = (account: string) =>
    operator(open, 'GET', `/accounts/${account}/public-paths?region=us-east-1&destination=198.51.100.1`)
  assert.deepEqual([(await paths('somebody')).status, (await paths('123456789012')).status], [404, 200])
})
