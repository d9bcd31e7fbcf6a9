import { missing } from '../fault.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Device } from './device.ts'
import { type DeviceFacts, showDeviceToOperator } from './show-to-operator.ts'

export interface DeviceChange {
  readonly deviceId: string
  readonly rack?: string | undefined
  readonly patchPanel?: string | undefined
}

/** Says where a device stands and what its ports are wired to. Letters that are out stay as they are. */
export async function updateDevice(snapshot: Snapshot, input: DeviceChange): Promise<Decision<DeviceFacts>> {
  const found = await snapshot.get('device', input.deviceId)
  if (found === undefined) throw missing('device', input.deviceId)
  const device: Device = {
    ...found,
    ...(input.rack === undefined ? {} : { rack: input.rack }),
    ...(input.patchPanel === undefined ? {} : { patchPanel: input.patchPanel }),
  }
  const location = await snapshot.get('location', device.locationId)
  return { changes: [save('device', device)], show: () => showDeviceToOperator(device, location) }
}
