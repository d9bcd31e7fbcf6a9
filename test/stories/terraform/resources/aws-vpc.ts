import {
  AttachVpnGatewayCommand,
  CreateVpcCommand,
  CreateVpnGatewayCommand,
  DeleteVpcCommand,
  DeleteVpnGatewayCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DescribeVpnGatewaysCommand,
  DetachVpnGatewayCommand,
  ModifyVpcAttributeCommand,
  type Vpc,
  type VpcAttributeName,
  type VpnGateway,
} from '@aws-sdk/client-ec2'
import type { Resource, SeenBy, Untagged } from '../../../tools/terraform.ts'
import { type Provider, retried, single, type TagMap, taken, unless, wait } from '../../../tools/terraform-provider.ts'
import { arn, newTags, tagging, tagsOf } from './ec2-tags.ts'

interface VpcConfig {
  readonly cidr_block: string
  readonly enable_dns_hostnames?: boolean
  readonly enable_dns_support?: boolean
  readonly enable_network_address_usage_metrics?: boolean
  readonly tags?: TagMap
}

async function findVpc({ ec2 }: Provider, id: string): Promise<Vpc | undefined> {
  const answer = await unless([{ code: 'InvalidVpcID.NotFound' }], () =>
    ec2.send(new DescribeVpcsCommand({ VpcIds: [id] })),
  )
  const vpc = single(answer?.Vpcs)
  return vpc?.VpcId === id ? vpc : undefined
}

const attributes = {
  enable_dns_hostnames: { name: 'enableDnsHostnames', member: 'EnableDnsHostnames', whenMade: false },
  enable_dns_support: { name: 'enableDnsSupport', member: 'EnableDnsSupport', whenMade: true },
  enable_network_address_usage_metrics: {
    name: 'enableNetworkAddressUsageMetrics',
    member: 'EnableNetworkAddressUsageMetrics',
    whenMade: false,
  },
} as const satisfies Record<string, { readonly name: VpcAttributeName; member: string; whenMade: boolean }>

type Attribute = keyof typeof attributes

/** Each answer has to have its own element. */
async function attributeOf({ ec2 }: Provider, VpcId: string, attribute: Attribute): Promise<boolean> {
  const { name, member } = attributes[attribute]
  const answer = await ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: name }))
  return taken(taken(answer[member]).Value)
}

async function setAttributes(provider: Provider, VpcId: string, after: Partial<VpcConfig>, before: Partial<VpcConfig>) {
  for (const attribute of [
    'enable_dns_hostnames',
    'enable_dns_support',
    'enable_network_address_usage_metrics',
  ] as const) {
    const value = after[attribute]
    if (value === undefined || value === before[attribute]) continue
    await provider.ec2.send(new ModifyVpcAttributeCommand({ VpcId, [attributes[attribute].member]: { Value: value } }))
    await wait(
      provider,
      { pending: [String(!value)], target: [String(value)], timeoutMinutes: 5, delaySeconds: 10, leastGapSeconds: 3 },
      async () => String(await attributeOf(provider, VpcId, attribute)),
    )
  }
}

async function readVpc(provider: Provider, id: string) {
  const vpc = await findVpc(provider, id)
  if (vpc === undefined) return undefined
  const { ec2 } = provider
  const ofVpc = { Name: 'vpc-id', Values: [id] }
  const { NetworkAcls } = await ec2.send(
    new DescribeNetworkAclsCommand({ Filters: [{ Name: 'default', Values: ['true'] }, ofVpc] }),
  )
  const { RouteTables } = await ec2.send(
    new DescribeRouteTablesCommand({ Filters: [{ Name: 'association.main', Values: ['true'] }, ofVpc] }),
  )
  const { SecurityGroups } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['default'] }, ofVpc] }),
  )
  return {
    arn: arn(provider, vpc.OwnerId ?? '', `vpc/${id}`),
    cidr_block: vpc.CidrBlock ?? '',
    default_network_acl_id: NetworkAcls?.[0]?.NetworkAclId ?? '',
    default_route_table_id: RouteTables?.[0]?.RouteTableId ?? '',
    default_security_group_id: SecurityGroups?.[0]?.GroupId ?? '',
    dhcp_options_id: vpc.DhcpOptionsId ?? '',
    enable_dns_hostnames: await attributeOf(provider, id, 'enable_dns_hostnames'),
    enable_dns_support: await attributeOf(provider, id, 'enable_dns_support'),
    enable_network_address_usage_metrics: await attributeOf(provider, id, 'enable_network_address_usage_metrics'),
    instance_tenancy: String(vpc.InstanceTenancy),
    ipv6_association_id: vpc.Ipv6CidrBlockAssociationSet?.[0]?.AssociationId ?? '',
    owner_id: vpc.OwnerId ?? '',
    tags: tagsOf(vpc.Tags),
  }
}

export const vpc: Resource<VpcConfig, SeenBy<typeof readVpc>> = {
  type: 'aws_vpc',
  defaults: {
    enable_dns_hostnames: false,
    enable_dns_support: true,
    enable_network_address_usage_metrics: false,
  },
  async create(provider, config) {
    const { Vpc } = await provider.ec2.send(
      new CreateVpcCommand({
        AmazonProvidedIpv6CidrBlock: false,
        InstanceTenancy: 'default',
        CidrBlock: config.cidr_block,
        ...newTags('vpc', config.tags),
      }),
    )
    const id = taken(taken(Vpc).VpcId)
    await wait(
      provider,
      { pending: ['pending'], target: ['available'], timeoutMinutes: 10 },
      async () => (await findVpc(provider, id))?.State,
    )
    await setAttributes(provider, id, config, {
      enable_dns_hostnames: attributes.enable_dns_hostnames.whenMade,
      enable_dns_support: attributes.enable_dns_support.whenMade,
      enable_network_address_usage_metrics: attributes.enable_network_address_usage_metrics.whenMade,
    })
    return { id }
  },
  read: readVpc,
  inPlace: ['enable_dns_hostnames', 'enable_dns_support', 'enable_network_address_usage_metrics'],
  update: setAttributes,
  async delete(provider, VpcId) {
    const gone = [{ code: 'InvalidVpcID.NotFound' }]
    await retried(provider, { code: 'DependencyViolation' }, 300, () =>
      unless(gone, () => provider.ec2.send(new DeleteVpcCommand({ VpcId }))),
    )
    await wait(
      provider,
      { pending: ['available'], target: [], timeoutMinutes: 5 },
      async () => (await findVpc(provider, VpcId))?.State,
    )
  },
  import: async (_provider, named) => ({ id: named }),
  tagging,
}

