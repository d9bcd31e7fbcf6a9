import {
  AllocateHostedConnectionCommand,
  type Connection,
  DescribeHostedConnectionsCommand,
} from '@aws-sdk/client-direct-connect'
import type { Resource, SeenBy, Untagged } from '../../../tools/terraform.ts'
import { type Provider, single, unless } from '../../../tools/terraform-provider.ts'
import { connectionGone, deleteConnection, unlessEnded } from './aws-dx-connection.ts'

/** Among those on the interconnect or LAG that carries it. */
async function findHosted(provider: Provider, id: string, parentId: string): Promise<Connection | undefined> {
  const describe = new DescribeHostedConnectionsCommand({ connectionId: parentId })
  const answer = await unless(connectionGone, () => provider.directConnect.send(describe))
  return unlessEnded(single((answer?.connections ?? []).filter(({ connectionId }) => connectionId === id)))
}

/** As older versions look it up: by its own id. */
export async function findHostedById(provider: Provider, id: string): Promise<Connection | undefined> {
  const describe = new DescribeHostedConnectionsCommand({ connectionId: id })
  const answer = await unless(connectionGone, () => provider.directConnect.send(describe))
  return unlessEnded(single(answer?.connections))
}

interface HostedConfig extends Untagged {
  readonly name: string
  readonly bandwidth: string
  readonly connection_id: string
  readonly owner_account_id: string
  readonly vlan: number
}

async function readHosted(provider: Provider, id: string, known: { readonly connection_id?: string }) {
  const connection = await findHosted(provider, id, known.connection_id ?? '')
  if (connection === undefined) return undefined
  return {
    aws_device: connection.awsDeviceV2 ?? '',
    connection_region: connection.region ?? '',
    has_logical_redundancy: connection.hasLogicalRedundancy ?? '',
    jumbo_frame_capable: connection.jumboFrameCapable ?? false,
    lag_id: connection.lagId ?? '',
    loa_issue_time: connection.loaIssueTime?.toISOString() ?? '0001-01-01T00:00:00Z',
    location: connection.location ?? '',
    name: connection.connectionName ?? '',
    owner_account_id: connection.ownerAccount ?? '',
    partner_name: connection.partnerName ?? '',
    provider_name: connection.providerName ?? '',
    state: connection.connectionState ?? '',
    vlan: connection.vlan ?? 0,
  }
}

export const dxHostedConnection: Resource<HostedConfig, SeenBy<typeof readHosted>> = {
  type: 'aws_dx_hosted_connection',
  defaults: {},
  async create({ directConnect }, config) {
    const { connectionId = '' } = await directConnect.send(
      new AllocateHostedConnectionCommand({
        bandwidth: config.bandwidth,
        connectionId: config.connection_id,
        connectionName: config.name,
        ownerAccount: config.owner_account_id,
        vlan: config.vlan,
      }),
    )
    return { id: connectionId }
  },
  read: readHosted,
  delete: (provider, id, { connection_id: parentId }) =>
    deleteConnection(provider, id, () => findHosted(provider, id, parentId)),
}
