import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteConnectionCommand } from '@aws-sdk/client-direct-connect'
import { startServer } from '../../tools/server.ts'
import { apply } from '../../tools/terraform.ts'
import { configure } from '../../tools/terraform-provider.ts'
import { dxConnection } from './resources/aws-dx-connection.ts'

const account = '111122223333'
const config = { name: 'tf-acc-test', location: 'EqDC2', bandwidth: '1Gbps' }

test('aws_dx_connection: made, tagged, imported and destroyed', async () => {
  await using server = await startServer({ timing: 'fast' })
  const provider = await configure(server, account)
  const connection = await apply(provider, dxConnection, { ...config, tags: { key1: 'value1' } })
  await server.advance(5)
  assert.deepEqual(await connection.plan(), [])
  const { arn, aws_device, ...state } = connection.state()
  console.log(state)
  assert.match(arn, /^arn:aws:directconnect:us-east-1:111122223333:dxcon\/dxcon-.+$/)
  await connection.import()
  await connection.update({ tags: { key1: 'changed', key2: 'value2' } })
  await connection.update({ tags: { key2: 'value2' } })
  await connection.import()
  await connection.destroy()
})
