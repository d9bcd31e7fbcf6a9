import { type Change, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { isActive } from './show.ts'

/** Ends whatever still fails of a device or location that goes: another may come under its name. */
export async function endFaultsOf(snapshot: Snapshot, target: string): Promise<readonly Change[]> {
  const { now } = snapshot
  const faults = await snapshot.list('fault', 'target', target)
  return faults.filter((fault) => isActive(fault, now)).map((fault) => save('fault', { ...fault, until: now }))
}
