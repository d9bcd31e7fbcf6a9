import type { Api } from './api.ts'
import { until } from './until.ts'

/** How long EC2 may take for what was asked, milliseconds. */
const limitMs = 30_000

/** A VPC with one block; answers its id. */
export function orderVpc(api: Api, cidr: string): Promise<string> {
  return api.ec2('CreateVpc', { CidrBlock: cidr }, 'vpcId')
}

/** A virtual private gateway that is attached to a VPC; answers its id. */
export async function orderVpnGateway(api: Api, vpcId: string): Promise<string> {
  const id = await api.ec2('CreateVpnGateway', { Type: 'ipsec.1' }, 'vpnGatewayId')
  await api.ec2('AttachVpnGateway', { VpcId: vpcId, VpnGatewayId: id }, 'vpcId')
  return id
}

/** A transit gateway that is attached to VPCs, in a subnet of each; answers its id. */
export async function orderTransitGateway(
  api: Api,
  asn: number,
  vpcs: readonly { readonly id: string; readonly cidr: string }[],
): Promise<string> {
  const id = await api.ec2('CreateTransitGateway', { 'Options.AmazonSideAsn': String(asn) }, 'transitGatewayId')
  await until(`${id} is available`, limitMs, async () => {
    const state = await api.ec2('DescribeTransitGateways', { 'TransitGatewayIds.1': id }, 'state')
    return state === 'available' || undefined
  })
  for (const vpc of vpcs) {
    const block = vpc.cidr.replace(/\/\d+$/, '/24')
    const subnetId = await api.ec2('CreateSubnet', { VpcId: vpc.id, CidrBlock: block }, 'subnetId')
    const attachment = { TransitGatewayId: id, VpcId: vpc.id, 'SubnetIds.1': subnetId }
    await api.ec2('CreateTransitGatewayVpcAttachment', attachment, 'transitGatewayAttachmentId')
  }
  return id
}
