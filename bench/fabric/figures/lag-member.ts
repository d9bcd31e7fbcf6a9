import { setTimeout as delay } from 'node:timers/promises'
import { lag } from '../../../src/lab/labs/lag.ts'
import { type Figure, median } from '../figure.ts'
import { lossWhile } from '../loss.ts'
import { worldOf } from '../world.ts'

const rounds = 3
const watchMs = 3_000

/** Each of the two cables of a LAG is cut in its turn, so that it is also the one that carries the packets. */
export const lagMember: Figure = {
  summary: 'packets lost when one of two cables of a LAG is cut',
  async measure(work) {
    await using world = await worldOf(lag, work)
    const samples: number[] = []
    const gaps: number[] = []
    for (let round = 0; round < rounds; round++)
      for (const { name, connectionId } of world.state.cables) {
        const { lost, longestGapMs } = await lossWhile(world, 'office', '10.0.0.4', async () => {
          await world.fail(connectionId)
          await delay(watchMs)
        })
        work.say(`${name}: ${lost} packets lost, longest gap ${longestGapMs} ms`)
        samples.push(lost)
        gaps.push(longestGapMs)
        await world.heal()
        await delay(watchMs)
      }
    return [
      {
        what: 'packets lost, one LACP member cut, worst',
        unit: 'packets',
        value: Math.max(...samples),
        target: { most: 0 },
        samples,
        note: `longest gap: median ${median(gaps)} ms, worst ${Math.max(...gaps)} ms; there is a packet every 10 ms`,
      },
    ]
  },
}
