// Virtual interfaces that the owner of a connection makes for another account, and that account's consent.
import {
  AllocatePrivateVirtualInterfaceCommand,
  AllocatePublicVirtualInterfaceCommand,
  AllocateTransitVirtualInterfaceCommand,
  ConfirmPrivateVirtualInterfaceCommand,
  ConfirmPublicVirtualInterfaceCommand,
  ConfirmTransitVirtualInterfaceCommand,
  TagResourceCommand,
} from '@aws-sdk/client-direct-connect'
import type { Resource, SeenBy } from '../../../tools/terraform.ts'
import { given, newTags, type Provider, type TagMap, taken } from '../../../tools/terraform-provider.ts'
import { taggedByArn } from './aws-dx-connection.ts'
import {
  deleteVirtualInterface,
  findVirtualInterface,
  importVirtualInterface,
  prefixesOf,
  readSession,
  type SessionConfig,
  sentPrefixes,
  sentSession,
  virtualInterfaceArn,
  waitFor,
} from './aws-dx-virtual-interface.ts'

interface HostedConfig extends SessionConfig {
  /** Whom it is for. */
  readonly owner_account_id: string
  readonly mtu?: number
  readonly tags?: never
}

async function readHosted(provider: Provider, id: string, known: { readonly bgp_asn_long?: string }) {
  const vif = await findVirtualInterface(provider, id)
  if (vif === undefined) return undefined
  return {
    arn: virtualInterfaceArn(provider, id),
    ...readSession(vif, known),
    jumbo_frame_capable: vif.jumboFrameCapable ?? false,
    mtu: vif.mtu ?? 0,
    owner_account_id: vif.ownerAccount ?? '',
  }
}

const allocation = ({ connection_id: connectionId, owner_account_id: ownerAccount }: HostedConfig) => ({
  connectionId,
  ownerAccount,
})

const allocated = ['available', 'confirming', 'down']

export const dxHostedPrivateVirtualInterface: Resource<HostedConfig, SeenBy<typeof readHosted>> = {
  type: 'aws_dx_hosted_private_virtual_interface',
  defaults: { mtu: 1500 },
  async create(provider, config) {
    const { virtualInterfaceId = '' } = await provider.directConnect.send(
      new AllocatePrivateVirtualInterfaceCommand({
        ...allocation(config),
        newPrivateVirtualInterfaceAllocation: { ...sentSession(config), mtu: config.mtu },
      }),
    )
    await waitFor(provider, virtualInterfaceId, allocated)
    return { id: virtualInterfaceId }
  },
  read: readHosted,
  delete: deleteVirtualInterface,
  import: importVirtualInterface('private'),
}

export const dxHostedTransitVirtualInterface: Resource<HostedConfig, SeenBy<typeof readHosted>> = {
  type: 'aws_dx_hosted_transit_virtual_interface',
  defaults: { mtu: 1500 },
  async create(provider, config) {
    const { virtualInterface } = await provider.directConnect.send(
      new AllocateTransitVirtualInterfaceCommand({
        ...allocation(config),
        newTransitVirtualInterfaceAllocation: { ...sentSession(config), mtu: config.mtu },
      }),
    )
    const { virtualInterfaceId = '' } = taken(virtualInterface)
    await waitFor(provider, virtualInterfaceId, allocated)
    return { id: virtualInterfaceId }
  },
  read: readHosted,
  delete: deleteVirtualInterface,
  import: importVirtualInterface('transit'),
}

interface HostedPublicConfig extends HostedConfig {
  readonly route_filter_prefixes: ReadonlySet<string>
}

async function readHostedPublic(provider: Provider, id: string, known: { readonly bgp_asn_long?: string }) {
  const vif = await findVirtualInterface(provider, id)
  if (vif === undefined) return undefined
  return {
    arn: virtualInterfaceArn(provider, id),
    ...readSession(vif, known),
    owner_account_id: vif.ownerAccount ?? '',
    route_filter_prefixes: prefixesOf(vif.routeFilterPrefixes),
  }
}

export const dxHostedPublicVirtualInterface: Resource<HostedPublicConfig, SeenBy<typeof readHostedPublic>> = {
  type: 'aws_dx_hosted_public_virtual_interface',
  defaults: {},
  async create(provider, config) {
    const { virtualInterfaceId = '' } = await provider.directConnect.send(
      new AllocatePublicVirtualInterfaceCommand({
        ...allocation(config),
        newPublicVirtualInterfaceAllocation: {
          ...sentSession(config),
          routeFilterPrefixes: sentPrefixes(config.route_filter_prefixes),
        },
      }),
    )
    await waitFor(provider, virtualInterfaceId, [...allocated, 'verifying'])
    return { id: virtualInterfaceId }
  },
  read: readHostedPublic,
  delete: deleteVirtualInterface,
  import: importVirtualInterface('public'),
}

interface AccepterConfig {
  readonly virtual_interface_id: string
  readonly dx_gateway_id?: string
  readonly vpn_gateway_id?: string
  readonly tags?: TagMap
}

/** In any state that it does not wait for, it is gone. */
function readAccepter(accepted: readonly string[]) {
  return async (provider: Provider, id: string) => {
    const vif = await findVirtualInterface(provider, id)
    if (vif === undefined || !accepted.includes(vif.virtualInterfaceState ?? '')) return undefined
    return {
      arn: virtualInterfaceArn(provider, id),
      dx_gateway_id: vif.directConnectGatewayId ?? '',
      virtual_interface_id: vif.virtualInterfaceId ?? '',
      vpn_gateway_id: vif.virtualGatewayId ?? '',
    }
  }
}

function accepter(
  type: 'private' | 'public' | 'transit',
  confirm: (provider: Provider, config: AccepterConfig) => Promise<unknown>,
): Resource<AccepterConfig, SeenBy<ReturnType<typeof readAccepter>>> {
  const accepted = ['available', 'down', ...(type === 'public' ? ['verifying'] : [])]
  return {
    type: `aws_dx_hosted_${type}_virtual_interface_accepter`,
    defaults: { dx_gateway_id: '', vpn_gateway_id: '' },
    async create(provider, config) {
      const { virtual_interface_id: id } = config
      await confirm(provider, config)
      await waitFor(provider, id, accepted, ['confirming', 'pending'])
      const { tags } = newTags(config.tags)
      if (tags !== undefined) {
        const tagging = { resourceArn: virtualInterfaceArn(provider, id), tags }
        await provider.directConnect.send(new TagResourceCommand(tagging))
      }
      return { id }
    },
    read: readAccepter(accepted),
    import: importVirtualInterface(type),
    tagging: taggedByArn(),
  }
}

export const dxHostedPrivateVirtualInterfaceAccepter = accepter('private', ({ directConnect }, config) =>
  directConnect.send(
    new ConfirmPrivateVirtualInterfaceCommand({
      virtualInterfaceId: config.virtual_interface_id,
      ...given('directConnectGatewayId', config.dx_gateway_id),
      ...given('virtualGatewayId', config.vpn_gateway_id),
    }),
  ),
)

export const dxHostedPublicVirtualInterfaceAccepter = accepter('public', ({ directConnect }, config) =>
  directConnect.send(new ConfirmPublicVirtualInterfaceCommand({ virtualInterfaceId: config.virtual_interface_id })),
)

export const dxHostedTransitVirtualInterfaceAccepter = accepter('transit', ({ directConnect }, config) =>
  directConnect.send(
    new ConfirmTransitVirtualInterfaceCommand({
      virtualInterfaceId: config.virtual_interface_id,
      directConnectGatewayId: config.dx_gateway_id,
    }),
  ),
)
