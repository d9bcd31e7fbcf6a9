import { setTimeout as delay } from 'node:timers/promises'
import type { Figure } from '../figure.ts'
import type { Line } from '../line.ts'
import { measured } from '../measure.ts'
import { fillVirtualInterfaces, virtualInterfaceIdAt } from '../records.ts'
import { newWorld, residentMegabytes } from '../world.ts'
import { load } from '../wrk.ts'

/** So many are asked for in turn, from everywhere among those that are stored; and more than a server remembers. */
const [asked, tooMany] = [5_000, 20_000]
const memoryAt = 100_000

/** One virtual interface among ever more, and what the server needs in memory to find it. */
export const byId: Figure = async ({ seconds, sizes }) => {
  using world = await newWorld()
  const lines: Line[] = []
  let stored = 0
  let first: number | undefined
  for (const size of sizes) {
    await world.fill((store) => fillVirtualInterfaces(store, stored, size))
    stored = size
    await using server = await world.start()
    if (lines.length === 0) {
      await delay(1_500)
      lines.push(memory('resident memory, idle', residentMegabytes(server.pid), 110))
    }
    const rateOf = async (count: number) => {
      // A step that has no factor in common with the sizes visits all of them in no order.
      const inputs = Array.from({ length: count }, (_, turn) => ({
        virtualInterfaceId: virtualInterfaceIdAt((turn * 7_919) % size),
      }))
      const wish = { target: 'DescribeVirtualInterfaces', inputs, clients: 64, seconds }
      await load(server.url, wish)
      const rate = await measured(server, wish)
      return { measured: rate.requestsPerSecond, unit: '/s', ...rate } as const
    }
    const rate = await rateOf(Math.min(asked, size))
    first ??= rate.measured
    const last = size === sizes.at(-1) && sizes.length > 1
    const figure = `DescribeVirtualInterfaces by id, ${size.toLocaleString('en')} stored`
    const beside = { what: `with ${sizes[0]?.toLocaleString('en')}`, measured: first }
    lines.push({ figure, ...rate, beside, targets: last ? [{ of: 'ratio', atLeast: 0.77 }] : [] })
    if (size === memoryAt)
      lines.push(
        memory(
          `resident memory, ${size.toLocaleString('en')} virtual interfaces, under load`,
          residentMegabytes(server.pid),
          250,
        ),
      )
    if (last)
      lines.push({ figure: `${figure}, more than are remembered`, ...(await rateOf(tooMany)), beside, targets: [] })
  }
  return lines
}

function memory(figure: string, megabytes: number, atMost: number): Line {
  return { figure, measured: megabytes, unit: 'MB', targets: [{ of: 'measured', atMost }] }
}
