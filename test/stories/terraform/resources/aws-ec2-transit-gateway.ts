import {
  CreateTransitGatewayCommand,
  DeleteTransitGatewayCommand,
  DescribeTransitGatewaysCommand,
  ModifyTransitGatewayCommand,
  type TransitGateway,
} from '@aws-sdk/client-ec2'
import type { Resource, SeenBy } from '../../../tools/terraform.ts'
import { type Provider, retried, single, type TagMap, taken, unless, wait } from '../../../tools/terraform-provider.ts'
import { newTags, tagging, tagsOf } from './ec2-tags.ts'

interface TransitGatewayConfig {
  readonly amazon_side_asn?: number
  readonly auto_accept_shared_attachments?: 'enable' | 'disable'
  readonly default_route_table_association?: 'enable' | 'disable'
  readonly default_route_table_propagation?: 'enable' | 'disable'
  readonly description?: string
  readonly dns_support?: 'enable' | 'disable'
  readonly multicast_support?: 'enable' | 'disable'
  readonly transit_gateway_cidr_blocks?: readonly string[]
  readonly vpn_ecmp_support?: 'enable' | 'disable'
  readonly tags?: TagMap
}

const transitGatewayGone = [{ code: 'InvalidTransitGatewayID.NotFound' }]

/** Of the first page only. */
async function findTransitGateway({ ec2 }: Provider, id: string): Promise<TransitGateway | undefined> {
  const answer = await unless(transitGatewayGone, () =>
    ec2.send(new DescribeTransitGatewaysCommand({ TransitGatewayIds: [id] })),
  )
  const gateway = single(answer?.TransitGateways)
  return gateway?.State === 'deleted' || gateway?.Options === undefined ? undefined : gateway
}

async function readTransitGateway(provider: Provider, id: string) {
  const gateway = await findTransitGateway(provider, id)
  if (gateway === undefined) return undefined
  const options = taken(gateway.Options)
  return {
    amazon_side_asn: options.AmazonSideAsn ?? 0,
    arn: gateway.TransitGatewayArn ?? '',
    association_default_route_table_id: options.AssociationDefaultRouteTableId ?? '',
    auto_accept_shared_attachments: taken(options.AutoAcceptSharedAttachments),
    default_route_table_association: taken(options.DefaultRouteTableAssociation),
    default_route_table_propagation: taken(options.DefaultRouteTablePropagation),
    description: gateway.Description ?? '',
    dns_support: taken(options.DnsSupport),
    multicast_support: taken(options.MulticastSupport),
    owner_id: gateway.OwnerId ?? '',
    propagation_default_route_table_id: options.PropagationDefaultRouteTableId ?? '',
    transit_gateway_cidr_blocks: options.TransitGatewayCidrBlocks ?? [],
    vpn_ecmp_support: taken(options.VpnEcmpSupport),
    tags: tagsOf(gateway.Tags),
  }
}

async function waitTransitGateway(provider: Provider, id: string, pending: string): Promise<void> {
  await wait(
    provider,
    { pending: [pending], target: ['available'], timeoutMinutes: 10 },
    async () => (await findTransitGateway(provider, id))?.State,
  )
}

export const transitGateway: Resource<TransitGatewayConfig, SeenBy<typeof readTransitGateway>> = {
  type: 'aws_ec2_transit_gateway',
  defaults: {
    amazon_side_asn: 64512,
    auto_accept_shared_attachments: 'disable',
    default_route_table_association: 'enable',
    default_route_table_propagation: 'enable',
    description: '',
    dns_support: 'enable',
    multicast_support: 'disable',
    transit_gateway_cidr_blocks: [],
    vpn_ecmp_support: 'enable',
  },
  async create(provider, config) {
    const { transit_gateway_cidr_blocks: blocks = [] } = config
    const { TransitGateway } = await provider.ec2.send(
      new CreateTransitGatewayCommand({
        ...(config.description === '' ? {} : { Description: config.description }),
        Options: {
          AmazonSideAsn: config.amazon_side_asn,
          AutoAcceptSharedAttachments: config.auto_accept_shared_attachments,
          DefaultRouteTableAssociation: config.default_route_table_association,
          DefaultRouteTablePropagation: config.default_route_table_propagation,
          DnsSupport: config.dns_support,
          MulticastSupport: config.multicast_support,
          VpnEcmpSupport: config.vpn_ecmp_support,
          ...(blocks.length === 0 ? {} : { TransitGatewayCidrBlocks: [...blocks] }),
        },
        ...newTags('transit-gateway', config.tags),
      }),
    )
    const id = taken(taken(TransitGateway).TransitGatewayId)
    await waitTransitGateway(provider, id, 'pending')
    return { id }
  },
  read: readTransitGateway,
  inPlace: ['description', 'dns_support', 'vpn_ecmp_support'],
  async update(provider, TransitGatewayId, after, before) {
    const Options = {
      ...(after.dns_support === before.dns_support ? {} : { DnsSupport: after.dns_support }),
      ...(after.vpn_ecmp_support === before.vpn_ecmp_support ? {} : { VpnEcmpSupport: after.vpn_ecmp_support }),
    }
    const Description = after.description === before.description ? undefined : after.description
    if (Description === undefined && Object.keys(Options).length === 0) return
    await provider.ec2.send(new ModifyTransitGatewayCommand({ TransitGatewayId, Description, Options }))
    await waitTransitGateway(provider, TransitGatewayId, 'modifying')
  },
  async delete(provider, TransitGatewayId) {
    await retried(provider, { code: 'IncorrectState' }, 300, () =>
      unless(transitGatewayGone, () => provider.ec2.send(new DeleteTransitGatewayCommand({ TransitGatewayId }))),
    )
    await wait(
      provider,
      { pending: ['available', 'deleting'], target: [], timeoutMinutes: 10 },
      async () => (await findTransitGateway(provider, TransitGatewayId))?.State,
    )
  },
  import: async (_provider, named) => ({ id: named }),
  tagging,
}
