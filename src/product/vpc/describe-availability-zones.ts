import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { invalid } from './faults.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { type Zone, zonesOf } from './zones.ts'

export interface DescribeAvailabilityZonesInput {
  readonly ZoneName?: readonly string[] | undefined
  readonly ZoneId?: readonly string[] | undefined
  readonly Filter?: readonly Filter[] | undefined
}

/** Those that subnets can be made in: all are available, and none has to be opted into. */
export async function DescribeAvailabilityZones(
  { caller }: Snapshot,
  { ZoneName: names = [], ZoneId: ids = [], Filter: filters }: DescribeAvailabilityZonesInput,
): Promise<Decision<{ readonly availabilityZoneInfo: readonly ReturnType<typeof show>[] }>> {
  const zones = zonesOf(caller.region)
  const noName = names.find((name) => !zones.some((zone) => zone.name === name))
  if (noName !== undefined) throw invalid('zoneName', noName, `It is no Availability Zone of ${caller.region}.`)
  const noId = ids.find((id) => !zones.some((zone) => zone.id === id))
  if (noId !== undefined) throw invalid('zoneId', noId, `It is no Availability Zone of ${caller.region}.`)
  const named = zones.filter(
    ({ name, id }) => (names.length === 0 || names.includes(name)) && (ids.length === 0 || ids.includes(id)),
  )
  return answer({ availabilityZoneInfo: selected(named, filters, fields).map(show) })
}

const state = 'available'
const zoneType = 'availability-zone'
const optInStatus = 'opt-in-not-required'

const fields: Fields<Zone> = {
  'zone-name': (zone) => zone.name,
  'zone-id': (zone) => zone.id,
  'zone-type': () => zoneType,
  'region-name': (zone) => zone.region,
  'group-name': groupOf,
  state: () => state,
  'opt-in-status': () => optInStatus,
}

/** @source EC2's answer in the user guide of its command line, describe-availability-zones */
function groupOf({ region }: Zone): string {
  return `${region}-zg-1`
}

function show(zone: Zone) {
  return {
    optInStatus,
    messageSet: [],
    regionName: zone.region,
    zoneName: zone.name,
    zoneId: zone.id,
    groupName: groupOf(zone),
    networkBorderGroup: zone.region,
    zoneType,
    zoneState: state,
  }
}
