import type { Device } from './device.ts'
import { portIds } from './ports.ts'
import { portSpeeds } from './speeds.ts'

/** Where a port comes out for the cross connect: a position of a patch panel, with the pair of strands behind it. */
export interface PanelPosition {
  readonly patchPanel: string
  /** Counted from 1 on each panel. */
  readonly panelPort: number
  /** The two strands of fiber, counted from 1 on each panel: transmit, receive. */
  readonly strands: readonly [number, number]
}

/** Duplex positions on one panel; a device with more ports has several panels. */
const positionsPerPanel = 48

/**
 * A device is wired to its panels port by port, slowest speed first, so that a port's position follows from its number.
 * undefined: the device has no such port.
 */
export function panelPosition(device: Device, portId: string): PanelPosition | undefined {
  const all = portSpeeds.flatMap((speed) => portIds(device, speed))
  const index = all.indexOf(portId)
  if (index === -1) return undefined
  const panel = Math.floor(index / positionsPerPanel) + 1
  const panelPort = (index % positionsPerPanel) + 1
  return {
    patchPanel: all.length > positionsPerPanel ? `${panelOf(device)}-${panel}` : panelOf(device),
    panelPort,
    strands: [2 * panelPort - 1, 2 * panelPort],
  }
}

/** The name of its panel, or the beginning of the names of its panels. */
export function panelOf(device: Device): string {
  return device.patchPanel ?? 'PP'
}
