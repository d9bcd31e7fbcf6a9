import {
  AssociateConnectionWithLagCommand,
  ConfirmConnectionCommand,
  type Connection,
  CreateConnectionCommand,
  DeleteConnectionCommand,
  DescribeConnectionsCommand,
  DisassociateConnectionFromLagCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateConnectionCommand,
} from '@aws-sdk/client-direct-connect'
import type { Resource, SeenBy, Tagging, Untagged } from '../../../tools/terraform.ts'
import {
  arnOf,
  describeTags,
  directConnectError,
  given,
  newTags,
  type Provider,
  retried,
  single,
  type TagMap,
  unless,
  wait,
} from '../../../tools/terraform-provider.ts'

export const connectionGone = [directConnectError('Could not find Connection with ID')]

export async function findConnection(provider: Provider, connectionId: string): Promise<Connection | undefined> {
  const describe = new DescribeConnectionsCommand({ connectionId })
  const answer = await unless(connectionGone, () => provider.directConnect.send(describe))
  return unlessEnded(single(answer?.connections))
}

export function unlessEnded(connection: Connection | undefined): Connection | undefined {
  return ['deleted', 'rejected'].includes(connection?.connectionState ?? '') ? undefined : connection
}

export async function deleteConnection(provider: Provider, connectionId: string, find = findConnection): Promise<void> {
  await unless(connectionGone, () => provider.directConnect.send(new DeleteConnectionCommand({ connectionId })))
  await wait(
    provider,
    { pending: ['pending', 'ordering', 'available', 'requested', 'deleting'], target: [], timeoutMinutes: 10 },
    async () => (await find(provider, connectionId))?.connectionState,
  )
}

async function waitConfirmed(provider: Provider, connectionId: string): Promise<void> {
  await wait(
    provider,
    { pending: ['pending', 'ordering', 'requested'], target: ['available'], timeoutMinutes: 10 },
    async () => (await findConnection(provider, connectionId))?.connectionState,
  )
}

/** The tags of whatever has an ARN of Direct Connect. */
export function taggedByArn<Seen extends { readonly arn: string }>(): Tagging<Seen> {
  return {
    read: (provider, { arn }) => describeTags(provider, arn),
    async write({ directConnect }, { arn: resourceArn }, _id, set, removed) {
      if (removed.length > 0) await directConnect.send(new UntagResourceCommand({ resourceArn, tagKeys: [...removed] }))
      const { tags } = newTags(set)
      if (tags !== undefined) await directConnect.send(new TagResourceCommand({ resourceArn, tags }))
    },
  }
}

interface ConnectionConfig {
  readonly name: string
  readonly bandwidth: string
  readonly location: string
  readonly provider_name?: string
  readonly request_macsec?: boolean
  readonly encryption_mode?: string
  readonly tags?: TagMap
}

async function readConnection(provider: Provider, id: string) {
  const connection = await findConnection(provider, id)
  if (connection === undefined) return undefined
  const { region = '', ownerAccount = '' } = connection
  return {
    arn: arnOf(provider, region, ownerAccount, `dxcon/${id}`),
    aws_device: connection.awsDeviceV2 ?? '',
    bandwidth: connection.bandwidth ?? '',
    encryption_mode: connection.encryptionMode ?? '',
    has_logical_redundancy: connection.hasLogicalRedundancy ?? '',
    jumbo_frame_capable: connection.jumboFrameCapable ?? false,
    location: connection.location ?? '',
    macsec_capable: connection.macSecCapable ?? false,
    name: connection.connectionName ?? '',
    owner_account_id: ownerAccount,
    partner_name: connection.partnerName ?? '',
    port_encryption_status: connection.portEncryptionStatus ?? '',
    provider_name: connection.providerName ?? '',
    vlan_id: connection.vlan ?? 0,
  }
}

export const dxConnection: Resource<ConnectionConfig, SeenBy<typeof readConnection>> = {
  type: 'aws_dx_connection',
  defaults: { request_macsec: false },
  async create({ directConnect }, config) {
    const { connectionId = '' } = await directConnect.send(
      new CreateConnectionCommand({
        bandwidth: config.bandwidth,
        connectionName: config.name,
        location: config.location,
        requestMACSec: config.request_macsec === true,
        ...given('providerName', config.provider_name),
        ...newTags(config.tags),
      }),
    )
    return { id: connectionId }
  },
  read: readConnection,
  inPlace: ['encryption_mode'],
  async update(provider, id, after, before) {
    if (after.encryption_mode === before.encryption_mode) return
    const change = { connectionId: id, ...given('encryptionMode', after.encryption_mode) }
    await provider.directConnect.send(new UpdateConnectionCommand(change))
    await waitConfirmed(provider, id)
  },
  delete: (provider, id) => deleteConnection(provider, id),
  import: async (_provider, named) => ({ id: named }),
  tagging: taggedByArn(),
}

interface ConnectionConfirmation extends Untagged {
  readonly connection_id: string
}

/** The customer's side of a hosted connection. */
export const dxConnectionConfirmation: Resource<ConnectionConfirmation, object> = {
  type: 'aws_dx_connection_confirmation',
  defaults: {},
  async create(provider, { connection_id: connectionId }) {
    await provider.directConnect.send(new ConfirmConnectionCommand({ connectionId }))
    await waitConfirmed(provider, connectionId)
    return { id: connectionId }
  },
  read: async (provider, id) => ((await findConnection(provider, id)) === undefined ? undefined : {}),
}

const lagMemberGone = [directConnectError('Connection does not exist'), directConnectError('Lag does not exist')]

export async function disassociate(provider: Provider, connectionId: string, lagId: string): Promise<void> {
  const command = new DisassociateConnectionFromLagCommand({ connectionId, lagId })
  await retried(provider, directConnectError('is in a transitioning state'), 60, () =>
    unless(lagMemberGone, () => provider.directConnect.send(command)),
  )
}

interface ConnectionAssociation extends Untagged {
  readonly connection_id: string
  readonly lag_id: string
}

export const dxConnectionAssociation: Resource<ConnectionAssociation, object> = {
  type: 'aws_dx_connection_association',
  defaults: {},
  async create({ directConnect }, config) {
    const { connectionId = '' } = await directConnect.send(
      new AssociateConnectionWithLagCommand({ connectionId: config.connection_id, lagId: config.lag_id }),
    )
    return { id: connectionId }
  },
  async read(provider, id, { lag_id }) {
    const connection = await findConnection(provider, id)
    return connection === undefined || connection.lagId !== lag_id ? undefined : {}
  },
  delete: (provider, id, { lag_id }) => disassociate(provider, id, lag_id),
}
