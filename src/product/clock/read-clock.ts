import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { showTime } from '../time.ts'

export interface ShownClock {
  readonly now: string
  /** Product time minus real time. */
  readonly offsetSeconds: number
}

export async function readClock(snapshot: Snapshot): Promise<Decision<ShownClock>> {
  const installation = await snapshot.get('installation', 'installation')
  return answer(showClock(snapshot.now, installation?.clockOffset ?? 0))
}

export function showClock(now: number, offset: number): ShownClock {
  return { now: showTime(now), offsetSeconds: offset / 1_000 }
}
