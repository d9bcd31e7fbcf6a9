// The story that calls every operation, in the order in which somebody would; who tells it, and through what, is the test's.
import assert from 'node:assert/strict'
import type { OperationName } from '../../src/contract/types.ts'
import type { TestServer } from '../tools/server.ts'

/** One account of a teller of the story, and its way to ask. */
export interface Teller {
  readonly account: string
  // oxlint-disable-next-line typescript/no-explicit-any -- stories look at answers whose types they state themselves
  readonly ask: (operation: OperationName, input?: object) => Promise<any>
  // oxlint-disable-next-line typescript/no-explicit-any -- as above
  readonly ec2: (operation: string, input?: object) => Promise<any>
}

export interface Cast {
  readonly alice: Teller
  readonly bob: Teller
  readonly partner: Teller
  readonly server: TestServer
  /** Until what was ordered, moved or deleted is done. */
  readonly settle: () => Promise<void>
  /** So that two casts of one server have different public addresses. */
  readonly number: number
}

const port = { location: 'EqDC2', bandwidth: '10Gbps', requestMACSec: true, tags: [{ key: 'for', value: 'the story' }] }
const prefixes = (...cidrs: readonly string[]) => cidrs.map((cidr) => ({ cidr }))

/** Of what an account and its ports are; answers two connections that are available. */
async function connections({ alice, settle }: Cast): Promise<readonly [string, string]> {
  const { locations } = await alice.ask('DescribeLocations')
  await alice.ask('ConfirmCustomerAgreement')
  await alice.ask('DescribeCustomerMetadata')

  const here = locations.find((each: { readonly locationCode: string }) => each.locationCode === port.location)
  const [providerName] = here.availableProviders
  const { connectionId } = await alice.ask('CreateConnection', { ...port, connectionName: 'first', providerName })
  const { connectionId: second } = await alice.ask('CreateConnection', { ...port, connectionName: 'second' })
  await settle()
  const { loaContent } = await alice.ask('DescribeLoa', { connectionId })
  assert.match(Buffer.from(loaContent, 'base64').toString('latin1'), /^%PDF-/)
  const { loa } = await alice.ask('DescribeConnectionLoa', { connectionId, providerName: 'Carrier' })
  assert.equal(loa.loaContentType, 'application/pdf')
  await alice.ask('UpdateConnection', { connectionId, connectionName: 'renamed' })
  await alice.ask('UpdateConnectionsBillingMode', { connectionIds: [connectionId], billingMode: 'PayAsYouGo' })
  const { connections: seen } = await alice.ask('DescribeConnections', { connectionId })
  assert.deepEqual([seen[0].connectionName, seen[0].connectionState], ['renamed', 'available'])

  const [ckn, cak] = ['a'.repeat(64), 'b'.repeat(64)]
  const { macSecKeys } = await alice.ask('AssociateMacSecKey', { connectionId, ckn, cak })
  await settle()
  const { nextToken } = await alice.ask('DescribeConnections', { maxResults: 1 })
  await alice.ask('DescribeConnections', { maxResults: 1, nextToken })
  await alice.ask('DisassociateMacSecKey', { connectionId, secretARN: macSecKeys[0].secretARN })

  const resourceArn = `arn:aws:directconnect:us-east-1:${alice.account}:dxcon/${connectionId}`
  await alice.ask('TagResource', { resourceArn, tags: [{ key: 'more', value: '' }] })
  const { resourceTags } = await alice.ask('DescribeTags', { resourceArns: [resourceArn] })
  assert.equal(resourceTags[0].tags.length, 2)
  await alice.ask('UntagResource', { resourceArn, tagKeys: ['more'] })
  return [connectionId, second]
}

async function lag({ alice, settle }: Cast): Promise<string> {
  const { requestMACSec, location, bandwidth: connectionsBandwidth } = port
  const order = { location, connectionsBandwidth, numberOfConnections: 2, requestMACSec, lagName: 'bundle' }
  const { lagId } = await alice.ask('CreateLag', { ...order, childConnectionTags: port.tags, tags: port.tags })
  await settle()
  const { lags } = await alice.ask('DescribeLags', { lagId })
  const { connectionId } = lags[0].connections[0]
  await alice.ask('DisassociateConnectionFromLag', { lagId, connectionId })
  await settle()
  await alice.ask('AssociateConnectionWithLag', { lagId, connectionId })
  await alice.ask('UpdateLag', { lagId, lagName: 'renamed', minimumLinks: 1 })
  await settle()
  const { lags: updated } = await alice.ask('DescribeLags')
  assert.deepEqual([updated[0].lagName, updated[0].numberOfConnections], ['renamed', 2])
  return lagId
}

