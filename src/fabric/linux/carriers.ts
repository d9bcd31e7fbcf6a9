import type { WatchedLink } from '../../linux/watch-links.ts'
import type { DesiredCable, DesiredDevice } from '../../product/desired/desired.ts'
import type { Seen } from '../../product/sightings/seen.ts'

/** What is known of the interfaces of a device. */
export interface DeviceSight {
  /** By name. */
  readonly links: ReadonlyMap<string, WatchedLink>
  /** The interfaces that LACP has agreed to use. */
  readonly agreed: ReadonlySet<string>
  /** Why a port is not ours, by its interface. */
  readonly refused: ReadonlyMap<string, string>
}

/** Connections and LAGs of a device as they are seen. */
export function seenOf({ cables, bundles }: DesiredDevice, sight: DeviceSight): readonly Seen[] {
  const links = cables.map((cable) => seen(cable.connectionId, whyDown(cable, sight)))
  const lags = bundles.map(({ lagId, minimumLinks }) => {
    const members = cables.filter((cable) => cable.lagId === lagId && whyDown(cable, sight) === null)
    const used = members.filter(({ interfaceName }) => sight.agreed.has(interfaceName))
    return seen(lagId, used.length >= minimumLinks ? null : 'too few members are up')
  })
  return [...links, ...lags]
}

/** Why a port is down, in words for people; null: it is up. */
function whyDown(cable: DesiredCable, { links, refused }: DeviceSight): string | null {
  if (cable.mustEncrypt) return 'this fabric has no MACsec, which the connection must have'
  const link = links.get(cable.interfaceName)
  if (link === undefined)
    return refused.get(cable.interfaceName) ?? `the host has no interface named ${cable.interfaceName}`
  return cable.plugged && link.up && link.carrier ? null : 'no light on the link'
}

function seen(id: string, lastError: string | null): Seen {
  return { id, up: lastError === null, lastError }
}
