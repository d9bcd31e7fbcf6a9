import { missing } from '../fault.ts'
import { hasEnded, reached } from '../lifecycle.ts'
import type { Snapshot } from '../snapshot.ts'

/** The id under which the fabric knows what an operator named as failing; what has ended cannot fail. */
export async function targetOf(snapshot: Snapshot, target: string): Promise<string> {
  const { now } = snapshot
  const [prefix] = target.split('-', 1)
  switch (prefix) {
    case 'dxcon':
      return existing(target, await snapshot.get('connection', target), now)
    case 'dxlag':
      return existing(target, await snapshot.get('lag', target), now)
    case 'dxvif':
      return existing(target, await snapshot.get('virtual-interface', target), now)
    case 'dxpeer': {
      const [vif] = await snapshot.list('virtual-interface', 'peer', target)
      return existing(
        target,
        vif?.peers.find((peer) => peer.id === target && !reached(vif.deletedAt, now)),
        now,
      )
    }
  }
  const device = await snapshot.get('device', target)
  const location = device === undefined ? await snapshot.get('location', target.toLowerCase()) : undefined
  const found = device ?? location
  if (found === undefined) throw missing('connection, LAG, device, location, virtual interface or BGP peer', target)
  return found.id
}

function existing(target: string, found: Parameters<typeof hasEnded>[0] | undefined, now: number): string {
  if (found === undefined || hasEnded(found, now))
    throw missing('connection, LAG, device, location, virtual interface or BGP peer', target)
  return target
}