interface Gateways {
  readonly privateGateway: string
  readonly transitGateway: string
  readonly association: string
}

/** A gateway for private and one for transit virtual interfaces, each with an association. */
async function gateways({ alice, bob, settle }: Cast): Promise<Gateways> {
  const make = async (directConnectGatewayName: string, amazonSideAsn: number): Promise<string> =>
    (await alice.ask('CreateDirectConnectGateway', { directConnectGatewayName, amazonSideAsn, tags: port.tags }))
      .directConnectGateway.directConnectGatewayId
  const privateGateway = await make('private', 64_512)
  const transitGateway = await make('transit', 4_200_000_001)
  await settle()
  const newDirectConnectGatewayName = 'renamed'
  await alice.ask('UpdateDirectConnectGateway', { directConnectGatewayId: privateGateway, newDirectConnectGatewayName })
  const { directConnectGateways } = await alice.ask('DescribeDirectConnectGateways')
  assert.equal(directConnectGateways.length, 2)

  const { Vpc } = await alice.ec2('CreateVpc', { CidrBlock: '10.1.0.0/16' })
  const { VpnGateway } = await alice.ec2('CreateVpnGateway', { Type: 'ipsec.1' })
  await alice.ec2('AttachVpnGateway', { VpcId: Vpc.VpcId, VpnGatewayId: VpnGateway.VpnGatewayId })
  const { virtualGateways } = await alice.ask('DescribeVirtualGateways')
  assert.equal(virtualGateways[0].virtualGatewayId, VpnGateway.VpnGatewayId)
  const { directConnectGatewayAssociation } = await alice.ask('CreateDirectConnectGatewayAssociation', {
    directConnectGatewayId: privateGateway,
    gatewayId: VpnGateway.VpnGatewayId,
    addAllowedPrefixesToDirectConnectGateway: prefixes('10.1.0.0/17'),
  })
  const { associationId: association } = directConnectGatewayAssociation
  await settle()
  await alice.ask('UpdateDirectConnectGatewayAssociation', {
    associationId: association,
    addAllowedPrefixesToDirectConnectGateway: prefixes('10.1.0.0/16'),
    removeAllowedPrefixesToDirectConnectGateway: prefixes('10.1.0.0/17'),
  })
  await settle()

  const { TransitGateway } = await bob.ec2('CreateTransitGateway', { Options: { AmazonSideAsn: 64_513 } })
  const propose = async (): Promise<string> =>
    (
      await bob.ask('CreateDirectConnectGatewayAssociationProposal', {
        directConnectGatewayId: transitGateway,
        directConnectGatewayOwnerAccount: alice.account,
        gatewayId: TransitGateway.TransitGatewayId,
        addAllowedPrefixesToDirectConnectGateway: prefixes('10.2.0.0/16'),
      })
    ).directConnectGatewayAssociationProposal.proposalId
  await bob.ask('DeleteDirectConnectGatewayAssociationProposal', { proposalId: await propose() })
  await settle()
  const proposalId = await propose()
  await alice.ask('DescribeDirectConnectGatewayAssociationProposals', { directConnectGatewayId: transitGateway })
  await alice.ask('AcceptDirectConnectGatewayAssociationProposal', {
    directConnectGatewayId: transitGateway,
    proposalId,
    associatedGatewayOwnerAccount: bob.account,
    overrideAllowedPrefixesToDirectConnectGateway: prefixes('10.2.0.0/16', '10.3.0.0/16'),
  })
  await settle()
  const { directConnectGatewayAssociations } = await alice.ask('DescribeDirectConnectGatewayAssociations', {
    directConnectGatewayId: transitGateway,
  })
  assert.equal(directConnectGatewayAssociations[0].associationState, 'associated')
  await alice.ask('DescribeDirectConnectGatewayAssociations', { associationId: association })
  return { privateGateway, transitGateway, association }
}

interface Carried {
  readonly own: string
  readonly all: readonly string[]
}

