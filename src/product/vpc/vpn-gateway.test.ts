import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateDirectConnectGatewayAssociationCommand,
  CreateDirectConnectGatewayCommand,
  DescribeDirectConnectGatewayAssociationsCommand,
} from '@aws-sdk/client-direct-connect'
import {
  AssociateVpcCidrBlockCommand,
  AttachVpnGatewayCommand,
  CreateVpcCommand,
  CreateVpnGatewayCommand,
  type CreateVpnGatewayCommandInput,
  DeleteVpcCommand,
  DeleteVpnGatewayCommand,
  DescribeRouteTablesCommand,
  DescribeVpnGatewaysCommand,
  DetachVpnGatewayCommand,
  DisableVgwRoutePropagationCommand,
  type EC2Client,
  EnableVgwRoutePropagationCommand,
} from '@aws-sdk/client-ec2'
import { ec2, present, refused } from '../../../test/tools/companions.ts'
import { startServer } from '../../../test/tools/server.ts'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import { create } from '../operation.ts'
import { example } from '../virtual-interfaces/example.test-fixture.ts'
import { CreateVpnGateway } from './create-vpn-gateway.ts'
import { DeleteVpnGateway } from './delete-vpn-gateway.ts'
import { virtualGatewayFor } from './gateway-named.ts'

const vpc = async (client: EC2Client, CidrBlock = '10.0.0.0/16') =>
  present((await client.send(new CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId)
const gateway = async (client: EC2Client, input: Partial<CreateVpnGatewayCommandInput> = {}) =>
  present((await client.send(new CreateVpnGatewayCommand({ Type: 'ipsec.1', ...input }))).VpnGateway?.VpnGatewayId)
const read = async (client: EC2Client, VpnGatewayId: string) =>
  present((await client.send(new DescribeVpnGatewaysCommand({ VpnGatewayIds: [VpnGatewayId] }))).VpnGateways?.[0])

test('a virtual private gateway is made, attached, detached and deleted, and shows each step', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = ec2(server)
  const VpcId = await vpc(client)
  const VpnGatewayId = await gateway(client, { AvailabilityZone: '' })
  assert.match(VpnGatewayId, /^vgw-[0-9a-f]{17}$/)
  const pair = { VpcId, VpnGatewayId }
  const state = async () => {
    const { State, VpcAttachments } = await read(client, VpnGatewayId)
    return [State, ...(VpcAttachments ?? []).map((attachment) => attachment.State)]
  }
  assert.deepEqual(await state(), ['pending'])
  await server.advance(1)
  assert.deepEqual(await state(), ['available'])
  const { VpcAttachment } = await client.send(new AttachVpnGatewayCommand(pair))
  assert.deepEqual(VpcAttachment, { State: 'attaching', VpcId })
  await server.advance(1)
  assert.deepEqual(await state(), ['available', 'attached'])
  await refused(client.send(new DeleteVpcCommand({ VpcId })), 'DependencyViolation')
  await refused(
    client.send(new DeleteVpnGatewayCommand({ VpnGatewayId })),
    'IncorrectState',
    /^The VPN gateway is in use\.$/,
  )

  await client.send(new DetachVpnGatewayCommand(pair))
  assert.deepEqual(await state(), ['available', 'detaching'])
  await refused(client.send(new DeleteVpnGatewayCommand({ VpnGatewayId })), 'IncorrectState')
  await server.advance(1)
  assert.deepEqual(await state(), ['available', 'detached'])
  await refused(client.send(new DetachVpnGatewayCommand(pair)), 'InvalidVpnGatewayAttachment.NotFound')
  await client.send(new DeleteVpnGatewayCommand({ VpnGatewayId }))
  assert.deepEqual((await state())[0], 'deleting')
  await server.advance(1)
  assert.deepEqual((await state())[0], 'deleted')
  await refused(
    client.send(new AttachVpnGatewayCommand(pair)),
    'InvalidVpnGatewayID.NotFound',
    /The vpnGateway ID 'vgw-.*' does not exist/,
  )
  await server.advance(15 * 60)
  await refused(read(client, VpnGatewayId), 'InvalidVpnGatewayID.NotFound')
  await client.send(new DeleteVpcCommand({ VpcId }))
})

test('one VPC a gateway and one gateway a VPC, and attaching again changes nothing', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const [first, second] = [await vpc(client), await vpc(client)]
  const [one, two] = [await gateway(client), await gateway(client)]
  const attach = (VpcId: string, VpnGatewayId: string) =>
    client.send(new AttachVpnGatewayCommand({ VpcId, VpnGatewayId }))
  await attach(first, one)
  assert.equal((await attach(first, one)).VpcAttachment?.State, 'attached')
  await refused(attach(second, one), 'VpnGatewayAttachmentLimitExceeded')
  await refused(
    attach(first, two),
    'InvalidVpcState',
    /^VPC vpc-.* is currently attached to the Virtual Private Gateway\.$/,
  )
  await attach(second, two)
  const { VpnGateways: found } = await client.send(
    new DescribeVpnGatewaysCommand({
      Filters: [
        { Name: 'attachment.vpc-id', Values: [second] },
        { Name: 'attachment.state', Values: ['attached'] },
      ],
    }),
  )
  assert.deepEqual(
    found?.map((each) => each.VpnGatewayId),
    [two],
  )
})

