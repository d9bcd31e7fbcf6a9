// The three kinds of virtual interface on one's own connection, and what the hosted ones share with them.
import {
  CreatePrivateVirtualInterfaceCommand,
  CreatePublicVirtualInterfaceCommand,
  CreateTransitVirtualInterfaceCommand,
  DeleteVirtualInterfaceCommand,
  DescribeVirtualInterfacesCommand,
  UpdateVirtualInterfaceAttributesCommand,
  type VirtualInterface,
} from '@aws-sdk/client-direct-connect'
import type { Resource, SeenBy, Start } from '../../../tools/terraform.ts'
import {
  arnOf,
  directConnectError,
  given,
  newTags,
  type Provider,
  single,
  type TagMap,
  taken,
  unless,
  wait,
} from '../../../tools/terraform-provider.ts'
import { taggedByArn } from './aws-dx-connection.ts'

type Type = 'private' | 'public' | 'transit'
type AddressFamily = 'ipv4' | 'ipv6'

export async function findVirtualInterface(
  { directConnect }: Provider,
  virtualInterfaceId: string,
): Promise<VirtualInterface | undefined> {
  const { virtualInterfaces } = await directConnect.send(new DescribeVirtualInterfacesCommand({ virtualInterfaceId }))
  const vif = single(virtualInterfaces)
  return vif?.virtualInterfaceState === 'deleted' ? undefined : vif
}

export async function waitFor(
  provider: Provider,
  id: string,
  target: readonly string[],
  pending: readonly string[] = ['pending'],
): Promise<void> {
  await wait(
    provider,
    { pending, target, timeoutMinutes: 10, delaySeconds: 10, leastGapSeconds: 5 },
    async () => (await findVirtualInterface(provider, id))?.virtualInterfaceState,
  )
}

const leaving = ['available', 'confirming', 'deleting', 'down', 'pending', 'rejected', 'verifying']

export async function deleteVirtualInterface(provider: Provider, id: string): Promise<void> {
  const command = new DeleteVirtualInterfaceCommand({ virtualInterfaceId: id })
  const deleted = await unless([directConnectError('does not exist')], () => provider.directConnect.send(command))
  if (deleted !== undefined) await waitFor(provider, id, [], leaving)
}

export function importVirtualInterface(type: Type) {
  return async (provider: Provider, named: string): Promise<Start<object>> => {
    const vif = await findVirtualInterface(provider, named)
    if (vif?.virtualInterfaceType !== type)
      throw new Error(`virtual interface (${named}) is ${vif?.virtualInterfaceType}, not ${type}`)
    return { id: named }
  }
}

/** Of the provider's account and Region, whatever the virtual interface's are. */
export function virtualInterfaceArn(provider: Provider, id: string): string {
  return arnOf(provider, provider.region, provider.accountId, `dxvif/${id}`)
}

/** What all six kinds of session are configured with. */
export interface SessionConfig {
  readonly connection_id: string
  readonly name: string
  readonly vlan: number
  readonly address_family: AddressFamily
  readonly bgp_asn?: number
  /** In place of the other; newer versions have it. */
  readonly bgp_asn_long?: string
  readonly amazon_address?: string
  readonly customer_address?: string
  readonly bgp_auth_key?: string
}

/** As it is sent, less the name and the VLAN's kind. */
export function sentSession(config: SessionConfig) {
  return {
    virtualInterfaceName: config.name,
    vlan: config.vlan,
    addressFamily: config.address_family,
    asn: config.bgp_asn ?? 0,
    ...(config.bgp_asn_long === undefined ? {} : { asnLong: Number(config.bgp_asn_long) }),
    ...given('amazonAddress', config.amazon_address),
    ...given('authKey', config.bgp_auth_key),
    ...given('customerAddress', config.customer_address),
  }
}

export function readSession(vif: VirtualInterface, known: { readonly bgp_asn_long?: string }) {
  return {
    address_family: familyOf(vif),
    amazon_address: vif.amazonAddress ?? '',
    amazon_side_asn: String(vif.amazonSideAsn ?? 0),
    aws_device: vif.awsDeviceV2 ?? '',
    ...readAsn(vif, known),
    bgp_auth_key: vif.authKey ?? '',
    connection_id: vif.connectionId ?? '',
    customer_address: vif.customerAddress ?? '',
    name: vif.virtualInterfaceName ?? '',
    vlan: vif.vlan ?? 0,
  }
}

function familyOf({ addressFamily }: VirtualInterface): AddressFamily {
  return addressFamily === 'ipv6' ? 'ipv6' : 'ipv4'
}

/** The long one wins, and appears under the short one's name where nobody configured it and it fits. */
function readAsn(vif: VirtualInterface, { bgp_asn_long: long = '' }: { readonly bgp_asn_long?: string }) {
  const asn = vif.asnLong ?? vif.asn ?? 0
  return long === '' && asn <= 2_147_483_646
    ? { bgp_asn: asn, bgp_asn_long: '' }
    : { bgp_asn: 0, bgp_asn_long: String(asn) }
}

interface PrivateConfig extends SessionConfig {
  readonly dx_gateway_id?: string
  readonly vpn_gateway_id?: string
  readonly mtu?: number
  readonly sitelink_enabled?: boolean
  readonly tags?: TagMap
}

