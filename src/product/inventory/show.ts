import type { Shape } from '../../contract/types.ts'
import { billingModesAt } from '../billing/billing-modes.ts'
import type { Device } from './device.ts'
import type { Location } from './location.ts'
import { portSpeeds } from './speeds.ts'

/** Port speeds are spelt in short here, `10G`, and nowhere else. */
export function showLocation(location: Location, devices: readonly Device[]): Shape<'Location'> {
  const offered = (has: (device: Device, speed: string) => boolean) =>
    portSpeeds.filter((speed) => devices.some((device) => has(device, speed))).map((speed) => speed.replace('bps', ''))
  const availablePortSpeeds = offered((device, speed) => (device.ports[speed] ?? 0) > 0)
  return {
    locationCode: location.code,
    locationName: location.name,
    region: location.region,
    availablePortSpeeds,
    availableProviders: location.providers,
    availableMacSecPortSpeeds: offered((device, speed) => device.macSecSpeeds.includes(speed)),
    availableBillingModes: billingModesAt(location, availablePortSpeeds),
  }
}