test('the ASN of a virtual private gateway is private, or one of the four that came before', async () => {
  await using server = await startServer({ timing: 'instant', quotas: 'none' })
  const client = ec2(server)
  assert.equal((await read(client, await gateway(client))).AmazonSideAsn, 64512)
  for (const AmazonSideAsn of [64512, 65534, 4200000000, 4294967294, 7224, 17493])
    assert.equal((await read(client, await gateway(client, { AmazonSideAsn }))).AmazonSideAsn, AmazonSideAsn)
  for (const AmazonSideAsn of [1, 64511, 65535, 4199999999, 4294967295])
    await refused(gateway(client, { AmazonSideAsn }), 'InvalidParameterValue', /amazonSideAsn/)
})

test('an account has five virtual private gateways in a Region; those that are deleted do not count', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const ids = []
  for (let i = 0; i < 5; i++) ids.push(await gateway(client))
  await refused(gateway(client), 'VpnGatewayLimitExceeded')
  await client.send(new DeleteVpnGatewayCommand({ VpnGatewayId: ids[0] }))
  await gateway(client)
})

test('a virtual private gateway that a virtual interface of its owner ends on cannot be deleted', async () => {
  const { changes } = await CreateVpnGateway(snapshotAfter([]), { Type: 'ipsec.1' })
  const made = changes.flatMap((change) =>
    change.do === 'create' && change.kind === 'vpn-gateway' ? [change.record] : [],
  )[0]
  const VpnGatewayId = present(made).id
  const vif = { ...example, virtualGatewayId: VpnGatewayId }
  const used = snapshotAfter([...changes, create('virtual-interface', vif)])
  await assert.rejects(DeleteVpnGateway(used, { VpnGatewayId }), { code: 'IncorrectState' })
  const free = snapshotAfter([...changes, create('virtual-interface', { ...vif, deletedAt: 0 })])
  assert.equal((await DeleteVpnGateway(free, { VpnGatewayId })).changes.length, 1)
  // Anybody who keeps no gateways here may write its id into an order, which must not take it hostage.
  const named = snapshotAfter([...changes, create('virtual-interface', { ...vif, ownerAccount: '444455556666' })])
  assert.equal((await DeleteVpnGateway(named, { VpnGatewayId })).changes.length, 1)
})

test('a virtual interface names a gateway of its account and Region, or with external gateways any well-formed id', async () => {
  const { changes } = await CreateVpnGateway(snapshotAfter([]), { Type: 'ipsec.1' })
  const known = snapshotAfter(changes.map((change) => renamed(change, 'vgw-0123456789abcdef0')))
  assert.equal((await virtualGatewayFor(known, 'vgw-0123456789abcdef0')).record?.ownerAccount, '111122223333')
  const message = 'The VirtualGateway vgw-0123456789abcdef0 does not exist.'
  for (const caller of [
    { accountId: '444455556666', region: 'us-east-1' },
    { accountId: '111122223333', region: 'eu-west-1' },
  ])
    await assert.rejects(virtualGatewayFor({ ...known, caller }, 'vgw-0123456789abcdef0'), { message })
  await assert.rejects(virtualGatewayFor(snapshotAfter([]), 'vgw-0123456789abcdef0'), { message })

  const open = { ...known, settings: { ...known.settings, externalGateways: true } }
  assert.deepEqual(await virtualGatewayFor(open, 'vgw-9a8b7c6d'), { id: 'vgw-9a8b7c6d', record: null })
  for (const id of ['vgw-9', 'tgw-9a8b7c6d', 'vgw-9A8B7C6D', 'vgw-', ''])
    await assert.rejects(virtualGatewayFor(open, id), { message: /does not exist/ })
})

