import type { Connection } from '../connections/connection.ts'
import { isBroken } from '../faults/broken.ts'
import type { InjectedFault } from '../faults/injected-fault.ts'
import type { Device } from '../inventory/device.ts'
import { portInterface } from '../inventory/port-interface.ts'
import type { Lag } from '../lags/lag.ts'
import { reached } from '../lifecycle.ts'
import type { DesiredDevice } from './desired.ts'

/** The ports that connections have, device by device. */
export function desiredDevices(
  devices: readonly Device[],
  connections: readonly Connection[],
  lags: readonly Lag[],
  faults: readonly InjectedFault[],
  now: number,
): readonly DesiredDevice[] {
  const present = connections.filter((c) => c.deviceId !== null && reached(c.approvedAt, now))
  const byDevice = Map.groupBy(present, (c) => c.deviceId)
  return devices.flatMap((device) => {
    const here = byDevice.get(device.id) ?? []
    if (here.length === 0) return []
    const bundled = new Set(here.map((c) => c.lagId))
    return {
      id: device.id,
      cables: here.map((c) => ({
        connectionId: c.id,
        portId: c.portId ?? '',
        interfaceName: portInterface(device, c.portId ?? ''),
        plugged: isPlugged(c, now) && !isBroken(faults, targetsAbove(c), now),
        mustEncrypt: c.encryptionMode === 'must_encrypt',
        lagId: c.lagId,
      })),
      bundles: lags
        .filter((lag) => bundled.has(lag.id))
        .map((lag) => ({ lagId: lag.id, minimumLinks: Math.max(1, lag.minimumLinks) })),
    }
  })
}

function isPlugged(c: Connection, now: number): boolean {
  return c.cables.some(({ from, until }) => reached(from, now) && !reached(until, now))
}

/** What takes a port down when it fails. */
function targetsAbove(c: Connection): readonly (string | null)[] {
  return [c.id, c.deviceId, c.siteCode.toLowerCase(), c.lagId]
}
