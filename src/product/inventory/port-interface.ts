import { fingerprint } from '../fingerprint.ts'
import type { Device } from './device.ts'

/** Linux allows 15 characters in the name of an interface. */
const longestName = 15

/** The interface of the host that a port of a device is: the one that the inventory names, else one of a name of ours. */
export function portInterface(device: Pick<Device, 'id' | 'interfaces'>, portId: string): string {
  return device.interfaces[portId] ?? `xc-${fingerprint(`${device.id} ${portId}`)}`.slice(0, longestName)
}