test('routes of a gateway are propagated into tables of its VPC for as long as it is attached', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const [VpcId, VpnGatewayId] = [await vpc(client), await gateway(client)]
  const tables = async () =>
    present(
      (
        await client.send(
          new DescribeRouteTablesCommand({
            Filters: [
              { Name: 'association.main', Values: ['true'] },
              { Name: 'vpc-id', Values: [VpcId] },
            ],
          }),
        )
      ).RouteTables?.[0],
    )
  const table = await tables()
  assert.deepEqual(table.Routes, [
    { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' },
  ])
  const pair = { RouteTableId: table.RouteTableId, GatewayId: VpnGatewayId }
  await refused(client.send(new EnableVgwRoutePropagationCommand(pair)), 'Gateway.NotAttached')
  await client.send(new AttachVpnGatewayCommand({ VpcId, VpnGatewayId }))
  await client.send(new EnableVgwRoutePropagationCommand(pair))
  assert.deepEqual((await tables()).PropagatingVgws, [{ GatewayId: VpnGatewayId }])
  await client.send(new DisableVgwRoutePropagationCommand(pair))
  assert.deepEqual((await tables()).PropagatingVgws, [])
  await client.send(new EnableVgwRoutePropagationCommand(pair))
  await client.send(new DetachVpnGatewayCommand({ VpcId, VpnGatewayId }))
  await client.send(new DescribeVpnGatewaysCommand({}))
  await client.send(new AttachVpnGatewayCommand({ VpcId, VpnGatewayId }))
  assert.deepEqual((await tables()).PropagatingVgws, [], 'not even once it is attached again')
})

test('VPCs behind one Direct Connect gateway stay apart when they get more blocks, and leave it when their gateway is detached', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = ec2(server)
  const dx = server.client('111122223333')
  const { directConnectGateway } = await dx.send(
    new CreateDirectConnectGatewayCommand({ directConnectGatewayName: 'x' }),
  )
  const directConnectGatewayId = directConnectGateway?.directConnectGatewayId
  const behind = async (cidr: string) => {
    const pair = { VpcId: await vpc(client, cidr), VpnGatewayId: await gateway(client) }
    await client.send(new AttachVpnGatewayCommand(pair))
    await dx.send(
      new CreateDirectConnectGatewayAssociationCommand({ directConnectGatewayId, gatewayId: pair.VpnGatewayId }),
    )
    return pair
  }
  const [first, second] = [await behind('10.0.0.0/16'), await behind('10.1.0.0/16')]
  const extend = (CidrBlock: string) =>
    client.send(new AssociateVpcCidrBlockCommand({ VpcId: second.VpcId, CidrBlock }))
  await refused(
    extend('10.0.128.0/24'),
    'InvalidVpc.Range',
    /overlaps another VPC behind the same Direct Connect gateway/,
  )
  await extend('10.2.0.0/16')

  await client.send(new DetachVpnGatewayCommand(first))
  const { directConnectGatewayAssociations: left } = await dx.send(
    new DescribeDirectConnectGatewayAssociationsCommand({ directConnectGatewayId }),
  )
  assert.deepEqual(
    left?.filter((each) => each.associationState === 'associated').map((each) => each.associatedGateway?.id),
    [second.VpnGatewayId],
  )
  await extend('10.0.128.0/24')
  await client.send(new DeleteVpnGatewayCommand({ VpnGatewayId: first.VpnGatewayId }))
})

function renamed(change: Awaited<ReturnType<typeof CreateVpnGateway>>['changes'][number], id: string) {
  if (change.do !== 'create' || change.kind !== 'vpn-gateway') throw new Error('a gateway is made')
  return create('vpn-gateway', { ...change.record, id })
}
