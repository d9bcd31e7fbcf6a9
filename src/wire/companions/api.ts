import { AssumeRole } from '../../product/accounts/assume-role.ts'
import { GetCallerIdentity } from '../../product/accounts/get-caller-identity.ts'
import { GetResources } from '../../product/tags/get-resources.ts'
import { AssociateVpcCidrBlock } from '../../product/vpc/associate-vpc-cidr-block.ts'
import { AttachVpnGateway } from '../../product/vpc/attach-vpn-gateway.ts'
import { CreateRouteTable } from '../../product/vpc/create-route-table.ts'
import { CreateSubnet } from '../../product/vpc/create-subnet.ts'
import { CreateTags } from '../../product/vpc/create-tags.ts'
import { CreateTransitGateway } from '../../product/vpc/create-transit-gateway.ts'
import { CreateTransitGatewayVpcAttachment } from '../../product/vpc/create-transit-gateway-vpc-attachment.ts'
import { CreateVpc } from '../../product/vpc/create-vpc.ts'
import { CreateVpnGateway } from '../../product/vpc/create-vpn-gateway.ts'
import { DeleteRouteTable } from '../../product/vpc/delete-route-table.ts'
import { DeleteSubnet } from '../../product/vpc/delete-subnet.ts'
import { DeleteTags } from '../../product/vpc/delete-tags.ts'
import { DeleteTransitGateway } from '../../product/vpc/delete-transit-gateway.ts'
import { DeleteTransitGatewayVpcAttachment } from '../../product/vpc/delete-transit-gateway-vpc-attachment.ts'
import { DeleteVpc } from '../../product/vpc/delete-vpc.ts'
import { DeleteVpnGateway } from '../../product/vpc/delete-vpn-gateway.ts'
import { DescribeAccountAttributes } from '../../product/vpc/describe-account-attributes.ts'
import { DescribeAvailabilityZones } from '../../product/vpc/describe-availability-zones.ts'
import { DescribeNetworkAcls } from '../../product/vpc/describe-network-acls.ts'
import { DescribeNetworkInterfaces } from '../../product/vpc/describe-network-interfaces.ts'
import { DescribeRegions } from '../../product/vpc/describe-regions.ts'
import { DescribeRouteTables } from '../../product/vpc/describe-route-tables.ts'
import { DescribeSecurityGroups } from '../../product/vpc/describe-security-groups.ts'
import { DescribeSubnets } from '../../product/vpc/describe-subnets.ts'
import { DescribeTags } from '../../product/vpc/describe-tags.ts'
import { DescribeTransitGatewayAttachments } from '../../product/vpc/describe-transit-gateway-attachments.ts'
import { DescribeTransitGatewayVpcAttachments } from '../../product/vpc/describe-transit-gateway-vpc-attachments.ts'
import { DescribeTransitGateways } from '../../product/vpc/describe-transit-gateways.ts'
import { DescribeVpcAttribute } from '../../product/vpc/describe-vpc-attribute.ts'
import { DescribeVpcClassicLink } from '../../product/vpc/describe-vpc-classic-link.ts'
import { DescribeVpcs } from '../../product/vpc/describe-vpcs.ts'
import { DescribeVpnGateways } from '../../product/vpc/describe-vpn-gateways.ts'
import { DetachVpnGateway } from '../../product/vpc/detach-vpn-gateway.ts'
import { DisableVgwRoutePropagation } from '../../product/vpc/disable-vgw-route-propagation.ts'
import { DisassociateVpcCidrBlock } from '../../product/vpc/disassociate-vpc-cidr-block.ts'
import { EnableVgwRoutePropagation } from '../../product/vpc/enable-vgw-route-propagation.ts'
import { GetTransitGatewayRouteTableAssociations } from '../../product/vpc/get-transit-gateway-route-table-associations.ts'
import { GetTransitGatewayRouteTablePropagations } from '../../product/vpc/get-transit-gateway-route-table-propagations.ts'
import { ModifyTransitGateway } from '../../product/vpc/modify-transit-gateway.ts'
import { ModifyTransitGatewayVpcAttachment } from '../../product/vpc/modify-transit-gateway-vpc-attachment.ts'
import { ModifyVpcAttribute } from '../../product/vpc/modify-vpc-attribute.ts'
import { type Action, reads, writes } from './action.ts'

type Actions = Readonly<Record<string, Action>>