interface VpnGatewayConfig {
  readonly vpc_id?: string
  readonly amazon_side_asn?: string
  readonly tags?: TagMap
}

const vpnGatewayGone = [{ code: 'InvalidVpnGatewayID.NotFound' }]

async function findVpnGateway({ ec2 }: Provider, id: string): Promise<VpnGateway | undefined> {
  const answer = await unless(vpnGatewayGone, () => ec2.send(new DescribeVpnGatewaysCommand({ VpnGatewayIds: [id] })))
  const gateway = single(answer?.VpnGateways)
  return gateway?.State === 'deleted' || gateway?.VpnGatewayId !== id ? undefined : gateway
}

/** `detached` counts as gone. */
async function attachmentState(provider: Provider, id: string, vpcId: string): Promise<string | undefined> {
  const gateway = await findVpnGateway(provider, id)
  const state = gateway?.VpcAttachments?.find(({ VpcId }) => VpcId === vpcId)?.State
  return state === 'detached' ? undefined : state
}

async function attach(provider: Provider, VpnGatewayId: string, VpcId: string): Promise<void> {
  await provider.ec2.send(new AttachVpnGatewayCommand({ VpcId, VpnGatewayId }))
  await wait(provider, { pending: ['attaching'], target: ['attached'], timeoutMinutes: 15 }, () =>
    attachmentState(provider, VpnGatewayId, VpcId),
  )
}

async function detach(provider: Provider, VpnGatewayId: string, VpcId: string): Promise<void> {
  await unless([...vpnGatewayGone, { code: 'InvalidVpnGatewayAttachment.NotFound' }], () =>
    provider.ec2.send(new DetachVpnGatewayCommand({ VpcId, VpnGatewayId })),
  )
  await wait(provider, { pending: ['attached', 'detaching'], target: [], timeoutMinutes: 30 }, () =>
    attachmentState(provider, VpnGatewayId, VpcId),
  )
}

async function readVpnGateway(provider: Provider, id: string) {
  const gateway = await findVpnGateway(provider, id)
  if (gateway === undefined) return undefined
  return {
    amazon_side_asn: String(gateway.AmazonSideAsn ?? 0),
    arn: arn(provider, provider.accountId, `vpn-gateway/${id}`),
    availability_zone: gateway.AvailabilityZone ?? '',
    vpc_id: gateway.VpcAttachments?.find(({ State }) => State === 'attached')?.VpcId ?? '',
    tags: tagsOf(gateway.Tags),
  }
}

export const vpnGateway: Resource<VpnGatewayConfig, SeenBy<typeof readVpnGateway>> = {
  type: 'aws_vpn_gateway',
  defaults: {},
  async create(provider, config) {
    const { VpnGateway } = await provider.ec2.send(
      new CreateVpnGatewayCommand({
        Type: 'ipsec.1',
        AvailabilityZone: '',
        ...(config.amazon_side_asn === undefined ? {} : { AmazonSideAsn: Number(config.amazon_side_asn) }),
        ...newTags('vpn-gateway', config.tags),
      }),
    )
    const id = taken(taken(VpnGateway).VpnGatewayId)
    // Whether it is available nobody waits for.
    if (config.vpc_id !== undefined) await attach(provider, id, config.vpc_id)
    return { id }
  },
  read: readVpnGateway,
  inPlace: ['vpc_id'],
  async update(provider, id, after, before) {
    if (after.vpc_id === before.vpc_id) return
    if (before.vpc_id !== '') await detach(provider, id, before.vpc_id)
    if (after.vpc_id !== '') await attach(provider, id, after.vpc_id)
  },
  async delete(provider, id, state) {
    if (state.vpc_id !== '') await detach(provider, id, state.vpc_id)
    await retried(provider, { code: 'IncorrectState' }, 300, () =>
      unless(vpnGatewayGone, () => provider.ec2.send(new DeleteVpnGatewayCommand({ VpnGatewayId: id }))),
    )
  },
  import: async (_provider, named) => ({ id: named }),
  tagging,
}

interface VpnGatewayAttachmentConfig extends Untagged {
  readonly vpc_id: string
  readonly vpn_gateway_id: string
}

export const vpnGatewayAttachment: Resource<VpnGatewayAttachmentConfig, object> = {
  type: 'aws_vpn_gateway_attachment',
  defaults: {},
  async create(provider, config) {
    await attach(provider, config.vpn_gateway_id, config.vpc_id)
    return { id: `vpn-attachment-${config.vpc_id}-${config.vpn_gateway_id}` }
  },
  async read(provider, _id, { vpn_gateway_id = '', vpc_id = '' }) {
    return (await attachmentState(provider, vpn_gateway_id, vpc_id)) === undefined ? undefined : {}
  },
  delete: (provider, _id, state) => detach(provider, state.vpn_gateway_id, state.vpc_id),
}
