import { answer, type Operation } from '../operation.ts'
import { showLocation } from './show.ts'

/** The locations of the Region that is called; the list has no pages. @source behaviour catalogue F.3 */
export const DescribeLocations: Operation<'DescribeLocations'> = async (snapshot) => {
  const locations = await snapshot.list('location', 'region', snapshot.caller.region)
  const devices = await snapshot.list(
    'device',
    'location',
    locations.map((location) => location.id),
  )
  const devicesOf = Map.groupBy(devices, (device) => device.locationId)
  return answer({
    locations: locations.map((location) => showLocation(location, devicesOf.get(location.id) ?? [])),
  })
}
