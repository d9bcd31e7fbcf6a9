import { refuse } from '../fault.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Device } from './device.ts'
import type { Location } from './location.ts'
import { portSpeeds } from './speeds.ts'

/** No location's code is longer; what is longer still is not worth looking up. */
const longestCode = 64

/**
 * The site of the caller's Region that a location code names, matched without case. A code may name a floor or a
 * meet-me room of a site: `EqSe2-EQ` belongs to `EqSe2`.
 * @source behaviour catalogue F.3
 */
export async function findSite(snapshot: Snapshot, location: string): Promise<Location> {
  const candidates = location.length > longestCode ? [] : siteCodes(location)
  const sites = await snapshot.getAll('location', candidates)
  const [site] = sites
    .filter(({ region }) => region === snapshot.caller.region)
    .toSorted((a, b) => b.id.length - a.id.length)
  if (site === undefined) throw refuse(`Location '${location.slice(0, longestCode)}' is invalid.`)
  return site
}

/** The ids of the sites that a code could belong to: itself, and whatever a hyphen ends. */
export function siteCodes(location: string): readonly string[] {
  const code = location.toLowerCase()
  return [...code.matchAll(/-|$/g)].map((end) => code.slice(0, end.index))
}

/** What an order needs: `count` ports of one speed on one device of a site. */
export interface PortRequest {
  readonly site: Location
  /** Such as `10Gbps`. */
  readonly bandwidth: string
  readonly requestMacSec: boolean
  readonly count: number
  /** The device that it has to be; without it, any. */
  readonly deviceId?: string | undefined
}

export interface FreePorts {
  readonly deviceId: string
  /** As many as asked for, such as `1Gbps/07`. */
  readonly portIds: readonly string[]
}

/**
 * Free ports on one device: the one that has most of them, so that a customer's second port at a site comes to another
 * device. All or nothing.
 */
export async function freePorts(snapshot: Snapshot, request: PortRequest): Promise<FreePorts> {
  const { site, bandwidth, requestMacSec, count } = request
  const devices = await snapshot.list('device', 'location', site.id)
  checkOffered(site, devices, bandwidth, requestMacSec)

  const suitable = devices.filter(
    (device) =>
      (request.deviceId === undefined || device.id === request.deviceId) &&
      (!requestMacSec || device.macSecSpeeds.includes(bandwidth)),
  )
  // A transaction of a database takes one question after the other.
  const free: Free[] = []
  for (const device of suitable) free.push(await freeOn(snapshot, device, bandwidth, count))
  const [most] = free.toSorted((a, b) => b.free - a.free)
  if (most === undefined || most.portIds.length < count) {
    const asked = `${count} of ${bandwidth}${requestMacSec ? ' with MACsec' : ''} requested`
    throw refuse(
      `There are no available ports on the endpoint ${request.deviceId ?? site.code}: ${asked}, ${most?.portIds.length ?? 0} free`,
    )
  }
  return { deviceId: most.deviceId, portIds: most.portIds.slice(0, count) }
}

interface Free extends FreePorts {
  /** How many there are, as far as is known without counting those in use: no more than there really are. */
  readonly free: number
}

/** So many ports that are free again are looked at. */
const mostFreed = 512

/**
 * Ports that were in use and are free again come first, then those that never were. Only a device that seems to have too
 * few is searched through. What is remembered may be of a device that had the same name before, with other ports.
 */
async function freeOn(snapshot: Snapshot, device: Device, bandwidth: string, count: number): Promise<Free> {
  const { last, freed: known } = await snapshot.claimEdges(portScope(device.id), `${bandwidth}/`, mostFreed)
  const freed = known.filter((portId) => hasPort(device, bandwidth, portId))
  const used = last === undefined ? 0 : Number(last.slice(bandwidth.length + 1))
  const isKnown = last === undefined || hasPort(device, bandwidth, last)
  const untouched = isKnown ? (device.ports[bandwidth] ?? 0) - used : 0
  const free = freed.length + untouched
  if (free < count) {
    const taken = await snapshot.claimed(portScope(device.id))
    const left = portIds(device, bandwidth).filter((port) => !taken.has(port))
    return { deviceId: device.id, portIds: left, free: left.length }
  }
  const wanted = Math.max(0, count - freed.length)
  const fresh = Array.from({ length: wanted }, (_, index) => portIdAt(device, bandwidth, used + index))
  return { deviceId: device.id, portIds: [...freed, ...fresh], free }
}

/** Where ports are claimed: a port belongs to one connection at a time. */
export function portScope(deviceId: string): string {
  return `ports ${deviceId}`
}

/** Every port that a device has of a speed. */
export function portIds(device: Device, bandwidth: string): readonly string[] {
  return Array.from({ length: device.ports[bandwidth] ?? 0 }, (_, index) => portIdAt(device, bandwidth, index))
}

function hasPort(device: Device, bandwidth: string, portId: string): boolean {
  const number = Number(portId.slice(bandwidth.length + 1))
  return number <= (device.ports[bandwidth] ?? 0) && portId === portIdAt(device, bandwidth, number - 1)
}

/** Numbered from 1, with as many digits as the last one has and two at least, so that they are in the order of their names. */
function portIdAt(device: Device, bandwidth: string, index: number): string {
  const digits = Math.max(2, String(device.ports[bandwidth] ?? 0).length)
  return `${bandwidth}/${String(index + 1).padStart(digits, '0')}`
}

/** Speeds differ from site to site, and MACsec is not offered at all of them. @source behaviour catalogue, appendix 1 */
function checkOffered(site: Location, devices: readonly Device[], bandwidth: string, requestMacSec: boolean): void {
  if (!portSpeeds.some((speed) => speed === bandwidth))
    throw refuse(`Invalid interface speed: ${bandwidth.slice(0, 32)}`)
  if (!devices.some((device) => (device.ports[bandwidth] ?? 0) > 0))
    throw refuse(`Invalid interface speed: ${bandwidth} is not available at location ${site.code}`)
  if (requestMacSec && !devices.some((device) => device.macSecSpeeds.includes(bandwidth)))
    throw refuse(`Invalid value true for requestMACSec: location ${site.code} has no ${bandwidth} ports with MACsec`)
}
