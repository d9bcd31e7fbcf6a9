import { apiAt } from './api.ts'
import { nameOf } from './fail.ts'
import { untilReached } from './hosts.ts'
import { LabError } from './lab-error.ts'
import { downIn, see } from './seen.ts'
import type { LabState } from './state.ts'
import { activeFaults } from './status.ts'
import type { Lab } from './topology.ts'
import { untilNothingIsWrong } from './until.ts'

const healMs = 60_000

/** Ends every fault, and waits until everything is up again and packets go where they went. */
export async function heal(
  state: LabState,
  pairs: Lab['reaches'],
  print: (line: string) => void,
  interrupted: AbortSignal,
): Promise<void> {
  if (state.server === null) throw new LabError("its server does not run; 'lab down' removes the rest")
  const api = apiAt(state.server)
  const { faults } = await activeFaults(state.server)
  for (const { faultId, target } of faults) {
    await api.operator('DELETE', `/faults/${faultId}`)
    print(`${nameOf(state, target)} works again`)
  }
  const begunAt = Date.now()
  await untilNothingIsWrong('everything is up', healMs, async () => {
    interrupted.throwIfAborted()
    return downIn(await see(api, state))
  })
  await untilReached(state, pairs, interrupted, print)
  print(`everything is up (after ${((Date.now() - begunAt) / 1_000).toFixed(1)} s)`)
}
