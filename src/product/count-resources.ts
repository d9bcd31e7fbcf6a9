import { stateOf } from './connections/show.ts'
import { associationState } from './gateways/associations/association.ts'
import { gatewayState } from './gateways/gateway.ts'
import { lagState } from './lags/lifecycle.ts'
import { answer, type Decision } from './operation.ts'
import type { Snapshot } from './snapshot.ts'
import { viewOf } from './view.ts'
import { virtualInterfaceState } from './virtual-interfaces/lifecycle.ts'

export interface ResourceCount {
  readonly kind: string
  readonly state: string
  readonly count: number
}

/** How many resources of all accounts are in which state: whatever lists still show. */
export async function countResources(snapshot: Snapshot): Promise<Decision<readonly ResourceCount[]>> {
  const { now } = snapshot
  const connections = await snapshot.list('connection', 'all', '*')
  const lags = await snapshot.list('lag', 'all', '*')
  const virtualInterfaces = await snapshot.list('virtual-interface', 'all', '*')
  const gateways = await snapshot.list('gateway', 'all', '*')
  const associations = await snapshot.list('association', 'all', '*')
  const view = await viewOf(snapshot, { connections, lags, virtualInterfaces })
  const members = (lagId: string) => view.topology.members.get(lagId) ?? []
  return answer([
    ...counted(
      'connection',
      connections.map((connection) => stateOf(connection, view)),
    ),
    ...counted(
      'lag',
      lags.map((lag) => lagState.at({ lag, members: members(lag.id) }, view.observed.bundle(lag.id), now)),
    ),
    ...counted(
      'virtual-interface',
      virtualInterfaces.map((vif) => virtualInterfaceState.at(vif, view, now)),
    ),
    ...counted(
      'gateway',
      gateways.map((gateway) => gatewayState.at(gateway, undefined, now)),
    ),
    ...counted(
      'association',
      associations.map((association) => associationState.at(association, undefined, now)),
    ),
  ])
}

function counted(kind: string, states: readonly string[]): readonly ResourceCount[] {
  const byState = Map.groupBy(states, (state) => state)
  return [...byState].map(([state, { length: count }]) => ({ kind, state, count }))
}
