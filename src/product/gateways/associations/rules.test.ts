import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateDirectConnectGatewayAssociationProposalCommand,
  DeleteVirtualInterfaceCommand,
  UpdateDirectConnectGatewayAssociationCommand,
} from '@aws-sdk/client-direct-connect'
import { AssociateVpcCidrBlockCommand } from '@aws-sdk/client-ec2'
import { ec2 as ec2Of } from '../../../../test/tools/companions.ts'
import {
  associate,
  cidrsOf,
  makeLoneVirtualGateway,
  makeTransitGateway,
  makeVirtualGateway,
  prefixes,
} from '../../../../test/tools/gateways.ts'
import { startServer } from '../../../../test/tools/server.ts'
import { connect, makeGateway, orderPrivate, orderTransit, refused } from '../../../../test/tools/virtual-interfaces.ts'

const account = '111122223333'

test('a virtual private gateway is attached to a VPC and has one Direct Connect gateway', async () => {
  await using server = await startServer()
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const [first, second] = [await makeGateway(client), await makeGateway(client)]
  const lone = await makeLoneVirtualGateway(ec2)
  await assert.rejects(associate(client, first, lone), refused(`The VirtualGateway ${lone} is not attached to a VPC.`))
  const { virtualGatewayId } = await makeVirtualGateway(ec2, '10.0.0.0/16')
  await associate(client, first, virtualGatewayId)
  await assert.rejects(associate(client, first, virtualGatewayId), refused(/is already associated with/))
  await assert.rejects(associate(client, second, virtualGatewayId), refused(/is already associated with another/))
})

test('VPCs behind one Direct Connect gateway do not overlap, nor do the blocks that they get later', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const gatewayId = await makeGateway(client)
  const first = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const second = await makeVirtualGateway(ec2, '10.0.128.0/17')
  const third = await makeVirtualGateway(ec2, '10.1.0.0/16')
  await associate(client, gatewayId, first.virtualGatewayId)
  await assert.rejects(
    associate(client, gatewayId, second.virtualGatewayId),
    refused(/^The CIDR 10\.0\.128\.0\/17 .* overlaps another VPC/),
  )
  await associate(client, await makeGateway(client), second.virtualGatewayId)
  await associate(client, gatewayId, third.virtualGatewayId)
  const widen = (CidrBlock: string) => ec2.send(new AssociateVpcCidrBlockCommand({ VpcId: third.vpcId, CidrBlock }))
  await assert.rejects(widen('10.0.0.0/20'), { name: 'InvalidVpc.Range' })
  await widen('10.2.0.0/20')
})

test('a transit gateway needs prefixes that overlap those of no other transit gateway', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const gatewayId = await makeGateway(client)
  const first = await makeTransitGateway(ec2, 64600)
  const second = await makeTransitGateway(ec2, 64601)
  await assert.rejects(
    associate(client, gatewayId, first),
    refused('Field addAllowedPrefixesToDirectConnectGateway is required for a transit gateway'),
  )
  const { associationId } = await associate(client, gatewayId, first, '10.0.0.0/8', '10.1.0.0/16', '2001:db8::/32')
  await assert.rejects(
    associate(client, gatewayId, second, '172.16.0.0/12', '10.2.0.0/16'),
    refused(/^Allowed prefix 10\.2\.0\.0\/16 overlaps existing allowed prefix 10\.0\.0\.0\/8/),
  )
  await assert.rejects(associate(client, gatewayId, second, '0.0.0.0/0'), refused(/overlaps existing/))
  await associate(client, gatewayId, second, '172.16.0.0/12')
  const add = (cidr: string) =>
    client.send(
      new UpdateDirectConnectGatewayAssociationCommand({
        associationId,
        addAllowedPrefixesToDirectConnectGateway: prefixes(cidr),
      }),
    )
  await assert.rejects(add('172.16.5.0/24'), refused(/overlaps existing allowed prefix 172\.16\.0\.0\/12/))
  await add('192.168.0.0/16')
  const alone = await associate(client, await makeGateway(client), second, '0.0.0.0/0')
  assert.deepEqual(cidrsOf(alone), ['0.0.0.0/0'])
})

