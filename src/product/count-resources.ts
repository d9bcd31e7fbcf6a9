import { stateOf } from './connections/show.ts'
import { associationState } from './gateways/associations/association.ts'
import { gatewayState } from './gateways/gateway.ts'
import { lagState } from './lags/lifecycle.ts'
import { answer, type Decision } from './operation.ts'
import { type Pause, wholeSet } from './paging.ts'
import type { Snapshot } from './snapshot.ts'
import { viewWithoutCarried } from './view.ts'
import { virtualInterfaceState } from './virtual-interfaces/lifecycle.ts'

export interface ResourceCount {
  readonly kind: string
  readonly state: string
  readonly count: number
}

/**
 * How many resources of all accounts are in which state: whatever lists still show. It reads and judges every one of them,
 * a page at a time.
 */
export async function countResources(
  snapshot: Snapshot,
  { pause }: { readonly pause: Pause },
): Promise<Decision<readonly ResourceCount[]>> {
  const { now } = snapshot
  const counts = new Map<string, Map<string, number>>()
  const count = (kind: string, state: string) => {
    const ofKind = counts.get(kind) ?? new Map<string, number>()
    counts.set(kind, ofKind.set(state, (ofKind.get(state) ?? 0) + 1))
  }
  // What they carry has no part in a state.
  for await (const connections of wholeSet(snapshot, 'connection', 'all', '*', pause)) {
    const view = await viewWithoutCarried(snapshot, { connections })
    for (const connection of connections) count('connection', stateOf(connection, view))
  }
  for await (const lags of wholeSet(snapshot, 'lag', 'all', '*', pause)) {
    const { topology, observed } = await viewWithoutCarried(snapshot, { lags })
    for (const lag of lags) {
      const members = topology.members.get(lag.id) ?? []
      count('lag', lagState.at({ lag, members }, observed.bundle(lag.id), now))
    }
  }
  for await (const virtualInterfaces of wholeSet(snapshot, 'virtual-interface', 'all', '*', pause)) {
    const view = await viewWithoutCarried(snapshot, { virtualInterfaces })
    for (const vif of virtualInterfaces) count('virtual-interface', virtualInterfaceState.at(vif, view, now))
  }
  for await (const gateways of wholeSet(snapshot, 'gateway', 'all', '*', pause))
    for (const gateway of gateways) count('gateway', gatewayState.at(gateway, undefined, now))
  for await (const associations of wholeSet(snapshot, 'association', 'all', '*', pause))
    for (const association of associations) count('association', associationState.at(association, undefined, now))

  return answer(
    [...counts].flatMap(([kind, states]) => [...states].map(([state, number]) => ({ kind, state, count: number }))),
  )
}
