import { parseCidr } from '../addresses/cidr.ts'
import { partitionOf } from '../arn.ts'
import { showTime } from '../time.ts'
import {
  blockState,
  subnetState,
  transitGatewayState,
  transitGatewayVpcAttachmentState,
  vpcAttachmentState,
  vpcState,
  vpnGatewayState,
} from './lifecycle.ts'
import { visibleBlocks } from './rules.ts'
import type { Subnet } from './subnet.ts'
import { showTags } from './tags.ts'
import type { TransitGateway } from './transit-gateway.ts'
import type { TransitGatewayVpcAttachment } from './transit-gateway-vpc-attachment.ts'
import type { Vpc, VpcBlock } from './vpc.ts'
import type { VpcAttachment, VpnGateway } from './vpn-gateway.ts'

// Members are named as EC2's XML names them.

export function showVpc(vpc: Vpc, now: number) {
  const blocks = visibleBlocks(vpc, now).map((block) => showBlock(block, now))
  return {
    vpcId: vpc.id,
    ownerId: vpc.ownerAccount,
    state: vpcState.at(vpc, undefined, now),
    cidrBlock: vpc.blocks[0]?.cidr,
    cidrBlockAssociationSet: blocks.flatMap(({ cidrBlockAssociation }) => cidrBlockAssociation ?? []),
    ipv6CidrBlockAssociationSet: blocks.flatMap(({ ipv6CidrBlockAssociation }) => ipv6CidrBlockAssociation ?? []),
    dhcpOptionsId: vpc.dhcpOptionsId,
    instanceTenancy: vpc.tenancy,
    isDefault: false,
    tagSet: showTags(vpc.tags),
  }
}

/** Under the one of the two names that its family has. */
export function showBlock(block: VpcBlock, now: number) {
  const { associationId, cidr } = block
  const state = { state: blockState.at(block, undefined, now) }
  return cidr.includes(':')
    ? {
        ipv6CidrBlockAssociation: {
          associationId,
          ipv6CidrBlock: cidr,
          ipv6CidrBlockState: state,
          networkBorderGroup: '',
          ipv6Pool: 'Amazon',
        },
      }
    : { cidrBlockAssociation: { associationId, cidrBlock: cidr, cidrBlockState: state } }
}

export function showSubnet(subnet: Subnet, now: number) {
  return {
    subnetId: subnet.id,
    subnetArn: subnetArn(subnet),
    ownerId: subnet.ownerAccount,
    vpcId: subnet.vpcId,
    state: subnetState.at(subnet, undefined, now),
    cidrBlock: subnet.cidr,
    availabilityZone: subnet.availabilityZone,
    availableIpAddressCount: addressesIn(subnet),
    defaultForAz: false,
    mapPublicIpOnLaunch: false,
    assignIpv6AddressOnCreation: false,
    ipv6CidrBlockAssociationSet: [],
    tagSet: showTags(subnet.tags),
  }
}

export function subnetArn(subnet: Subnet): string {
  return `arn:${partitionOf(subnet.region)}:ec2:${subnet.region}:${subnet.ownerAccount}:subnet/${subnet.id}`
}

/** Nothing runs in a subnet: all are free but the five that AWS keeps. @source EC2's model, CreateSubnet */
export function addressesIn(subnet: Subnet): number {
  return 2 ** (32 - (parseCidr(subnet.cidr)?.length ?? 32)) - 5
}

export function showVpnGateway(gateway: VpnGateway, now: number) {
  const { attachment } = gateway
  return {
    vpnGatewayId: gateway.id,
    state: vpnGatewayState.at(gateway, undefined, now),
    type: 'ipsec.1',
    amazonSideAsn: gateway.amazonSideAsn,
    availabilityZone: gateway.availabilityZone ?? undefined,
    attachments: attachment === null ? [] : [showVpcAttachment(attachment, now)],
    tagSet: showTags(gateway.tags),
  }
}

export function showVpcAttachment(attachment: VpcAttachment, now: number) {
  return { vpcId: attachment.vpcId, state: vpcAttachmentState.at(attachment, undefined, now) }
}

export function showTransitGateway(gateway: TransitGateway, now: number) {
  const { switches } = gateway
  return {
    transitGatewayId: gateway.id,
    transitGatewayArn: `arn:${partitionOf(gateway.region)}:ec2:${gateway.region}:${gateway.ownerAccount}:transit-gateway/${gateway.id}`,
    state: transitGatewayState.at(gateway, undefined, now),
    ownerId: gateway.ownerAccount,
    description: gateway.description,
    creationTime: showTime(gateway.createdAt),
    options: {
      amazonSideAsn: gateway.amazonSideAsn,
      transitGatewayCidrBlocks: gateway.cidrBlocks.length === 0 ? undefined : gateway.cidrBlocks,
      autoAcceptSharedAttachments: switches.AutoAcceptSharedAttachments,
      defaultRouteTableAssociation: switches.DefaultRouteTableAssociation,
      associationDefaultRouteTableId: gateway.associationRouteTableId ?? undefined,
      defaultRouteTablePropagation: switches.DefaultRouteTablePropagation,
      propagationDefaultRouteTableId: gateway.propagationRouteTableId ?? undefined,
      vpnEcmpSupport: switches.VpnEcmpSupport,
      dnsSupport: switches.DnsSupport,
      securityGroupReferencingSupport: switches.SecurityGroupReferencingSupport,
      multicastSupport: switches.MulticastSupport,
    },
    tagSet: showTags(gateway.tags),
  }
}

export function showTransitGatewayVpcAttachment(attachment: TransitGatewayVpcAttachment, now: number) {
  const { switches } = attachment
  return {
    transitGatewayAttachmentId: attachment.id,
    transitGatewayId: attachment.transitGatewayId,
    vpcId: attachment.vpcId,
    vpcOwnerId: attachment.ownerAccount,
    state: transitGatewayVpcAttachmentState.at(attachment, undefined, now),
    subnetIds: attachment.subnetIds,
    creationTime: showTime(attachment.createdAt),
    options: {
      dnsSupport: switches.DnsSupport,
      securityGroupReferencingSupport: switches.SecurityGroupReferencingSupport,
      ipv6Support: switches.Ipv6Support,
      applianceModeSupport: switches.ApplianceModeSupport,
    },
    tagSet: showTags(attachment.tags),
  }
}
