import { conflict } from '../fault.ts'
import type { Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { changed, virtualInterfaceNamed } from './of-operator.ts'
import type { VirtualInterfaceFacts } from './show-to-operator.ts'

/** The operator declines a virtual interface that does not work yet: it is `rejected`, and soon deleted. */
export async function rejectVirtualInterface(
  snapshot: Snapshot,
  input: { readonly virtualInterfaceId: string },
): Promise<Decision<VirtualInterfaceFacts>> {
  const { now, settings } = snapshot
  const { vif, state } = await virtualInterfaceNamed(snapshot, input.virtualInterfaceId)
  if (!['confirming', 'verifying'].includes(state))
    throw conflict(`Virtual interface ${vif.id} is ${state}: only one that is confirming or verifying can be rejected`)
  return changed({ ...vif, rejectedAt: now, deleteAskedAt: now, deletedAt: now + settings.timing.delete })
}