test('the ASN of a transit gateway is not that of the Direct Connect gateway nor of one in another Region', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const [abroad, ec2Abroad] = [server.client(account, 'eu-west-1'), ec2Of(server, account, 'eu-west-1')]
  const gatewayId = await makeGateway(client, 64600)
  const same = await makeTransitGateway(ec2, 64600)
  await assert.rejects(
    associate(client, gatewayId, same, '10.0.0.0/16'),
    refused(/^The ASN 64600 .* must differ from that of Direct Connect Gateway/),
  )
  await associate(client, gatewayId, await makeTransitGateway(ec2, 64601), '10.0.0.0/16')
  const far = await makeTransitGateway(ec2Abroad, 64601)
  await assert.rejects(associate(abroad, gatewayId, far, '10.1.0.0/16'), refused(/in other Regions$/))
  await associate(abroad, gatewayId, await makeTransitGateway(ec2Abroad, 64602), '10.1.0.0/16')
  await associate(client, gatewayId, await makeTransitGateway(ec2, 64601), '10.2.0.0/16')
})

test('a Direct Connect gateway has virtual private gateways and private virtual interfaces, or transit ones', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const { virtualGatewayId } = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const transitGatewayId = await makeTransitGateway(ec2, 64600)
  const [virtual, transit] = [await makeGateway(client), await makeGateway(client)]
  await associate(client, virtual, virtualGatewayId)
  await associate(client, transit, transitGatewayId, '10.0.0.0/8')
  const second = await makeVirtualGateway(ec2, '10.1.0.0/16')
  await assert.rejects(
    associate(client, virtual, transitGatewayId, '10.0.0.0/8'),
    refused(/needs a gateway of its own/),
  )
  await assert.rejects(associate(client, transit, second.virtualGatewayId), refused(/needs a gateway of its own/))

  const connectionId = await connect(client)
  await assert.rejects(
    client.send(orderPrivate(connectionId, { directConnectGatewayId: transit })),
    refused(/is associated with transit gateways: private virtual interfaces need a gateway of their own/),
  )
  await assert.rejects(
    client.send(orderTransit(connectionId, { directConnectGatewayId: virtual })),
    refused(/is associated with virtual private gateways: transit virtual interfaces need a gateway of their own/),
  )
  await client.send(orderPrivate(connectionId, { directConnectGatewayId: virtual }))
  await client.send(orderTransit(connectionId, { directConnectGatewayId: transit }))

  const fresh = await makeGateway(client)
  const order = orderPrivate(connectionId, { directConnectGatewayId: fresh, vlan: 110 })
  const { virtualInterfaceId } = await client.send(order)
  await assert.rejects(
    associate(client, fresh, transitGatewayId, '10.0.0.0/8'),
    refused(/has private virtual interfaces: a transit gateway needs a gateway of its own/),
  )
  await client.send(new DeleteVirtualInterfaceCommand({ virtualInterfaceId }))
})

test('a Direct Connect gateway has at most 20 virtual private gateways or 6 transit gateways, unless a quota is raised', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const raise = (quotas: object) => server.operator('PUT', `/accounts/${account}/quotas`, quotas)
  await raise({ vpcsPerRegion: 50, virtualPrivateGatewaysPerRegion: 50, transitGatewaysPerRegion: 50 })
  const virtual = await makeGateway(client)
  for (let n = 0; n < 20; n++) {
    const { virtualGatewayId } = await makeVirtualGateway(ec2, `10.${n}.0.0/16`)
    await associate(client, virtual, virtualGatewayId)
  }
  const { virtualGatewayId } = await makeVirtualGateway(ec2, '10.20.0.0/16')
  await assert.rejects(
    associate(client, virtual, virtualGatewayId),
    refused(/^You have reached the limit of 20 virtual/),
  )

  const transit = await makeGateway(client)
  for (let n = 0; n < 6; n++)
    await associate(client, transit, await makeTransitGateway(ec2, 64600 + n), `10.${n}.0.0/16`)
  const seventh = await makeTransitGateway(ec2, 64606)
  const more = () => associate(client, transit, seventh, '10.6.0.0/16')
  await assert.rejects(more(), refused(/^You have reached the limit of 6 transit gateways/))
  await raise({ transitGatewaysPerGateway: 7 })
  await more()
})

