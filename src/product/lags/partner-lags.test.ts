import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AllocateHostedConnectionCommand,
  AssociateConnectionWithLagCommand,
  ConfirmConnectionCommand,
  CreateInterconnectCommand,
  CreateLagCommand,
  DeleteLagCommand,
  DescribeConnectionsCommand,
  DescribeHostedConnectionsCommand,
  DescribeInterconnectsCommand,
  type DirectConnectClient,
  DisassociateConnectionFromLagCommand,
  UpdateLagCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'

const customer = '111122223333'

const lag = (facts: { connectionId?: string; numberOfConnections: number }) =>
  new CreateLagCommand({ location: 'EqDC2', connectionsBandwidth: '10Gbps', lagName: 'bundle', ...facts })

const refused = (message: string | RegExp) => ({ name: 'DirectConnectClientException', message })

async function interconnect(partner: DirectConnectClient, lagId?: string): Promise<string> {
  const order = { location: 'EqDC2', bandwidth: '10Gbps', interconnectName: 'port', lagId }
  return (await partner.send(new CreateInterconnectCommand(order))).interconnectId ?? ''
}

async function interconnects(partner: DirectConnectClient) {
  return (await partner.send(new DescribeInterconnectsCommand({}))).interconnects ?? []
}

async function host(partner: DirectConnectClient, connectionId: string, vlan: number): Promise<string> {
  const slice = { connectionId, vlan, ownerAccount: customer, bandwidth: '1Gbps', connectionName: 'slice' }
  return (await partner.send(new AllocateHostedConnectionCommand(slice))).connectionId ?? ''
}

async function seenBy(client: DirectConnectClient, connectionId: string) {
  return (await client.send(new DescribeConnectionsCommand({ connectionId }))).connections?.[0]
}

test("a partner's LAG hosts connections; those of an interconnect that it is made from come along", async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const client = server.client(customer)
  const port = await interconnect(partner)
  const accepted = await host(partner, port, 100)
  await client.send(new ConfirmConnectionCommand({ connectionId: accepted }))
  const offered = await host(partner, port, 101)
  assert.equal((await seenBy(client, accepted))?.connectionState, 'available')

  const made = await partner.send(lag({ connectionId: port, numberOfConnections: 2 }))
  assert.equal(made.allowsHostedConnections, true)
  const lagId = made.lagId ?? ''
  const moved = await seenBy(client, accepted)
  assert.deepEqual([moved?.lagId, moved?.connectionState, moved?.awsDeviceV2], [lagId, 'available', made.awsDeviceV2])
  assert.equal((await seenBy(client, offered))?.connectionState, 'ordering')
  const hosted = await partner.send(new DescribeHostedConnectionsCommand({ connectionId: lagId }))
  assert.deepEqual(
    hosted.connections?.map((each) => each.connectionId),
    [accepted, offered],
  )
  assert.equal((await interconnects(partner))[0]?.lagId, lagId)
  await assert.rejects(host(partner, lagId, 100), refused('VLAN 100 is already in use'))
  await assert.rejects(
    partner.send(new DeleteLagCommand({ lagId })),
    refused(`Lag ${lagId} cannot be deleted: ${accepted} is associated with it`),
  )
})

test("a partner's connection that leaves a LAG becomes an interconnect, and what is hosted stays with the LAG", async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const made = await partner.send(lag({ numberOfConnections: 2 }))
  const lagId = made.lagId ?? ''
  const slice = await host(partner, lagId, 100)
  const [first, second] = (made.connections ?? []).map((each) => each.connectionId ?? '')
  assert.deepEqual(await interconnects(partner), [])
  await partner.send(new DisassociateConnectionFromLagCommand({ connectionId: first, lagId }))
  const alone = await interconnects(partner)
  assert.deepEqual(
    alone.map((each) => [each.interconnectId, each.lagId]),
    [[first, undefined]],
  )
  assert.equal((await seenBy(server.client(customer), slice))?.lagId, lagId)

  const { lagId: empty } = await partner.send(lag({ numberOfConnections: 1 }))
  await partner.send(new DeleteLagCommand({ lagId: empty }))
  assert.equal((await interconnects(partner)).length, 2)
  assert.equal((await seenBy(partner, second ?? ''))?.lagId, lagId)
})

