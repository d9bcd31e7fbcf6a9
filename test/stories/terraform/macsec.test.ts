import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DisassociateMacSecKeyCommand } from '@aws-sdk/client-direct-connect'
import { startServer, type TestServer } from '../../tools/server.ts'
import { apply } from '../../tools/terraform.ts'
import { configure, type Provider } from '../../tools/terraform-provider.ts'
import { dxConnection } from './resources/aws-dx-connection.ts'
import { dxMacsecKeyAssociation } from './resources/aws-dx-macsec-key-association.ts'

const account = '111122223333'
const key = { ckn: '0a'.repeat(32), cak: 'b1'.repeat(32) }

async function encrypted(server: TestServer, provider: Provider, name = 'there already') {
  const config = { name, location: 'EqDC2', bandwidth: '10Gbps', request_macsec: true }
  const connection = await apply(provider, dxConnection, config)
  await server.advance(5)
  return connection
}

test('aws_dx_macsec_key_association: a key by its name comes back without itself', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection = await encrypted(server, provider)
  const connection_id = connection.state().id
  const association = await apply(provider, dxMacsecKeyAssociation, { ...key, connection_id })
  const { id, secret_arn } = association.state()
  assert.equal(id, `${secret_arn}_${connection_id}`)
  assert.match(secret_arn, /^arn:aws:secretsmanager:us-east-1:111122223333:secret:directconnect![^_]+$/)
  await server.advance(5)
  assert.deepEqual(await association.plan(), [])
  assert.equal(association.state().state, 'associated')
  await association.import({ but: ['cak'] })
  const other = await apply(provider, dxMacsecKeyAssociation, { ckn: '0c'.repeat(32), cak: key.cak, connection_id })
  assert.notEqual(other.state().secret_arn, secret_arn, 'the last key of the answer is the new one')
  await other.destroy()

  await connection.update({ encryption_mode: 'must_encrypt' })
  await connection.plan()
  assert.equal(connection.state().port_encryption_status, 'Encryption Up')
  await connection.update({ encryption_mode: 'should_encrypt' })
  await association.destroy()
})

test('aws_dx_macsec_key_association: a secret that was made before is used for another connection', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const first = await encrypted(server, provider, 'first')
  const second = await encrypted(server, provider, 'second')
  const made = await apply(provider, dxMacsecKeyAssociation, { ...key, connection_id: first.state().id })
  const { secret_arn } = made.state()
  const association = await apply(provider, dxMacsecKeyAssociation, { secret_arn, connection_id: second.state().id })
  assert.equal(association.state().ckn, key.ckn)
  await server.advance(5)
  await association.plan()
  await association.import()

  const gone = { connectionId: second.state().id, secretARN: secret_arn }
  await provider.directConnect.send(new DisassociateMacSecKeyCommand(gone))
  await server.advance(5)
  assert.equal(await association.plan(), 'create')
  assert.deepEqual(await made.plan(), [])
  await made.destroy()
  await first.destroy()
})
