import { missing } from '../fault.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import type { InjectedFault } from './injected-fault.ts'
import { isActive, type ShownFault, showFault } from './show.ts'

/** Ends a fault now. It stays known, since what was up when follows from all that ever failed. */
export async function endFault(snapshot: Snapshot, input: { readonly faultId: string }): Promise<Decision<ShownFault>> {
  const { now } = snapshot
  const fault = await snapshot.get('fault', input.faultId)
  if (fault === undefined) throw missing('fault', input.faultId)
  const ended: InjectedFault = isActive(fault, now) ? { ...fault, until: now } : fault
  return { changes: ended === fault ? [] : [save('fault', ended)], show: () => showFault(ended, now) }
}
