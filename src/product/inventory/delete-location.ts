import { conflict } from '../fault.ts'
import { endFaultsOf } from '../faults/end-faults-of.ts'
import { type Decision, erase } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { locationNamed } from './naming.ts'

/** Only a site without devices can go, so that whatever is there was taken away first. */
export async function deleteLocation(
  snapshot: Snapshot,
  input: { readonly code: string },
): Promise<Decision<Record<string, never>>> {
  const location = await locationNamed(snapshot, input.code)
  const [device] = await snapshot.list('device', 'location', location.id, { limit: 1 })
  if (device !== undefined)
    throw conflict(`Location ${location.code} cannot be deleted: device ${device.id} is in it and has to go first`)
  const ended = await endFaultsOf(snapshot, location.id)
  return { changes: [erase('location', location.id), ...ended], show: () => ({}) }
}