const Tag = [{ Key: 'string', Value: 'string' }] as const
const TagSpecification = [{ ResourceType: 'string', Tag }] as const
const Filter = [{ Name: 'string', Value: ['string'] }] as const
const pages = { MaxResults: 'integer', NextToken: 'string' } as const
const strings = ['string'] as const
const flag = { Value: 'boolean' } as const
const switches = {
  AutoAcceptSharedAttachments: 'string',
  DefaultRouteTableAssociation: 'string',
  DefaultRouteTablePropagation: 'string',
  VpnEcmpSupport: 'string',
  DnsSupport: 'string',
  SecurityGroupReferencingSupport: 'string',
} as const
const vpcAttachmentSwitches = {
  DnsSupport: 'string',
  SecurityGroupReferencingSupport: 'string',
  Ipv6Support: 'string',
  ApplianceModeSupport: 'string',
} as const

/** The actions of EC2: its name, what it takes beside `DryRun`, and the function that decides it. */
export const ec2: Actions = {
  // VPCs
  CreateVpc: writes(
    { CidrBlock: 'string', AmazonProvidedIpv6CidrBlock: 'boolean', InstanceTenancy: 'string', TagSpecification },
    CreateVpc,
  ),
  DescribeVpcs: reads({ VpcId: strings, Filter, ...pages }, DescribeVpcs),
  DeleteVpc: writes({ 'VpcId*': 'string' }, DeleteVpc),
  ModifyVpcAttribute: writes(
    {
      'VpcId*': 'string',
      EnableDnsSupport: flag,
      EnableDnsHostnames: flag,
      EnableNetworkAddressUsageMetrics: flag,
    },
    ModifyVpcAttribute,
  ),
  DescribeVpcAttribute: reads({ 'VpcId*': 'string', 'Attribute*': 'string' }, DescribeVpcAttribute),
  AssociateVpcCidrBlock: writes(
    { 'VpcId*': 'string', CidrBlock: 'string', AmazonProvidedIpv6CidrBlock: 'boolean' },
    AssociateVpcCidrBlock,
  ),
  DisassociateVpcCidrBlock: writes({ 'AssociationId*': 'string' }, DisassociateVpcCidrBlock),

  // Subnets
  CreateSubnet: writes(
    { 'VpcId*': 'string', CidrBlock: 'string', AvailabilityZone: 'string', TagSpecification },
    CreateSubnet,
  ),
  DescribeSubnets: reads({ SubnetId: strings, Filter, ...pages }, DescribeSubnets),
  DeleteSubnet: writes({ 'SubnetId*': 'string' }, DeleteSubnet),

  // Where all this can be
  DescribeRegions: reads({ RegionName: strings, AllRegions: 'boolean', Filter }, DescribeRegions),
  DescribeAvailabilityZones: reads(
    { ZoneName: strings, ZoneId: strings, AllAvailabilityZones: 'boolean', Filter },
    DescribeAvailabilityZones,
  ),

  // Virtual private gateways
  CreateVpnGateway: writes(
    { 'Type*': 'string', AvailabilityZone: 'string', AmazonSideAsn: 'integer', TagSpecification },
    CreateVpnGateway,
  ),
  DescribeVpnGateways: reads({ VpnGatewayId: strings, Filter }, DescribeVpnGateways),
  DeleteVpnGateway: writes({ 'VpnGatewayId*': 'string' }, DeleteVpnGateway),
  AttachVpnGateway: writes({ 'VpcId*': 'string', 'VpnGatewayId*': 'string' }, AttachVpnGateway),
  DetachVpnGateway: writes({ 'VpcId*': 'string', 'VpnGatewayId*': 'string' }, DetachVpnGateway),

  // Transit gateways
  CreateTransitGateway: writes(
    {
      Description: 'string',
      Options: {
        ...switches,
        AmazonSideAsn: 'integer',
        MulticastSupport: 'string',
        TransitGatewayCidrBlocks: strings,
      },
      TagSpecification,
    },
    CreateTransitGateway,
  ),
  DescribeTransitGateways: reads({ TransitGatewayIds: strings, Filter, ...pages }, DescribeTransitGateways),
  ModifyTransitGateway: writes(
    {
      'TransitGatewayId*': 'string',
      Description: 'string',
      Options: {
        ...switches,
        AmazonSideAsn: 'integer',
        AddTransitGatewayCidrBlocks: strings,
        RemoveTransitGatewayCidrBlocks: strings,
        AssociationDefaultRouteTableId: 'string',
        PropagationDefaultRouteTableId: 'string',
      },
    },
    ModifyTransitGateway,
  ),
  DeleteTransitGateway: writes({ 'TransitGatewayId*': 'string' }, DeleteTransitGateway),
  DescribeTransitGatewayAttachments: reads(
    { TransitGatewayAttachmentIds: strings, Filter, ...pages },
    DescribeTransitGatewayAttachments,
  ),

  CreateTransitGatewayVpcAttachment: writes(
    {
      'TransitGatewayId*': 'string',
      'VpcId*': 'string',
      'SubnetIds*': strings,
      Options: vpcAttachmentSwitches,
      TagSpecifications: TagSpecification,
    },
    CreateTransitGatewayVpcAttachment,
  ),
  ModifyTransitGatewayVpcAttachment: writes(
    {
      'TransitGatewayAttachmentId*': 'string',
      AddSubnetIds: strings,
      RemoveSubnetIds: strings,
      Options: vpcAttachmentSwitches,
    },
    ModifyTransitGatewayVpcAttachment,
  ),
  DescribeTransitGatewayVpcAttachments: reads(
    { TransitGatewayAttachmentIds: strings, Filter, ...pages },
    DescribeTransitGatewayVpcAttachments,
  ),
  DeleteTransitGatewayVpcAttachment: writes(
    { 'TransitGatewayAttachmentId*': 'string' },
    DeleteTransitGatewayVpcAttachment,
  ),

  GetTransitGatewayRouteTableAssociations: reads(
    { 'TransitGatewayRouteTableId*': 'string', Filter, ...pages },
    GetTransitGatewayRouteTableAssociations,
  ),
  GetTransitGatewayRouteTablePropagations: reads(
    { 'TransitGatewayRouteTableId*': 'string', Filter, ...pages },
    GetTransitGatewayRouteTablePropagations,
  ),

  // Route tables
  CreateRouteTable: writes({ 'VpcId*': 'string', ClientToken: 'string', TagSpecification }, CreateRouteTable),
  DescribeRouteTables: reads({ RouteTableId: strings, Filter, ...pages }, DescribeRouteTables),
  DeleteRouteTable: writes({ 'RouteTableId*': 'string' }, DeleteRouteTable),
  EnableVgwRoutePropagation: writes({ 'GatewayId*': 'string', 'RouteTableId*': 'string' }, EnableVgwRoutePropagation),
  DisableVgwRoutePropagation: writes({ 'GatewayId*': 'string', 'RouteTableId*': 'string' }, DisableVgwRoutePropagation),

  // Tags
  CreateTags: writes({ 'ResourceId*': strings, 'Tag*': Tag }, CreateTags),
  DeleteTags: writes({ 'ResourceId*': strings, Tag }, DeleteTags),
  DescribeTags: reads({ Filter, ...pages }, DescribeTags),

  // What comes with a VPC or an account
  DescribeNetworkAcls: reads({ NetworkAclId: strings, Filter, ...pages }, DescribeNetworkAcls),
  DescribeNetworkInterfaces: reads({ NetworkInterfaceId: strings, Filter, ...pages }, DescribeNetworkInterfaces),
  DescribeSecurityGroups: reads({ GroupId: strings, GroupName: strings, Filter, ...pages }, DescribeSecurityGroups),
  DescribeVpcClassicLink: reads({ VpcId: strings, Filter }, DescribeVpcClassicLink),
  DescribeVpcClassicLinkDnsSupport: reads({ VpcIds: strings, ...pages }, DescribeVpcClassicLink),
  DescribeAccountAttributes: reads({ AttributeName: strings }, DescribeAccountAttributes),
}

export const sts: Actions = {
  GetCallerIdentity: reads({}, (snapshot, _input, by) => GetCallerIdentity(snapshot, by)),
  AssumeRole: writes(
    {
      'RoleArn*': 'string',
      'RoleSessionName*': 'string',
      DurationSeconds: 'integer',
      ExternalId: 'string',
      SourceIdentity: 'string',
    },
    (snapshot, input, by) => AssumeRole(snapshot, { ...input, principalArn: by.principalArn }),
  ),
}

export const tagging: Actions = {
  GetResources: reads(
    {
      PaginationToken: 'string',
      TagFilters: [{ Key: 'string', Values: strings }],
      ResourcesPerPage: 'integer',
      TagsPerPage: 'integer',
      ResourceTypeFilters: strings,
      ResourceARNList: strings,
    },
    GetResources,
  ),
}
