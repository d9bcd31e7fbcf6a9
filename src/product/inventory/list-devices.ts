import { answer, type Decision } from '../operation.ts'
import { listPage, type Page } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Device } from './device.ts'
import type { Location } from './location.ts'
import { locationNamed } from './naming.ts'
import { type DeviceFacts, showDeviceToOperator } from './show-to-operator.ts'

export interface DeviceFilter {
  readonly locationCode?: string | undefined
  readonly limit?: number | undefined
  readonly nextToken?: string | undefined
}

export async function listDevices(
  snapshot: Snapshot,
  input: DeviceFilter,
): Promise<Decision<{ readonly devices: readonly DeviceFacts[]; readonly nextToken?: string | undefined }>> {
  const page = await devicePage(snapshot, input)
  const locations = await locationsOf(snapshot, page.records)
  const devices = page.records.map((device) => showDeviceToOperator(device, locations.get(device.locationId)))
  return answer({ devices, nextToken: page.nextToken })
}

export async function devicePage(
  snapshot: Snapshot,
  { locationCode, limit, nextToken }: DeviceFilter,
): Promise<Page<Device>> {
  const bounds = { maxResults: limit, nextToken }
  if (locationCode === undefined) return listPage(snapshot, 'device', 'all', '*', bounds)
  const location = await locationNamed(snapshot, locationCode)
  return listPage(snapshot, 'device', 'location', location.id, bounds)
}

/** By the location's id. */
export async function locationsOf(
  snapshot: Snapshot,
  devices: readonly Device[],
): Promise<ReadonlyMap<string, Location>> {
  const ids = [...new Set(devices.map((device) => device.locationId))]
  const locations = await snapshot.getAll('location', ids)
  return new Map(locations.map((location) => [location.id, location]))
}
