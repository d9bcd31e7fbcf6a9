import { conflict, missing, refuse } from '../fault.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Location } from './location.ts'

/** The location of a code, whatever its case. */
export async function locationNamed(snapshot: Snapshot, code: string): Promise<Location> {
  const location = await snapshot.get('location', code.toLowerCase())
  if (location === undefined) throw missing('location', code)
  return location
}

/**
 * Whoever names the target of a fault names one thing: no location and no device has the other's name, nor one that
 * looks like the id of a connection, LAG, virtual interface or peer.
 */
export async function checkNameIsFree(snapshot: Snapshot, name: string, member: string): Promise<void> {
  if (/^dx(con|lag|vif|peer)-/i.test(name))
    throw refuse(`Invalid value '${name}' for ${member}: it looks like the id of another kind of thing`)
  const location = await snapshot.get('location', name.toLowerCase())
  if (location !== undefined) throw conflict(`There is a location ${location.code} already`)
  // A device is known by its name as it is spelt, so that all have to be looked through for one that is spelt otherwise.
  const devices = await snapshot.list('device', 'all', '*')
  const device = devices.find(({ id }) => id.toLowerCase() === name.toLowerCase())
  if (device !== undefined) throw conflict(`There is a device ${device.id} already`)
}
