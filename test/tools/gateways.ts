// What tests of gateways begin with: VPCs and the gateways of EC2, ready to be associated.
import assert from 'node:assert/strict'
import {
  CreateDirectConnectGatewayAssociationCommand,
  CreateDirectConnectGatewayAssociationProposalCommand,
  DescribeDirectConnectGatewayAssociationsCommand,
  type DescribeDirectConnectGatewayAssociationsRequest,
  type DirectConnectClient,
  type DirectConnectGatewayAssociation,
} from '@aws-sdk/client-direct-connect'
import {
  AttachVpnGatewayCommand,
  CreateTransitGatewayCommand,
  CreateVpcCommand,
  CreateVpnGatewayCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2'

export async function makeVpc(ec2: EC2Client, cidr: string): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: cidr }))
  assert.ok(Vpc?.VpcId !== undefined)
  return Vpc.VpcId
}

export async function makeLoneVirtualGateway(ec2: EC2Client): Promise<string> {
  const { VpnGateway } = await ec2.send(new CreateVpnGatewayCommand({ Type: 'ipsec.1' }))
  assert.ok(VpnGateway?.VpnGatewayId !== undefined)
  return VpnGateway.VpnGatewayId
}

/** A virtual private gateway that is attached to a new VPC. */
export async function makeVirtualGateway(
  ec2: EC2Client,
  cidr: string,
): Promise<{ readonly virtualGatewayId: string; readonly vpcId: string }> {
  const vpcId = await makeVpc(ec2, cidr)
  const virtualGatewayId = await makeLoneVirtualGateway(ec2)
  await ec2.send(new AttachVpnGatewayCommand({ VpcId: vpcId, VpnGatewayId: virtualGatewayId }))
  return { virtualGatewayId, vpcId }
}

export async function makeTransitGateway(ec2: EC2Client, amazonSideAsn: number): Promise<string> {
  const order = { Options: { AmazonSideAsn: amazonSideAsn } }
  const { TransitGateway } = await ec2.send(new CreateTransitGatewayCommand(order))
  assert.ok(TransitGateway?.TransitGatewayId !== undefined)
  return TransitGateway.TransitGatewayId
}

export const prefixes = (...cidrs: readonly string[]) => cidrs.map((cidr) => ({ cidr }))

export async function associate(
  client: DirectConnectClient,
  directConnectGatewayId: string,
  gatewayId: string,
  ...cidrs: readonly string[]
): Promise<DirectConnectGatewayAssociation> {
  const { directConnectGatewayAssociation: made } = await client.send(
    new CreateDirectConnectGatewayAssociationCommand({
      directConnectGatewayId,
      gatewayId,
      ...(cidrs.length === 0 ? {} : { addAllowedPrefixesToDirectConnectGateway: prefixes(...cidrs) }),
    }),
  )
  assert.ok(made !== undefined)
  return made
}

export async function associationsSeen(
  client: DirectConnectClient,
  filter: DescribeDirectConnectGatewayAssociationsRequest,
): Promise<readonly DirectConnectGatewayAssociation[]> {
  const seen = await client.send(new DescribeDirectConnectGatewayAssociationsCommand(filter))
  return seen.directConnectGatewayAssociations ?? []
}

export const cidrsOf = (association: DirectConnectGatewayAssociation | undefined) =>
  association?.allowedPrefixesToDirectConnectGateway?.map(({ cidr }) => cidr)

/** Asks the owner of a Direct Connect gateway for an association; answers the proposal's id. */
export async function propose(
  client: DirectConnectClient,
  directConnectGatewayId: string,
  directConnectGatewayOwnerAccount: string,
  gatewayId: string,
  ...cidrs: readonly string[]
): Promise<string> {
  const { directConnectGatewayAssociationProposal: made } = await client.send(
    new CreateDirectConnectGatewayAssociationProposalCommand({
      directConnectGatewayId,
      directConnectGatewayOwnerAccount,
      gatewayId,
      ...(cidrs.length === 0 ? {} : { addAllowedPrefixesToDirectConnectGateway: prefixes(...cidrs) }),
    }),
  )
  assert.ok(made?.proposalId !== undefined)
  return made.proposalId
}
