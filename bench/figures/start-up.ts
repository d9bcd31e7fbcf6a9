import type { Figure } from '../figure.ts'
import { newWorld } from '../world.ts'

const starts = 7

/** From spawning the process to its first answer, on a data directory that was used before; the median of several. */
export const startUp: Figure = async () => {
  using world = await newWorld()
  const times: number[] = []
  for (let n = 0; n < starts; n++) {
    const spawnedAt = performance.now()
    await using server = await world.start()
    await fetch(`${server.url}/healthz`)
    times.push(performance.now() - spawnedAt)
    await server.end()
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(starts / 2)] ?? Number.NaN
  return [
    {
      figure: 'spawn to first answer, embedded, warm disk',
      measured: median,
      unit: 'ms',
      targets: [{ of: 'measured', atMost: 250 }],
    },
  ]
}
