// What went wrong for people who encrypt connections from code, each as a test.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AssociateMacSecKeyCommand,
  CreateConnectionCommand,
  DescribeConnectionsCommand,
  DisassociateMacSecKeyCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../tools/server.ts'
import { available, refused } from '../../tools/virtual-interfaces.ts'

const [ckn, cak] = ['0f'.repeat(32), 'a5'.repeat(32)]

// hashicorp/terraform-provider-aws PR #26274: a key pair that people keep as a secret of their own is no key for Direct
// Connect; the secret that Direct Connect made of a pair is one, also once more.
test('a key was to come from a secret that Direct Connect had not made', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client('111122223333')
  const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'c', requestMACSec: true }
  const connectionId = await available(client, (await client.send(new CreateConnectionCommand(order))).connectionId)
  const own = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:my-macsec-key-a1b2c3'
  await assert.rejects(
    client.send(new AssociateMacSecKeyCommand({ connectionId, secretARN: own })),
    refused(/secretARN: it must be a secret made by Direct Connect/),
  )

  // Terraform takes the last key of the answer for the one that it has just made.
  const made = await client.send(new AssociateMacSecKeyCommand({ connectionId, ckn, cak }))
  const secretARN = made.macSecKeys?.at(-1)?.secretARN
  assert.match(
    secretARN ?? '',
    new RegExp(
      `^arn:aws:secretsmanager:us-east-1:111122223333:secret:directconnect!prod/us-east-1/directconnect/${ckn}-\\w{6}$`,
    ),
  )
  const keys = async () =>
    (await client.send(new DescribeConnectionsCommand({ connectionId }))).connections?.[0]?.macSecKeys ?? []
  assert.deepEqual(
    (await keys()).map((key) => [key.secretARN, key.ckn]),
    [[secretARN, ckn]],
  )
  await client.send(new DisassociateMacSecKeyCommand({ connectionId, secretARN }))
  await server.advance(60)
  const again = await client.send(new AssociateMacSecKeyCommand({ connectionId, secretARN }))
  assert.equal(again.macSecKeys?.at(-1)?.ckn, ckn)
})
