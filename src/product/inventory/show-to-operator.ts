import { showTime } from '../time.ts'
import type { Device } from './device.ts'
import type { Location } from './location.ts'
import { panelOf } from './panel.ts'

export interface LocationFacts {
  readonly code: string
  readonly name: string
  readonly region: string
  readonly country: string
  readonly providers: readonly string[]
  readonly address: readonly string[]
  readonly meetMeRoom: string | null
  readonly createdAt: string
}

export function showLocationToOperator(location: Location): LocationFacts {
  const { code, name, region, country, providers, address = [], meetMeRoom = null, createdAt } = location
  return { code, name, region, country, providers, address, meetMeRoom, createdAt: showTime(createdAt) }
}

export interface DeviceFacts {
  readonly deviceId: string
  readonly locationCode: string
  readonly ports: Readonly<Record<string, number>>
  readonly macSecSpeeds: readonly string[]
  readonly rack: string | null
  readonly patchPanel: string
  readonly createdAt: string
}

export function showDeviceToOperator(device: Device, location: Location | undefined): DeviceFacts {
  return {
    deviceId: device.id,
    locationCode: location?.code ?? device.locationId,
    ports: device.ports,
    macSecSpeeds: device.macSecSpeeds,
    rack: device.rack ?? null,
    patchPanel: panelOf(device),
    createdAt: showTime(device.createdAt),
  }
}
