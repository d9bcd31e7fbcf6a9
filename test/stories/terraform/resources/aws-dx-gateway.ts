import {
  CreateDirectConnectGatewayCommand,
  DeleteDirectConnectGatewayCommand,
  DescribeDirectConnectGatewaysCommand,
  type DirectConnectGateway,
  UpdateDirectConnectGatewayCommand,
} from '@aws-sdk/client-direct-connect'
import type { Resource, SeenBy } from '../../../tools/terraform.ts'
import {
  arnOf,
  directConnectError,
  newTags,
  type Provider,
  pages,
  single,
  type TagMap,
  tagMap,
  taken,
  unless,
  wait,
} from '../../../tools/terraform-provider.ts'
import { taggedByArn } from './aws-dx-connection.ts'

export async function gateways(
  { directConnect }: Provider,
  directConnectGatewayId?: string,
): Promise<readonly DirectConnectGateway[]> {
  return pages(async (nextToken) => {
    const page = await directConnect.send(
      new DescribeDirectConnectGatewaysCommand({ directConnectGatewayId, nextToken }),
    )
    return { items: page.directConnectGateways ?? [], nextToken: page.nextToken ?? '' }
  })
}

async function findGateway(provider: Provider, id: string): Promise<DirectConnectGateway | undefined> {
  const gateway = single(await gateways(provider, id))
  return gateway?.directConnectGatewayState === 'deleted' ? undefined : gateway
}

interface GatewayConfig {
  readonly name: string
  /** A number of 64 bits, as text. */
  readonly amazon_side_asn: string
  readonly tags?: TagMap
}

async function readGateway(provider: Provider, id: string) {
  const gateway = await findGateway(provider, id)
  if (gateway === undefined) return undefined
  return {
    // Of no Region, and of whoever calls.
    arn: arnOf(provider, '', provider.accountId, `dx-gateway/${id}`),
    amazon_side_asn: String(gateway.amazonSideAsn ?? 0),
    name: gateway.directConnectGatewayName ?? '',
    owner_account_id: gateway.ownerAccount ?? '',
    tags: tagMap(gateway.tags),
  }
}

export const dxGateway: Resource<GatewayConfig, SeenBy<typeof readGateway>> = {
  type: 'aws_dx_gateway',
  defaults: {},
  async create(provider, config) {
    const { directConnectGateway } = await provider.directConnect.send(
      new CreateDirectConnectGatewayCommand({
        directConnectGatewayName: config.name,
        amazonSideAsn: Number(config.amazon_side_asn),
        ...newTags(config.tags),
      }),
    )
    const { directConnectGatewayId = '' } = taken(directConnectGateway)
    await wait(
      provider,
      { pending: ['pending'], target: ['available'], timeoutMinutes: 10 },
      async () => (await findGateway(provider, directConnectGatewayId))?.directConnectGatewayState,
    )
    return { id: directConnectGatewayId }
  },
  read: readGateway,
  inPlace: ['name'],
  async update({ directConnect }, id, after, before) {
    if (after.name === before.name) return
    const rename = { directConnectGatewayId: id, newDirectConnectGatewayName: after.name }
    await directConnect.send(new UpdateDirectConnectGatewayCommand(rename))
  },
  async delete(provider, id) {
    const command = new DeleteDirectConnectGatewayCommand({ directConnectGatewayId: id })
    await unless([directConnectError('does not exist')], () => provider.directConnect.send(command))
    await wait(
      provider,
      { pending: ['pending', 'available', 'deleting'], target: [], timeoutMinutes: 10 },
      async () => (await findGateway(provider, id))?.directConnectGatewayState,
    )
  },
  import: async (_provider, named) => ({ id: named }),
  tagging: { write: taggedByArn<{ readonly arn: string }>().write },
}