/** Virtual interfaces of every type, of the owner of the connection and of another account; `own` is private. */
async function virtualInterfaces(cast: Cast, connectionId: string, others: Gateways): Promise<Carried> {
  const { alice, bob, settle, number } = cast
  const { privateGateway: directConnectGatewayId, transitGateway } = others
  const facts = (virtualInterfaceName: string, vlan: number) => ({ virtualInterfaceName, vlan, asn: 65_000 })
  const publicly = (last: number) => ({
    amazonAddress: `203.0.${113 + number}.${last}/30`,
    customerAddress: `203.0.${113 + number}.${last + 1}/30`,
    routeFilterPrefixes: prefixes(`198.51.${100 + number}.${last - 1}/30`),
  })
  const { virtualInterfaceId: own } = await alice.ask('CreatePrivateVirtualInterface', {
    connectionId,
    newPrivateVirtualInterface: { ...facts('private', 101), directConnectGatewayId, mtu: 9001, tags: port.tags },
  })
  const { virtualInterfaceId: open } = await alice.ask('CreatePublicVirtualInterface', {
    connectionId,
    newPublicVirtualInterface: { ...facts('public', 102), ...publicly(1) },
  })
  const { virtualInterface: transit } = await alice.ask('CreateTransitVirtualInterface', {
    connectionId,
    newTransitVirtualInterface: {
      ...facts('transit', 103),
      directConnectGatewayId: transitGateway,
      rateLimit: '1Gbps',
    },
  })
  await settle()

  const ownerAccount = bob.account
  const { directConnectGateway } = await bob.ask('CreateDirectConnectGateway', { directConnectGatewayName: 'his' })
  const { directConnectGateway: ofTransit } = await bob.ask('CreateDirectConnectGateway', {
    directConnectGatewayName: 'of transit',
    amazonSideAsn: 64_514,
  })
  const hosted = await alice.ask('AllocatePrivateVirtualInterface', {
    connectionId,
    ownerAccount,
    newPrivateVirtualInterfaceAllocation: { ...facts('private of his', 104), tags: port.tags },
  })
  const hostedOpen = await alice.ask('AllocatePublicVirtualInterface', {
    connectionId,
    ownerAccount,
    newPublicVirtualInterfaceAllocation: { ...facts('public of his', 105), ...publicly(5) },
  })
  const { virtualInterface: hostedTransit } = await alice.ask('AllocateTransitVirtualInterface', {
    connectionId,
    ownerAccount,
    newTransitVirtualInterfaceAllocation: facts('transit of his', 106),
  })
  await settle()
  await bob.ask('DescribeVirtualInterfaces')
  await bob.ask('ConfirmPrivateVirtualInterface', {
    virtualInterfaceId: hosted.virtualInterfaceId,
    directConnectGatewayId: directConnectGateway.directConnectGatewayId,
  })
  await bob.ask('ConfirmPublicVirtualInterface', { virtualInterfaceId: hostedOpen.virtualInterfaceId })
  await bob.ask('ConfirmTransitVirtualInterface', {
    virtualInterfaceId: hostedTransit.virtualInterfaceId,
    directConnectGatewayId: ofTransit.directConnectGatewayId,
  })
  await settle()
  return {
    own,
    all: [own, open, transit, hosted, hostedOpen, hostedTransit].map((each) => each.virtualInterfaceId ?? each),
  }
}

/** What can be done with a private virtual interface; in the end it is on the other connection. */
async function sessions({ alice, server, settle }: Cast, virtualInterfaceId: string, connectionId: string) {
  await alice.ask('UpdateVirtualInterfaceAttributes', {
    virtualInterfaceId,
    virtualInterfaceName: 'renamed',
    mtu: 1500,
  })
  const newBGPPeer = { addressFamily: 'ipv6', asn: 65_000 }
  const { virtualInterface } = await alice.ask('CreateBGPPeer', { virtualInterfaceId, newBGPPeer })
  await settle()
  const { bgpPeerId } = virtualInterface.bgpPeers.find((each: typeof newBGPPeer) => each.addressFamily === 'ipv6')
  const { virtualInterfaces } = await alice.ask('DescribeVirtualInterfaces', { virtualInterfaceId })
  assert.equal(virtualInterfaces[0].bgpPeers.length, 2)
  const { customerRouterConfig } = await alice.ask('DescribeRouterConfiguration', {
    virtualInterfaceId,
    routerTypeIdentifier: 'CiscoSystemsInc-2900SeriesRouters-IOS124',
  })
  assert.match(customerRouterConfig, /router bgp 65000/)

  await alice.ask('StartBgpFailoverTest', { virtualInterfaceId, bgpPeers: [bgpPeerId], testDurationInMinutes: 10 })
  await alice.ask('StopBgpFailoverTest', { virtualInterfaceId })
  const history = await alice.ask('ListVirtualInterfaceTestHistory', { virtualInterfaceId })
  assert.deepEqual(history.virtualInterfaceTestHistory[0].bgpPeers, [bgpPeerId])
  await server.operator('PUT', `/virtual-interfaces/${virtualInterfaceId}/customer-routes`, {
    routes: [{ cidr: '192.168.0.0/16', asPath: [65_000, 65_001], communities: ['7224:7300'] }],
  })
  await settle()
  const { routes } = await alice.ask('ListVirtualInterfaceRoutes', { virtualInterfaceId })
  assert.deepEqual(
    new Set(routes.map((each: { readonly routeDirection: string }) => each.routeDirection)),
    new Set(['accepted', 'advertised']),
  )
  await alice.ask('DeleteBGPPeer', { virtualInterfaceId, bgpPeerId })
  await settle()
  await alice.ask('AssociateVirtualInterface', { virtualInterfaceId, connectionId })
  await settle()
  const seen = await alice.ask('DescribeDirectConnectGatewayAttachments', { virtualInterfaceId })
  assert.equal(seen.directConnectGatewayAttachments[0].attachmentState, 'attached')
}

