import { conflict, missing } from '../fault.ts'
import { endFaultsOf } from '../faults/end-faults-of.ts'
import { reached } from '../lifecycle.ts'
import { type Decision, erase } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { portScope } from './ports.ts'

/** Only a device that no port and no LAG is on can go. */
export async function deleteDevice(
  snapshot: Snapshot,
  input: { readonly deviceId: string },
): Promise<Decision<Record<string, never>>> {
  const device = await snapshot.get('device', input.deviceId)
  if (device === undefined) throw missing('device', input.deviceId)
  const [connectionId] = (await snapshot.claimed(portScope(device.id))).values()
  const lags = await snapshot.list('lag', 'device', device.id)
  const user = connectionId ?? lags.find(({ deletedAt }) => !reached(deletedAt, snapshot.now))?.id
  if (user !== undefined) throw conflict(`Device ${device.id} cannot be deleted: ${user} is on it`)
  const ended = await endFaultsOf(snapshot, device.id)
  return { changes: [erase('device', device.id), ...ended], show: () => ({}) }
}
