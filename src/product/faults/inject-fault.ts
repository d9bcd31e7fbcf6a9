import { refuse } from '../fault.ts'
import { create, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import type { InjectedFault } from './injected-fault.ts'
import { type ShownFault, showFault } from './show.ts'
import { targetOf } from './target.ts'

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
