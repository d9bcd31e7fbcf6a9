import { reached } from '../lifecycle.ts'
import { gatewayEndsOf } from '../routing/gateway-ends.ts'
import type { Snapshot } from '../snapshot.ts'
import { loadTopology } from '../topology.ts'
import { cidrsOf } from '../vpc/rules.ts'
import { desiredDevices } from './cables.ts'
import type { Desired } from './desired.ts'
import { desiredGateways } from './gateways.ts'
import { nextInstant } from './next-instant.ts'
import { loadVpcsBehind } from './vpcs-behind.ts'

/**
 * What the fabric should look like now, and when that may next change by itself; null: never, as far as the facts say.
 * Reads whole sets: it is asked once a change, not once a request.
 */
export async function desiredFabric(
  snapshot: Snapshot,
): Promise<{ readonly desired: Desired; readonly changesAt: number | null }> {
  const { now } = snapshot
  // A transaction of a database takes one question after the other.
  const connections = await snapshot.list('connection', 'all', '*')
  const lags = await snapshot.list('lag', 'all', '*')
  const vifs = await snapshot.list('virtual-interface', 'all', '*')
  const faults = await snapshot.list('fault', 'all', '*')
  const devices = await snapshot.list('device', 'all', '*')
  const topology = await loadTopology(snapshot, { connections, lags, virtualInterfaces: vifs })
  const endsOf = await gatewayEndsOf(snapshot, vifs)
  const gatewayIds = [...new Set(vifs.flatMap(endsOf).map(({ gatewayId }) => gatewayId))]
  const { vpcsBehind, vpcs, facts } = await loadVpcsBehind(snapshot, gatewayIds)
  const associations = await snapshot.list('association', 'gateway', [
    ...new Set(vifs.flatMap((vif) => vif.directConnectGatewayId ?? [])),
  ])
  const live = faults.filter(({ until }) => !reached(until, now))
  return {
    desired: {
      devices: desiredDevices(devices, connections, lags, live, now),
      gateways: desiredGateways({ topology, faults: live, endsOf, vpcsBehind, now }),
      vpcs: vpcs.map((vpc) => ({ id: vpc.id, region: vpc.region, cidrs: cidrsOf(vpc, now) })),
    },
    changesAt: nextInstant(
      [connections, lags, vifs, live, associations, facts, [...topology.failoverTests.values()]],
      now,
    ),
  }
}
