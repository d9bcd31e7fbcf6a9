import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfirmCustomerAgreementCommand, DescribeCustomerMetadataCommand } from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'

const agreementName = 'Crossconnect Direct Connect Agreement'
const describe = () => new DescribeCustomerMetadataCommand({})
const sign = (name?: string) => new ConfirmCustomerAgreementCommand({ agreementName: name })

test('an agreement is unsigned until the account signs it, by name or without one', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [first, second, other] = ['111122223333', 'partner', '222233334444'].map((key) => server.client(key))
  assert.ok(first && second && other)
  const before = await first.send(describe())
  assert.deepEqual([before.agreements, before.nniPartnerType], [[{ agreementName, status: 'unsigned' }], 'nonPartner'])
  assert.equal((await first.send(sign())).status, 'signed')
  assert.equal((await second.send(sign(agreementName))).status, 'signed')
  assert.equal((await first.send(sign(agreementName))).status, 'signed')
  for (const client of [first, second])
    assert.deepEqual((await client.send(describe())).agreements, [{ agreementName, status: 'signed' }])
  assert.equal((await second.send(describe())).nniPartnerType, 'v2')
  assert.equal((await other.send(describe())).agreements?.[0]?.status, 'unsigned')
})

test('an agreement that does not exist cannot be signed', async () => {
  await using server = await startServer({ timing: 'instant' })
  for (const name of ['foo', ''])
    await assert.rejects(server.client().send(sign(name)), {
      name: 'DirectConnectClientException',
      message: `Invalid value '${name}' for agreementName: there is no such agreement`,
    })
})