async function readPrivate(provider: Provider, id: string, known: { readonly bgp_asn_long?: string }) {
  const vif = await findVirtualInterface(provider, id)
  if (vif === undefined) return undefined
  return {
    arn: virtualInterfaceArn(provider, id),
    ...readSession(vif, known),
    dx_gateway_id: vif.directConnectGatewayId ?? '',
    jumbo_frame_capable: vif.jumboFrameCapable ?? false,
    mtu: vif.mtu ?? 0,
    sitelink_enabled: vif.siteLinkEnabled ?? false,
    vpn_gateway_id: vif.virtualGatewayId ?? '',
  }
}

interface Changeable {
  readonly mtu?: number
  readonly sitelink_enabled?: boolean
}

/** One call for each attribute, and then the same wait as after a creation, also if only tags have changed. */
async function update(provider: Provider, id: string, after: Changeable, before: Changeable): Promise<void> {
  const send = async (change: { readonly mtu?: number; readonly enableSiteLink?: boolean }) =>
    provider.directConnect.send(new UpdateVirtualInterfaceAttributesCommand({ virtualInterfaceId: id, ...change }))
  if (after.mtu !== undefined && after.mtu !== before.mtu) await send({ mtu: after.mtu })
  if (after.sitelink_enabled !== undefined && after.sitelink_enabled !== before.sitelink_enabled)
    await send({ enableSiteLink: after.sitelink_enabled })
  await waitFor(provider, id, ['available', 'down'])
}

export const dxPrivateVirtualInterface: Resource<PrivateConfig, SeenBy<typeof readPrivate>> = {
  type: 'aws_dx_private_virtual_interface',
  defaults: { mtu: 1500, sitelink_enabled: false, dx_gateway_id: '', vpn_gateway_id: '' },
  async create(provider, config) {
    const { virtualInterfaceId = '' } = await provider.directConnect.send(
      new CreatePrivateVirtualInterfaceCommand({
        connectionId: config.connection_id,
        newPrivateVirtualInterface: {
          ...sentSession(config),
          enableSiteLink: config.sitelink_enabled,
          mtu: config.mtu,
          ...given('directConnectGatewayId', config.dx_gateway_id),
          ...given('virtualGatewayId', config.vpn_gateway_id),
          ...newTags(config.tags),
        },
      }),
    )
    await waitFor(provider, virtualInterfaceId, ['available', 'down'])
    return { id: virtualInterfaceId }
  },
  read: readPrivate,
  inPlace: ['mtu', 'sitelink_enabled'],
  update,
  delete: deleteVirtualInterface,
  import: importVirtualInterface('private'),
  tagging: taggedByArn(),
}

interface TransitConfig extends SessionConfig {
  readonly dx_gateway_id: string
  readonly mtu?: number
  readonly sitelink_enabled?: boolean
  readonly tags?: TagMap
}

async function readTransit(provider: Provider, id: string, known: { readonly bgp_asn_long?: string }) {
  const seen = await readPrivate(provider, id, known)
  if (seen === undefined) return undefined
  const { vpn_gateway_id: _none, ...transit } = seen
  return transit
}

export const dxTransitVirtualInterface: Resource<TransitConfig, SeenBy<typeof readTransit>> = {
  type: 'aws_dx_transit_virtual_interface',
  defaults: { mtu: 1500, sitelink_enabled: false },
  async create(provider, config) {
    const { virtualInterface } = await provider.directConnect.send(
      new CreateTransitVirtualInterfaceCommand({
        connectionId: config.connection_id,
        newTransitVirtualInterface: {
          ...sentSession(config),
          directConnectGatewayId: config.dx_gateway_id,
          enableSiteLink: config.sitelink_enabled,
          mtu: config.mtu,
          ...newTags(config.tags),
        },
      }),
    )
    const { virtualInterfaceId = '' } = taken(virtualInterface)
    await waitFor(provider, virtualInterfaceId, ['available', 'down'])
    return { id: virtualInterfaceId }
  },
  read: readTransit,
  inPlace: ['mtu', 'sitelink_enabled'],
  update,
  delete: deleteVirtualInterface,
  import: importVirtualInterface('transit'),
  tagging: taggedByArn(),
}

interface PublicConfig extends SessionConfig {
  readonly route_filter_prefixes: ReadonlySet<string>
  readonly tags?: TagMap
}

async function readPublic(provider: Provider, id: string, known: { readonly bgp_asn_long?: string }) {
  const vif = await findVirtualInterface(provider, id)
  if (vif === undefined) return undefined
  return {
    arn: virtualInterfaceArn(provider, id),
    ...readSession(vif, known),
    route_filter_prefixes: prefixesOf(vif.routeFilterPrefixes),
  }
}

export function prefixesOf(prefixes: readonly { readonly cidr?: string | undefined }[] = []): ReadonlySet<string> {
  return new Set(prefixes.map(({ cidr = '' }) => cidr))
}

export function sentPrefixes(prefixes: Iterable<string>) {
  return Array.from(prefixes, (cidr) => ({ cidr }))
}

export const dxPublicVirtualInterface: Resource<PublicConfig, SeenBy<typeof readPublic>> = {
  type: 'aws_dx_public_virtual_interface',
  defaults: {},
  async create(provider, config) {
    const { virtualInterfaceId = '' } = await provider.directConnect.send(
      new CreatePublicVirtualInterfaceCommand({
        connectionId: config.connection_id,
        newPublicVirtualInterface: {
          ...sentSession(config),
          routeFilterPrefixes: sentPrefixes(config.route_filter_prefixes),
          ...newTags(config.tags),
        },
      }),
    )
    await waitFor(provider, virtualInterfaceId, ['available', 'down', 'verifying'])
    return { id: virtualInterfaceId }
  },
  read: readPublic,
  delete: deleteVirtualInterface,
  import: importVirtualInterface('public'),
  tagging: taggedByArn(),
}
