import type { Metrics } from '../observe/metrics.ts'
import { Fault } from '../product/fault.ts'
import type { Engine } from './perform.ts'

/** The same engine, which tells how long everything took and how it ended. */
export function measured(engine: Engine, metrics: Pick<Metrics, 'performed'>): Engine {
  return {
    async perform(task, input, requester) {
      const begin = performance.now()
      let code = 'OK'
      try {
        return await engine.perform(task, input, requester)
      } catch (error) {
        code = error instanceof Fault ? error.code : 'InternalFailure'
        throw error
      } finally {
        metrics.performed(task.name, code, (performance.now() - begin) / 1_000)
      }
    },
  }
}
