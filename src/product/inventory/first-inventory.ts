import { type Change, create } from '../operation.ts'
import type { Device } from './device.ts'
import type { Location } from './location.ts'
import { sites } from './sites.ts'

const portsPerSpeed: Readonly<Record<string, number>> = { '1Gbps': 48, '10Gbps': 48, '100Gbps': 16, '400Gbps': 8 }
const devicesPerSite = 2

/** What a new installation has: every real location, with two devices in each. */
export function firstInventory(now: number): readonly Change[] {
  return sites.flatMap(([code, name, country, region, speeds, macSecSpeeds]) => {
    const location: Location = {
      id: code.toLowerCase(),
      createdAt: now,
      code,
      name,
      country,
      region,
      providers: [providerOf(name)],
    }
    const devices = Array.from({ length: devicesPerSite }, (_, index): Device => {
      const offered = speedsOf(speeds)
      return {
        id: deviceId(code, index + 1),
        createdAt: now,
        locationId: location.id,
        ports: Object.fromEntries(offered.map((speed) => [speed, portsPerSpeed[speed] ?? 0])),
        macSecSpeeds: speedsOf(macSecSpeeds),
        rack: rackName(index + 1),
      }
    })
    return [create('location', location), ...devices.map((device) => create('device', device))]
  })
}

/** Each device of a site stands in a rack of its own, until an operator says where. */
export function rackName(number: number): string {
  return `R${String(number).padStart(2, '0')}`
}

/**
 * A device's name in AWS's form, the location's code and a number of 64 bits in base 36; the same at every start.
 * @source behaviour catalogue C.1
 */
export function deviceId(code: string, number: number): string {
  // FNV-1a, 64 bits.
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(`${code.toLowerCase()} ${number}`))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return `${code}-${hash.toString(36)}`
}

function speedsOf(short: string): readonly string[] {
  return short === '' ? [] : short.split('/').map((speed) => `${speed}bps`)
}

/** Who runs the building can always provide the cross connect. */
function providerOf(name: string): string {
  return name.startsWith('Equinix') ? 'Equinix, Inc.' : name
}
