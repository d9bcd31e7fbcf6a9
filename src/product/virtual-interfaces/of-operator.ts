import { missing } from '../fault.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { viewOf } from '../view.ts'
import {
  showVirtualInterfaceToOperator,
  type VirtualInterfaceFacts,
  virtualInterfaceStateOf,
} from './show-to-operator.ts'
import type { VirtualInterface } from './virtual-interface.ts'

/** Any account's virtual interface, with its state now. */
export async function virtualInterfaceNamed(snapshot: Snapshot, id: string) {
  const vif = await snapshot.get('virtual-interface', id)
  if (vif === undefined) throw missing('virtual interface', id)
  return { vif, state: virtualInterfaceStateOf(vif, await viewOf(snapshot, { virtualInterfaces: [vif] })) }
}

/** Saves new facts of a virtual interface and shows it with them. */
export function changed(vif: VirtualInterface): Decision<VirtualInterfaceFacts> {
  return {
    changes: [save('virtual-interface', vif)],
    show: async (after) => showVirtualInterfaceToOperator(vif, await viewOf(after, { virtualInterfaces: [vif] })),
  }
}
