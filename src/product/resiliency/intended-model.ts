import type { EnumValue } from '../../contract/types.ts'

/** Where a connection ends on our side. */
export interface Placement {
  readonly connectionId: string
  readonly siteCode: string
  readonly deviceId: string
}

export interface Verdict {
  readonly meets: boolean
  /** Why it does not, in words for people; empty when it does. */
  readonly reasons: readonly string[]
}

/**
 * Whether connections that end at these places meet a resiliency model. Maximum: separate devices in two locations or
 * more. High: one in each of two locations or more. Basic: separate devices, in one location or more.
 * @source behaviour catalogue G.2; AWS's resiliency recommendations. `basic-resiliency` is what the toolkit calls
 * Development and Test
 */
export function verdictOn(model: EnumValue<'ResiliencyModel'>, placements: readonly Placement[]): Verdict {
  const reasons = shortcomings[model](placements)
  return { meets: reasons.length === 0, reasons }
}

const shortcomings: Readonly<
  Record<EnumValue<'ResiliencyModel'>, (placements: readonly Placement[]) => readonly string[]>
> = {
  'maximum-resiliency': (placements) => {
    const devices = devicesPerSite(placements)
    const redundant = [...devices.values()].filter((count) => count >= 2).length
    if (redundant >= 2) return []
    const alone = [...devices].filter(([, count]) => count < 2)
    return [
      ...tooFewLocations(placements),
      ...alone.map(([site]) => `All connections at location ${site} end on 1 device: separate devices are needed`),
    ]
  },
  'high-resiliency': tooFewLocations,
  'basic-resiliency': (placements) => {
    const devices = new Set(placements.map(({ deviceId }) => deviceId)).size
    return devices >= 2
      ? []
      : [`The connections end on ${devices} ${devices === 1 ? 'device' : 'devices'}: 2 are needed`]
  },
}

function tooFewLocations(placements: readonly Placement[]): readonly string[] {
  const locations = devicesPerSite(placements).size
  if (locations >= 2) return []
  return [`The connections end at ${locations} ${locations === 1 ? 'location' : 'locations'}: 2 are needed`]
}

function devicesPerSite(placements: readonly Placement[]): ReadonlyMap<string, number> {
  const bySite = Map.groupBy(placements, ({ siteCode }) => siteCode)
  return new Map([...bySite].map(([site, here]) => [site, new Set(here.map(({ deviceId }) => deviceId)).size]))
}
