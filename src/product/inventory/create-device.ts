import { quote } from '../../contract/quote.ts'
import { refuse } from '../fault.ts'
import { create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Device } from './device.ts'
import { deviceId, rackName } from './first-inventory.ts'
import type { Location } from './location.ts'
import { checkNameIsFree, locationNamed } from './naming.ts'
import { portIds } from './ports.ts'
import { type DeviceFacts, showDeviceToOperator } from './show-to-operator.ts'
import { portSpeeds } from './speeds.ts'

export interface PortInterface {
  /** Such as `10Gbps/01`. */
  readonly portId: string
  readonly interfaceName: string
}

export interface DeviceOrder {
  readonly locationCode: string
  /** Its id; one in AWS's form where it is absent. */
  readonly name?: string | undefined
  /** How many of each speed. */
  readonly ports: { readonly [S in (typeof portSpeeds)[number]]?: number | undefined }
  /** Whether its ports do MACsec, at the speeds at which that exists. */
  readonly macSec?: boolean | undefined
  /** Where it stands; the next rack of the location where it is absent. */
  readonly rack?: string | undefined
  readonly patchPanel?: string | undefined
  /** The interfaces of the host that some of its ports are. */
  readonly interfaces?: readonly PortInterface[] | undefined
}

/** @source behaviour catalogue, appendix 1 */
const macSecSpeeds: ReadonlySet<string> = new Set(['10Gbps', '100Gbps', '400Gbps'])

export async function createDevice(snapshot: Snapshot, input: DeviceOrder): Promise<Decision<DeviceFacts>> {
  const location = await locationNamed(snapshot, input.locationCode)
  const offered = portSpeeds.filter((speed) => (input.ports[speed] ?? 0) > 0)
  if (offered.length === 0) throw refuse('Invalid value for ports: a device has at least one port')
  if (input.name !== undefined) await checkNameIsFree(snapshot, input.name, 'name')
  const present = await snapshot.list('device', 'location', location.id)
  const device: Device = {
    id: input.name ?? freeDeviceId(await snapshot.list('device', 'all', '*'), location),
    createdAt: snapshot.now,
    locationId: location.id,
    ports: Object.fromEntries(offered.map((speed) => [speed, input.ports[speed] ?? 0])),
    macSecSpeeds: input.macSec === true ? offered.filter((speed) => macSecSpeeds.has(speed)) : [],
    rack: input.rack ?? rackName(present.length + 1),
    ...(input.patchPanel === undefined ? {} : { patchPanel: input.patchPanel }),
    interfaces: Object.fromEntries((input.interfaces ?? []).map((each) => [each.portId, each.interfaceName])),
  }
  checkInterfaces(device, offered, input.interfaces ?? [])
  return { changes: [create('device', device)], show: () => showDeviceToOperator(device, location) }
}

/** Only ports that it has can be an interface of the host, each one of its own: a cable has one customer. */
function checkInterfaces(device: Device, speeds: readonly string[], named: readonly PortInterface[]): void {
  for (const member of ['portId', 'interfaceName'] as const) {
    const all = named.map((each) => each[member])
    const twice = all.find((value, index) => all.indexOf(value) < index)
    if (twice !== undefined)
      throw refuse(`Invalid value ${quote(twice)} for interfaces.${member}: it is named more than once`)
  }
  const known = new Set(speeds.flatMap((speed) => portIds(device, speed)))
  const unknown = Object.keys(device.interfaces).find((portId) => !known.has(portId))
  if (unknown !== undefined)
    throw refuse(`Invalid value ${quote(unknown)} for interfaces: the device has no such port; one is ${[...known][0]}`)
}

/** The first of the location's device ids that no device has, wherever it stands: whoever moves one may keep its name. */
function freeDeviceId(all: readonly Device[], location: Location): string {
  const taken = new Set(all.map((device) => device.id.toLowerCase()))
  let number = 1
  while (taken.has(deviceId(location.code, number).toLowerCase())) number++
  return deviceId(location.code, number)
}
