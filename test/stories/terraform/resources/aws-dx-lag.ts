import {
  CreateLagCommand,
  DeleteLagCommand,
  DescribeLagsCommand,
  type Lag,
  UpdateLagCommand,
} from '@aws-sdk/client-direct-connect'
import type { Resource, SeenBy } from '../../../tools/terraform.ts'
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
import { deleteConnection, disassociate, taggedByArn } from './aws-dx-connection.ts'

const lagGone = [directConnectError('Could not find Lag with ID')]

async function findLag({ directConnect }: Provider, lagId: string): Promise<Lag | undefined> {
  const answer = await unless(lagGone, () => directConnect.send(new DescribeLagsCommand({ lagId })))
  const lag = single(answer?.lags)
  return lag?.lagState === 'deleted' ? undefined : lag
}

interface LagConfig {
  readonly name: string
  readonly connections_bandwidth: string
  readonly location: string
  readonly connection_id?: string
  readonly encryption_mode?: string
  readonly force_destroy?: boolean
  readonly provider_name?: string
  readonly request_macsec?: boolean
  readonly tags?: TagMap
}

async function readLag(provider: Provider, id: string) {
  const lag = await findLag(provider, id)
  if (lag === undefined) return undefined
  const { region = '', ownerAccount = '' } = lag
  return {
    arn: arnOf(provider, region, ownerAccount, `dxlag/${id}`),
    connections_bandwidth: lag.connectionsBandwidth ?? '',
    encryption_mode: lag.encryptionMode ?? '',
    has_logical_redundancy: lag.hasLogicalRedundancy ?? '',
    jumbo_frame_capable: lag.jumboFrameCapable ?? false,
    location: lag.location ?? '',
    macsec_capable: lag.macSecCapable ?? false,
    name: lag.lagName ?? '',
    owner_account_id: ownerAccount,
    provider_name: lag.providerName ?? '',
  }
}

export const dxLag: Resource<LagConfig, SeenBy<typeof readLag>> = {
  type: 'aws_dx_lag',
  defaults: { force_destroy: false, request_macsec: false },
  async create(provider, config) {
    const made = await provider.directConnect.send(
      new CreateLagCommand({
        connectionsBandwidth: config.connections_bandwidth,
        lagName: config.name,
        location: config.location,
        numberOfConnections: 1,
        requestMACSec: config.request_macsec === true,
        ...newTags(config.tags),
        ...given('connectionId', config.connection_id),
        ...given('providerName', config.provider_name),
      }),
    )
    const { lagId = '' } = made
    // A LAG cannot be made without a connection, so the one that comes with it goes at once.
    if (config.connection_id === undefined)
      await deleteConnection(provider, taken(taken(made.connections?.[0]).connectionId))
    if (config.encryption_mode !== undefined)
      await provider.directConnect.send(new UpdateLagCommand({ lagId, encryptionMode: config.encryption_mode }))
    return { id: lagId }
  },
  read: readLag,
  inPlace: ['name', 'encryption_mode', 'force_destroy'],
  async update({ directConnect }, lagId, after, before) {
    if (after.name !== before.name) await directConnect.send(new UpdateLagCommand({ lagId, lagName: after.name }))
    const { encryption_mode: encryptionMode } = after
    if (encryptionMode !== before.encryption_mode)
      await directConnect.send(new UpdateLagCommand({ lagId, encryptionMode }))
  },
  async delete(provider, lagId, state) {
    if (state.force_destroy === true) {
      const lag = await findLag(provider, lagId)
      if (lag === undefined) return
      for (const { connectionId } of lag.connections ?? []) await deleteConnection(provider, taken(connectionId))
    } else if (state.connection_id !== undefined) await disassociate(provider, state.connection_id, lagId)
    await unless(lagGone, () => provider.directConnect.send(new DeleteLagCommand({ lagId })))
    await wait(
      provider,
      { pending: ['available', 'requested', 'pending', 'deleting'], target: [], timeoutMinutes: 10 },
      async () => (await findLag(provider, lagId))?.lagState,
    )
  },
  import: async (_provider, named) => ({ id: named }),
  tagging: taggedByArn(),
}
