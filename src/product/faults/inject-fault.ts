import { missing, refuse } from '../fault.ts'
import { reached } from '../lifecycle.ts'
import { create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import type { InjectedFault } from './injected-fault.ts'
import { type ShownFault, showFault } from './show.ts'

const flapSeconds = { default: 60, longest: 3_600 }

export interface FaultOrder {
  readonly target: string
  readonly kind: 'down' | 'flap'
  /** How long it lasts. Without it a `down` lasts until it is ended, a `flap` a minute. */
  readonly seconds?: number | undefined
}

/** Cuts, kills or shakes something that exists. What the fabric reports from now on takes it into account. */
export async function injectFault(snapshot: Snapshot, input: FaultOrder): Promise<Decision<ShownFault>> {
  const { now } = snapshot
  const target = await targetOf(snapshot, input.target)
  if (input.kind === 'flap' && (input.seconds ?? 1) > flapSeconds.longest)
    throw refuse(`Invalid value ${input.seconds} for seconds: a flap lasts at most ${flapSeconds.longest}`)
  const seconds = input.seconds ?? (input.kind === 'flap' ? flapSeconds.default : null)
  const fault: InjectedFault = {
    id: snapshot.uuid(),
    createdAt: now,
    target,
    faultKind: input.kind,
    from: now,
    until: seconds === null ? null : now + Math.round(seconds * 1_000),
  }
  return { changes: [create('fault', fault)], show: () => showFault(fault, now) }
}

/** The id under which the fabric looks for faults of what an operator named; what has ended cannot fail. */
async function targetOf(snapshot: Snapshot, target: string): Promise<string> {
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

function existing(target: string, found: { readonly deletedAt: number | null } | undefined, now: number): string {
  if (found === undefined || reached(found.deletedAt, now))
    throw missing('connection, LAG, device, location, virtual interface or BGP peer', target)
  return target
}
