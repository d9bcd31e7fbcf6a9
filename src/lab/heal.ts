import { apiAt } from './api.ts'
import { nameOf } from './fail.ts'
import { LabError } from './lab-error.ts'
import { downIn, see } from './seen.ts'
import type { LabState } from './state.ts'
import { activeFaults } from './status.ts'
import { untilNothingIsWrong } from './until.ts'

const healMs = 60_000

/** Ends every fault and waits until everything is up again. */
export async function heal(state: LabState, print: (line: string) => void): Promise<void> {
  if (state.server === null) throw new LabError("its server does not run; 'lab down' removes the rest")
  const api = apiAt(state.server)
  const { faults } = await activeFaults(state.server)
  for (const { faultId, target } of faults) {
    await api.operator('DELETE', `/faults/${faultId}`)
    print(`${nameOf(state, target)} works again`)
  }
  const begunAt = Date.now()
  await untilNothingIsWrong('everything is up', healMs, async () => downIn(await see(api, state)))
  print(`everything is up (after ${((Date.now() - begunAt) / 1_000).toFixed(1)} s)`)
}
