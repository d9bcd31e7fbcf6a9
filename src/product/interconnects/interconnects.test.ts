import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocateHostedConnectionCommand,
  CreateConnectionCommand,
  CreateInterconnectCommand,
  CreateLagCommand,
  DeleteInterconnectCommand,
  DescribeInterconnectsCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'
import { enums } from '../../contract/enums.ts'
import { interconnectStateOf } from './show.ts'

const order = (facts: { readonly bandwidth?: string; readonly lagId?: string | undefined } = {}) =>
  new CreateInterconnectCommand({ location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'ours', ...facts })
const refused = (message: string | RegExp) => ({ name: 'DirectConnectClientException', message })

test('a partner orders an interconnect, sees it in the list of interconnects, and deletes it', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const { $metadata: _metadata, ...made } = await partner.send(order())
  assert.deepEqual(made, {
    interconnectId: made.interconnectId,
    interconnectName: 'ours',
    interconnectState: 'requested',
    region: 'us-east-1',
    location: 'EqDC2',
    bandwidth: '10Gbps',
    jumboFrameCapable: false,
    hasLogicalRedundancy: 'unknown',
    tags: [],
    macSecCapable: false,
  })
  const { interconnectId } = made
  const { interconnects } = await partner.send(new DescribeInterconnectsCommand({}))
  assert.deepEqual(
    interconnects?.map((each) => [each.interconnectId, each.interconnectState]),
    [[interconnectId, 'available']],
  )
  const { interconnectState } = await partner.send(new DeleteInterconnectCommand({ interconnectId }))
  assert.equal(interconnectState, 'deleting')
  assert.deepEqual((await partner.send(new DescribeInterconnectsCommand({}))).interconnects, [])
  const one = await partner.send(new DescribeInterconnectsCommand({ interconnectId }))
  assert.equal(one.interconnects?.[0]?.interconnectState, 'deleted')
})

test('only a partner may order interconnects, of 1, 10 or 100 Gbps', async () => {
  await using server = await startServer({ timing: 'instant' })
  await assert.rejects(
    server.client('111122223333').send(order()),
    refused('Account 111122223333 is not a Direct Connect Partner: it cannot create interconnects'),
  )
  const partner = server.client('partner')
  for (const bandwidth of ['1Gbps', '10Gbps', '100Gbps']) await partner.send(order({ bandwidth }))
  for (const bandwidth of ['400Gbps', '500Mbps', ''])
    await assert.rejects(partner.send(order({ bandwidth })), refused(/^Invalid interface speed/))
})

test('an interconnect of another account, or a connection that is none, looks as if it did not exist', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const { interconnectId } = await partner.send(order())
  const wish = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'plain' }
  const { connectionId } = await partner.send(new CreateConnectionCommand(wish))
  const strangers = [
    [server.client('111122223333'), interconnectId],
    [server.client('partner', 'eu-west-1'), interconnectId],
    [partner, connectionId],
  ] as const
  for (const [client, id] of strangers) {
    const missing = refused(`Could not find Interconnect with ID ${id}`)
    await assert.rejects(client.send(new DescribeInterconnectsCommand({ interconnectId: id })), missing)
    await assert.rejects(client.send(new DeleteInterconnectCommand({ interconnectId: id })), missing)
  }
  assert.deepEqual((await server.client('111122223333').send(new DescribeInterconnectsCommand({}))).interconnects, [])
})

test('an interconnect that hosts connections cannot be deleted', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const { interconnectId } = await partner.send(order())
  const slice = { ownerAccount: '111122223333', bandwidth: '50Mbps', connectionName: 'slice', vlan: 5 }
  const { connectionId } = await partner.send(
    new AllocateHostedConnectionCommand({ connectionId: interconnectId, ...slice }),
  )
  await assert.rejects(
    partner.send(new DeleteInterconnectCommand({ interconnectId })),
    refused(`Connection ${interconnectId} cannot be deleted: it hosts Connection ${connectionId}`),
  )
})

test('an interconnect is ordered into a LAG of the partner', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const wish = { location: 'EqDC2', connectionsBandwidth: '10Gbps', numberOfConnections: 1, lagName: 'bundle' }
  const { lagId } = await partner.send(new CreateLagCommand(wish))
  assert.equal((await partner.send(order({ lagId }))).lagId, lagId)
})

test('an interconnect has every state of a connection but those of an offer to a customer', () => {
  for (const state of enums.ConnectionState)
    assert.equal(interconnectStateOf(state), state === 'ordering' || state === 'rejected' ? 'unknown' : state)
})
