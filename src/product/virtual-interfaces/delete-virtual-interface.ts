import { reached } from '../lifecycle.ts'
import { type Operation, save } from '../operation.ts'
import { partyVirtualInterface } from './rules.ts'
import { stateAfter } from './show.ts'
import type { VirtualInterface } from './virtual-interface.ts'

/**
 * Its owner or that of the connection deletes it; an owner who has not confirmed it declines it. Doing so again changes
 * nothing.
 * @source behaviour catalogue A.1, B.3
 */
export const DeleteVirtualInterface: Operation<'DeleteVirtualInterface'> = async (snapshot, input) => {
  const { now, caller, settings } = snapshot
  const vif = await partyVirtualInterface(snapshot, input.virtualInterfaceId)
  const asked = reached(vif.deleteAskedAt, now) || reached(vif.rejectedAt, now)
  if (asked) return { changes: [], show: (after) => stateAfter(vif, after) }

  const declined = vif.allocated && !reached(vif.confirmedAt, now) && vif.ownerAccount === caller.accountId
  const leaving: VirtualInterface = {
    ...vif,
    ...(declined ? { rejectedAt: now } : { deleteAskedAt: now }),
    deletedAt: now + settings.timing.delete,
  }
  return { changes: [save('virtual-interface', leaving)], show: (after) => stateAfter(leaving, after) }
}
