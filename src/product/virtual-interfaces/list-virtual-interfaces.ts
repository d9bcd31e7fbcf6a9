import type { EnumValue } from '../../contract/types.ts'
import { answer, type Decision } from '../operation.ts'
import { listPageWhere } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'
import { virtualInterfaceNamed } from './of-operator.ts'
import {
  showVirtualInterfaceToOperator,
  type VirtualInterfaceFacts,
  virtualInterfaceStateOf,
} from './show-to-operator.ts'

export interface VirtualInterfaceFilter {
  readonly state?: EnumValue<'VirtualInterfaceState'> | undefined
  readonly accountId?: string | undefined
  readonly limit?: number | undefined
  readonly nextToken?: string | undefined
}

/** Every account's virtual interfaces, oldest first. */
export async function listVirtualInterfaces(
  snapshot: Snapshot,
  input: VirtualInterfaceFilter,
): Promise<
  Decision<{ readonly virtualInterfaces: readonly VirtualInterfaceFacts[]; readonly nextToken?: string | undefined }>
> {
  const { state, accountId, limit, nextToken } = input
  const bounds = { maxResults: limit, nextToken }
  const page = await listPageWhere(snapshot, 'virtual-interface', 'all', '*', bounds, async (all) => {
    const owned = accountId === undefined ? all : all.filter((vif) => vif.ownerAccount === accountId)
    if (state === undefined) return owned
    const view = await viewOf(snapshot, { virtualInterfaces: owned })
    return owned.filter((vif) => virtualInterfaceStateOf(vif, view) === state)
  })
  const view = await viewOf(snapshot, { virtualInterfaces: page.records })
  const virtualInterfaces = page.records.map((vif) => showVirtualInterfaceToOperator(vif, view))
  return answer({ virtualInterfaces, nextToken: page.nextToken })
}

/** One of them, which may have ended long ago. */
export async function readVirtualInterface(
  snapshot: Snapshot,
  input: { readonly virtualInterfaceId: string },
): Promise<Decision<VirtualInterfaceFacts>> {
  const { vif } = await virtualInterfaceNamed(snapshot, input.virtualInterfaceId)
  return answer(showVirtualInterfaceToOperator(vif, await viewOf(snapshot, { virtualInterfaces: [vif] })))
}
