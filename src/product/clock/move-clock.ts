import { refuse } from '../fault.ts'
import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type ShownClock, showClock } from './read-clock.ts'

/** The last instant that four digits of a year can write. */
const end = Date.UTC(9999, 11, 31)

/** Product time goes forwards only: what has happened stays in the past. */
export async function moveClock(
  snapshot: Snapshot,
  input: { readonly advanceSeconds: number },
): Promise<Decision<ShownClock>> {
  const installation = await snapshot.get('installation', 'installation')
  if (installation === undefined) throw new Error('the installation has no record of itself')
  const advance = Math.round(input.advanceSeconds * 1_000)
  if (snapshot.now + advance > end)
    throw refuse(`Invalid value ${input.advanceSeconds} for advanceSeconds: the clock ends with the year 9999`)
  const clockOffset = installation.clockOffset + advance
  return {
    changes: [save('installation', { ...installation, clockOffset })],
    show: () => showClock(snapshot.now + advance, clockOffset),
  }
}