test('an interconnect joins a LAG only if no VLAN on it is taken there; one from another LAG brings nothing', async () => {
  await using server = await startServer({ timing: 'instant' })
  const partner = server.client('partner')
  const ports = []
  for (let n = 0; n < 4; n++) ports.push(await interconnect(partner))
  const byDevice = Map.groupBy(await interconnects(partner), (each) => each.awsDeviceV2)
  const [[one = '', two = ''] = []] = [...byDevice.values()].map((some) =>
    some.map((each) => each.interconnectId ?? ''),
  )
  const first = await partner.send(lag({ connectionId: one, numberOfConnections: 1 }))
  const lagId = first.lagId ?? ''
  const there = await host(partner, lagId, 100)
  const here = await host(partner, two, 100)
  const join = (connectionId: string, to: string | undefined) =>
    partner.send(new AssociateConnectionWithLagCommand({ connectionId, lagId: to }))
  await assert.rejects(join(two, lagId), refused(`VLAN 100 of ${here} is already in use on Lag ${lagId}`))

  const other = await partner.send(lag({ connectionId: two, numberOfConnections: 1 }))
  assert.equal((await join(two, lagId)).lagId, lagId)
  const client = server.client(customer)
  assert.equal((await seenBy(client, here))?.lagId, other.lagId)
  assert.equal((await seenBy(client, there))?.lagId, lagId)
})

test('what a LAG hosts is down, not pending, when the members that were up leave or more links are needed', async () => {
  await using server = await startServer({ timing: 'instant', provisioning: 'manual' })
  const partner = server.client('partner')
  const client = server.client(customer)
  const { lagId = '', connections = [] } = await partner.send(lag({ numberOfConnections: 2 }))
  const [one = '', other = ''] = connections.map((each) => each.connectionId ?? '')
  for (const step of ['approve', 'cable']) await server.operator('POST', `/connections/${one}/${step}`)
  const slice = await host(partner, lagId, 100)
  await client.send(new ConfirmConnectionCommand({ connectionId: slice }))
  const state = async () => (await seenBy(client, slice))?.connectionState
  assert.equal(await state(), 'available')

  const needs = (minimumLinks: number) => partner.send(new UpdateLagCommand({ lagId, minimumLinks }))
  assert.equal((await needs(2)).lagState, 'down')
  assert.equal(await state(), 'down')
  await needs(0)
  assert.equal(await state(), 'available')
  await partner.send(new DisassociateConnectionFromLagCommand({ connectionId: one, lagId }))
  assert.equal(await state(), 'down')
  for (const step of ['approve', 'cable']) await server.operator('POST', `/connections/${other}/${step}`)
  assert.equal(await state(), 'available')
})

test('an interconnect comes into no LAG that hosts nothing, such as one that its account had before it was a partner', async () => {
  await using server = await startServer({ timing: 'instant' })
  const accountId = '333344445555'
  const partner = server.client(accountId)
  const { lagId = '', awsDeviceV2 } = await partner.send(lag({ numberOfConnections: 1 }))
  await server.operator('POST', '/accounts', { accountId, name: 'Carrier', kind: 'partner' })
  const message = `Lag ${lagId} does not allow hosted connections, so that no interconnect can be in it`
  await assert.rejects(interconnect(partner, lagId), refused(message))
  let port: string | undefined
  while (port === undefined) {
    await interconnect(partner)
    port = (await interconnects(partner)).find((each) => each.awsDeviceV2 === awsDeviceV2)?.interconnectId
  }
  const slice = await host(partner, port, 100)
  const join = partner.send(new AssociateConnectionWithLagCommand({ connectionId: port, lagId }))
  await assert.rejects(join, refused(message))
  assert.equal((await seenBy(server.client(customer), slice))?.lagId, undefined)
})