/** A partner's interconnects and what is hosted on them, in the new forms and the deprecated ones. */
async function hosting({ alice, partner, settle }: Cast) {
  const make = async (interconnectName: string): Promise<string> =>
    (await partner.ask('CreateInterconnect', { ...port, interconnectName })).interconnectId
  const [interconnectId, other] = [await make('one'), await make('other')]
  await settle()
  await partner.ask('DescribeInterconnectLoa', { interconnectId })
  const { interconnects } = await partner.ask('DescribeInterconnects', { interconnectId })
  assert.equal(interconnects[0].interconnectState, 'available')

  const order = (connectionName: string, vlan: number) => ({
    ownerAccount: alice.account,
    bandwidth: '500Mbps',
    connectionName,
    vlan,
  })
  const { connectionId } = await partner.ask('AllocateHostedConnection', {
    connectionId: interconnectId,
    ...order('hosted', 201),
    tags: port.tags,
  })
  const old = await partner.ask('AllocateConnectionOnInterconnect', { interconnectId, ...order('old', 202) })
  await alice.ask('ConfirmConnection', { connectionId })
  await settle()
  await partner.ask('DescribeHostedConnections', { connectionId: interconnectId })
  const { connections } = await partner.ask('DescribeConnectionsOnInterconnect', { interconnectId })
  assert.equal(connections.length, 2)
  await partner.ask('AssociateHostedConnection', { connectionId, parentConnectionId: other })
  for (const each of [connectionId, old.connectionId]) await partner.ask('DeleteConnection', { connectionId: each })
  await settle()
  for (const each of [interconnectId, other]) await partner.ask('DeleteInterconnect', { interconnectId: each })
}

async function resiliency({ alice, settle }: Cast, ...connectionIdentifiers: readonly string[]) {
  const { resiliencyGroup } = await alice.ask('CreateResiliencyGroup', {
    resiliencyGroupName: 'core',
    intendedResiliencyModel: 'basic-resiliency',
    tags: port.tags,
  })
  const { resiliencyGroupId } = resiliencyGroup
  await settle()
  await alice.ask('UpdateResiliencyGroup', { resiliencyGroupId, resiliencyGroupName: 'renamed' })
  const associate = { resiliencyGroupId, connectionIdentifiers }
  await alice.ask('AssociateConnectionsToResiliencyGroup', associate)
  await settle()
  const { items } = await alice.ask('ListResiliencyGroupAssociations', { resiliencyGroupId })
  assert.equal(items.length, connectionIdentifiers.length)
  await alice.ask('GetResiliencyGroup', { resiliencyGroupId })
  await alice.ask('ListResiliencyGroups')
  await alice.ask('DisassociateConnectionsFromResiliencyGroup', associate)
  await settle()
  await alice.ask('DeleteResiliencyGroup', { resiliencyGroupId })
}

export async function goodbye({ alice, settle }: Cast, world: World) {
  for (const virtualInterfaceId of world.carried.all) await alice.ask('DeleteVirtualInterface', { virtualInterfaceId })
  await alice.ask('DeleteDirectConnectGatewayAssociation', { associationId: world.gateways.association })
  await settle()
  await alice.ask('DeleteDirectConnectGateway', { directConnectGatewayId: world.gateways.privateGateway })
  await alice.ask('DeleteLag', { lagId: world.lagId })
  for (const connectionId of world.connectionIds) await alice.ask('DeleteConnection', { connectionId })
  await settle()
  for (const operation of ['DescribeConnections', 'DescribeLags', 'DescribeVirtualInterfaces'] as const)
    await alice.ask(operation)
}

export interface World {
  readonly connectionIds: readonly [string, string]
  readonly lagId: string
  readonly gateways: Gateways
  readonly carried: Carried
}

export async function beginning(cast: Cast): Promise<World> {
  const connectionIds = await connections(cast)
  const lagId = await lag(cast)
  const made = await gateways(cast)
  const carried = await virtualInterfaces(cast, connectionIds[0], made)
  await sessions(cast, carried.own, connectionIds[1])
  await hosting(cast)
  await resiliency(cast, ...connectionIds)
  return { connectionIds, lagId, gateways: made, carried }
}
