import {
  AssociateConnectionWithLagCommand,
  CreateConnectionCommand,
  CreateLagCommand,
  type CreateLagCommandInput,
  DeleteConnectionCommand,
  DeleteLagCommand,
  DescribeConnectionsCommand,
  DescribeLagsCommand,
  type DirectConnectClient,
  DisassociateConnectionFromLagCommand,
  UpdateLagCommand,
  type UpdateLagCommandInput,
} from '@aws-sdk/client-direct-connect'

export const lag = (facts: Partial<CreateLagCommandInput> = {}) =>
  new CreateLagCommand({
    location: 'EqDC2',
    connectionsBandwidth: '10Gbps',
    numberOfConnections: 2,
    lagName: 'mine',
    ...facts,
  })
export const order = (facts: { bandwidth?: string; lagId?: string; requestMACSec?: boolean } = {}) =>
  new CreateConnectionCommand({ location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'alone', ...facts })
export const update = (lagId: string | undefined, facts: Partial<UpdateLagCommandInput>) =>
  new UpdateLagCommand({ lagId, ...facts })
export const remove = (lagId: string | undefined) => new DeleteLagCommand({ lagId })
export const removeConnection = (connectionId = '') => new DeleteConnectionCommand({ connectionId })
export const join = (connectionId: string | undefined, lagId: string | undefined) =>
  new AssociateConnectionWithLagCommand({ connectionId, lagId })
export const leave = (connectionId: string | undefined, lagId: string | undefined) =>
  new DisassociateConnectionFromLagCommand({ connectionId, lagId })

export async function describe(client: DirectConnectClient, lagId?: string) {
  return (await client.send(new DescribeLagsCommand({ lagId }))).lags ?? []
}

export async function describeConnection(client: DirectConnectClient, connectionId?: string) {
  return (await client.send(new DescribeConnectionsCommand({ connectionId }))).connections?.[0]
}

/** Orders connections until one is on the device, and one is not. */
export async function ordersOn(client: DirectConnectClient, device: string | undefined, bandwidth: string) {
  for (const placed = new Map<boolean, string>(); ; ) {
    const { connectionId = '' } = await client.send(order({ bandwidth }))
    placed.set((await describeConnection(client, connectionId))?.awsDeviceV2 === device, connectionId)
    const [here, elsewhere] = [placed.get(true), placed.get(false)]
    if (here !== undefined && elsewhere !== undefined) return { here, elsewhere }
  }
}

export const refused = (message: string | RegExp) => ({ name: 'DirectConnectClientException', message })
