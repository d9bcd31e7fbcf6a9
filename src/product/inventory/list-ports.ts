import { missing } from '../fault.ts'
import { answer, type Decision } from '../operation.ts'
import type { Page } from '../paging.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Device } from './device.ts'
import { type DeviceFilter, devicePage, locationsOf } from './list-devices.ts'
import { type PanelPosition, panelPosition } from './panel.ts'
import { portInterface } from './port-interface.ts'
import { portIds, portScope } from './ports.ts'
import { portSpeeds } from './speeds.ts'

export interface PortFilter extends DeviceFilter {
  readonly deviceId?: string | undefined
  /** Only those that are free, or only those that are not. */
  readonly free?: boolean | undefined
}

export interface PortFacts {
  readonly deviceId: string
  readonly locationCode: string
  readonly portId: string
  readonly speed: (typeof portSpeeds)[number]
  /** Where it comes out for the cross connect. */
  readonly panel: PanelPosition | null
  /** The interface of the host that it is, where packets are carried. */
  readonly interfaceName: string
  /** The connection or interconnect that has it; null: it is free. */
  readonly connectionId: string | null
}

/** A device has some hundred ports, and a page has all ports of its devices. */
const devicesPerPage = 10

export async function listPorts(
  snapshot: Snapshot,
  input: PortFilter,
): Promise<Decision<{ readonly ports: readonly PortFacts[]; readonly nextToken?: string | undefined }>> {
  const page = await devicesAskedFor(snapshot, input)
  const locations = await locationsOf(snapshot, page.records)
  const holders = await holdersOf(snapshot, page.records)
  const ports = page.records.flatMap((device) =>
    portSpeeds.flatMap((speed) =>
      portIds(device, speed).map((portId) => ({
        deviceId: device.id,
        locationCode: locations.get(device.locationId)?.code ?? device.locationId,
        portId,
        speed,
        panel: panelPosition(device, portId) ?? null,
        interfaceName: portInterface(device, portId),
        connectionId: holders.get(`${device.id} ${portId}`) ?? null,
      })),
    ),
  )
  const { free } = input
  return answer({
    ports: free === undefined ? ports : ports.filter((port) => (port.connectionId === null) === free),
    nextToken: page.nextToken,
  })
}

async function devicesAskedFor(snapshot: Snapshot, input: PortFilter): Promise<Page<Device>> {
  if (input.deviceId === undefined) return devicePage(snapshot, { ...input, limit: devicesPerPage })
  const device = await snapshot.get('device', input.deviceId)
  if (device === undefined) throw missing('device', input.deviceId)
  return { records: [device], nextToken: undefined }
}

/** Whoever has a port, by device and port. */
async function holdersOf(snapshot: Snapshot, devices: readonly Device[]): Promise<ReadonlyMap<string, string>> {
  const holders = new Map<string, string>()
  for (const { id } of devices)
    for (const [port, holder] of await snapshot.claimed(portScope(id))) holders.set(`${id} ${port}`, holder)
  return holders
}
