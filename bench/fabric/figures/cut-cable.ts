import { setTimeout as delay } from 'node:timers/promises'
import { activePassive } from '../../../src/lab/labs/active-passive.ts'
import { until } from '../../../src/lab/until.ts'
import { wayOf } from '../../../src/lab/way.ts'
import { replaceTable } from '../../../src/linux/firewall.ts'
import { listNamespaces } from '../../../src/linux/namespaces.ts'
import { type Figure, median, type Row, type Work } from '../figure.ts'
import { lossWhile } from '../loss.ts'
import { type World, worldOf } from '../world.ts'

const rounds = 7
/** So long it is watched: more than BFD and BGP need. */
const watchMs = 4_000
/** In the other direction too, packets have come back to the first way by then. */
const settleMs = 2_000

/**
 * Two cables, of which one carries all packets in both directions until it fails. Either it is cut, as the operator API
 * does it, so that there is no light; or it swallows all packets in silence, which only BFD can notice.
 */
export const cutCable: Figure = {
  summary: 'the longest gap when the cable fails that carries everything',
  async measure(work) {
    await using world = await worldOf(activePassive, work)
    const connectionId = world.state.cables[0]?.connectionId ?? ''
    const cut = await gaps(world, work, 'cut', {
      fail: () => world.fail(connectionId),
      mend: () => world.heal(),
    })
    const silent = await gaps(world, work, 'silent', {
      fail: () => swallow(world, ' drop\n'),
      mend: async () => {
        await swallow(world, '')
        await world.heal()
      },
    })
    return [...rows('a cut cable', cut), ...rows('a cable that swallows packets', silent)]
  },
}

async function gaps(
  world: World,
  work: Work,
  what: string,
  { fail, mend }: { readonly fail: () => Promise<void>; readonly mend: () => Promise<void> },
): Promise<readonly number[]> {
  const samples: number[] = []
  for (let round = 0; round < rounds; round++) {
    await until('packets take the first way', 30_000, async () => {
      const way = await wayOf(world.places, world.state, 'office', '10.0.0.4')
      return way.startsWith('vif-1,') || undefined
    })
    await delay(settleMs)
    const { longestGapMs, lost } = await lossWhile(world, 'office', '10.0.0.4', async () => {
      await fail()
      await delay(watchMs)
    })
    work.say(`${what}: longest gap ${longestGapMs} ms, ${lost} packets lost`)
    samples.push(longestGapMs / 1_000)
    await mend()
  }
  return samples
}

function rows(what: string, samples: readonly number[]): readonly Row[] {
  const about = { unit: 's', samples } as const
  return [
    { what: `longest gap, ${what}, median`, value: median(samples), target: { below: 1 }, ...about },
    { what: `longest gap, ${what}, worst`, value: Math.max(...samples), target: { below: 1.3 }, ...about },
  ]
}

/** Both ends of the first cable send nothing any more, though they have light. */
async function swallow({ state, places }: World, rule: string): Promise<void> {
  const [cable] = state.cables
  const site = state.sites.find(({ name }) => name === cable?.site)
  const device = listNamespaces().find((name) => name.endsWith(`-device-${cable?.deviceId}`))
  if (cable === undefined || site === undefined || device === undefined) throw new Error('there is no first cable')
  const ends = [
    [site.switchNamespace, cable.name],
    [device, `${places.interfacePrefix}1`],
  ] as const
  for (const [namespace, name] of ends)
    await replaceTable(
      namespace,
      'netdev silence',
      `chain out {\ntype filter hook egress device "${name}" priority 0; policy accept;\n${rule}}\n`,
    )
}
