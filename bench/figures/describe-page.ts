import type { Figure } from '../figure.ts'
import { measured } from '../measure.ts'
import { fillConnections } from '../records.ts'
import { ask, newWorld, order } from '../world.ts'
import { load } from '../wrk.ts'

const stored = 10_000

/** The first page of a long list, as long as nothing changes and while something changes all the time. */
export const describePage: Figure = async ({ seconds }) => {
  using world = await newWorld()
  await world.fill((store) => fillConnections(store, 0, stored))
  await using server = await world.start()
  const wish = { target: 'DescribeConnections', inputs: [{}], clients: 16, seconds }
  await load(server.url, wish)
  const still = await measured(server, wish)
  const stop = await changes(server.url)
  const moving = await measured(server, wish).finally(stop)
  const figure = 'DescribeConnections, first 100 of 10,000, 16 clients'
  return [
    {
      figure,
      measured: still.requestsPerSecond,
      unit: '/s',
      ...still,
      targets: [
        { of: 'measured', atLeast: 1_500 },
        { of: 'p99Ms', atMost: 30 },
      ],
    },
    {
      figure: `${figure}, 50 changes/s`,
      measured: moving.requestsPerSecond,
      unit: '/s',
      ...moving,
      targets: [],
    },
  ]
}

/** Injects a fault fifty times a second; what is returned ends it. */
async function changes(url: string): Promise<() => Promise<void>> {
  const { connectionId } = await ask(url, 'CreateConnection', {
    location: 'EqDC2',
    bandwidth: '10Gbps',
    connectionName: 'changing',
  })
  const running = new Set<Promise<void>>()
  const timer = setInterval(() => {
    const one = order(url, '/faults', { target: connectionId, kind: 'down', seconds: 1 }).finally(() =>
      running.delete(one),
    )
    running.add(one)
  }, 20)
  return async () => {
    clearInterval(timer)
    await Promise.all(running)
  }
}
