import type { Connection, JsonObject } from '../connection/connection.ts'
import { textIn } from '../connection/json.ts'
import { listAll } from '../connection/list-all.ts'

/** What an account has in a Region, as the API answers it. */
export interface Inventory {
  readonly lags: readonly JsonObject[]
  readonly connections: readonly JsonObject[]
  readonly interconnects: readonly JsonObject[]
  /** What an interconnect or a LAG hosts, by its id. */
  readonly hosted: ReadonlyMap<string, readonly JsonObject[]>
  readonly virtualInterfaces: readonly JsonObject[]
  readonly gateways: readonly JsonObject[]
  /** By the id of a gateway. */
  readonly associations: ReadonlyMap<string, readonly JsonObject[]>
  readonly attachments: ReadonlyMap<string, readonly JsonObject[]>
}

export async function gather(connection: Connection): Promise<Inventory> {
  const [lags, connections, interconnects, virtualInterfaces, gateways] = await Promise.all([
    listAll(connection, 'DescribeLags', {}, 'lags'),
    listAll(connection, 'DescribeConnections', {}, 'connections'),
    listAll(connection, 'DescribeInterconnects', {}, 'interconnects'),
    listAll(connection, 'DescribeVirtualInterfaces', {}, 'virtualInterfaces'),
    listAll(connection, 'DescribeDirectConnectGateways', {}, 'directConnectGateways'),
  ])
  const hosts = [
    ...interconnects.map((each) => textIn(each, 'interconnectId')),
    ...lags.filter((lag) => lag['allowsHostedConnections'] === true).map((lag) => textIn(lag, 'lagId')),
  ]
  const gatewayIds = gateways.map((gateway) => textIn(gateway, 'directConnectGatewayId'))
  const ofGateway = (directConnectGatewayId: string) => ({ directConnectGatewayId })
  return {
    lags,
    connections,
    interconnects,
    virtualInterfaces,
    gateways,
    hosted: await forEach(hosts, (connectionId) =>
      listAll(connection, 'DescribeHostedConnections', { connectionId }, 'connections'),
    ),
    associations: await forEach(gatewayIds, (id) =>
      listAll(
        connection,
        'DescribeDirectConnectGatewayAssociations',
        ofGateway(id),
        'directConnectGatewayAssociations',
      ),
    ),
    attachments: await forEach(gatewayIds, (id) =>
      listAll(connection, 'DescribeDirectConnectGatewayAttachments', ofGateway(id), 'directConnectGatewayAttachments'),
    ),
  }
}

/** One after the other: a throttled server has to bear it. */
async function forEach<T>(ids: readonly string[], find: (id: string) => Promise<T>): Promise<ReadonlyMap<string, T>> {
  const found = new Map<string, T>()
  for (const id of ids) found.set(id, await find(id))
  return found
}