test('a transit gateway has at most 20 Direct Connect gateways, and 200 allowed prefixes on each', async () => {
  await using server = await startServer({ timing: 'instant' })
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const transitGatewayId = await makeTransitGateway(ec2, 64600)
  const many = (count: number) => Array.from({ length: count }, (_, n) => `10.0.${n}.0/24`)
  const first = await makeGateway(client)
  await assert.rejects(
    associate(client, first, transitGatewayId, ...many(201)),
    refused(/^You have reached the limit of 200 allowed prefixes/),
  )
  const { associationId } = await associate(client, first, transitGatewayId, ...many(200))
  const add = new UpdateDirectConnectGatewayAssociationCommand({
    associationId,
    addAllowedPrefixesToDirectConnectGateway: prefixes('10.1.0.0/24'),
  })
  await assert.rejects(client.send(add), refused(/200 allowed prefixes/))
  for (let n = 1; n < 20; n++) await associate(client, await makeGateway(client), transitGatewayId, '10.0.0.0/8')
  await assert.rejects(
    associate(client, await makeGateway(client), transitGatewayId, '10.0.0.0/8'),
    refused(/^You have reached the limit of 20 Direct Connect gateways on a transit gateway/),
  )
})

test('an association has at most 5,000 allowed prefixes, however many updates make them', async () => {
  await using server = await startServer({ timing: 'instant', quotas: 'none' })
  const [client, ec2] = [server.client(account), ec2Of(server, account)]
  const { virtualGatewayId } = await makeVirtualGateway(ec2, '10.0.0.0/16')
  const gatewayId = await makeGateway(client)
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => `20.${(from + n) >> 8}.${(from + n) & 255}.0/24`)
  const tooMany = refused(
    'Invalid value for addAllowedPrefixesToDirectConnectGateway: an association has at most 5000 allowed prefixes',
  )
  await assert.rejects(associate(client, gatewayId, virtualGatewayId, ...many(0, 5_001)), tooMany)
  const { associationId } = await associate(client, gatewayId, virtualGatewayId, ...many(0, 4_999))
  const add = (...cidrs: readonly string[]) =>
    client.send(
      new UpdateDirectConnectGatewayAssociationCommand({
        associationId,
        addAllowedPrefixesToDirectConnectGateway: prefixes(...cidrs),
      }),
    )
  await assert.rejects(add(...many(4_999, 2)), tooMany)
  await add(...many(4_999, 1))
})

test('a proposal asks for at most 5,000 allowed prefixes', async () => {
  await using server = await startServer({ timing: 'instant' })
  const gatewayId = await makeGateway(server.client(account))
  const { virtualGatewayId } = await makeVirtualGateway(ec2Of(server, '444455556666'), '10.0.0.0/16')
  const propose = new CreateDirectConnectGatewayAssociationProposalCommand({
    directConnectGatewayId: gatewayId,
    directConnectGatewayOwnerAccount: account,
    gatewayId: virtualGatewayId,
    addAllowedPrefixesToDirectConnectGateway: prefixes(
      ...Array.from({ length: 5_001 }, (_, n) => `20.${n >> 8}.${n & 255}.0/24`),
    ),
  })
  await assert.rejects(server.client('444455556666').send(propose), refused(/at most 5000 allowed prefixes/))
})

test('with external gateways, what EC2 does not know here is taken as it is named', async () => {
  await using server = await startServer({ timing: 'instant', externalGateways: true })
  const [client, ec2] = [server.client(account), ec2Of(server, account, 'eu-west-1')]
  const virtual = await associate(client, await makeGateway(client), 'vgw-0123456789abcdef0')
  assert.deepEqual(cidrsOf(virtual), [], 'nobody knows the blocks of its VPC')
  const transit = await makeGateway(client)
  await assert.rejects(associate(client, transit, 'tgw-0123456789abcdef0'), refused(/is required/))
  await associate(client, transit, 'tgw-0123456789abcdef0', '10.0.0.0/8')
  const { virtualGatewayId } = await makeVirtualGateway(ec2, '10.0.0.0/16')
  await assert.rejects(
    associate(client, await makeGateway(client), virtualGatewayId),
    refused(/does not exist/),
    'what is known is in another Region',
  )
})
