import { setTimeout as delay } from 'node:timers/promises'
import { routerDirectory } from '../../../src/lab/customer-router.ts'
import { until } from '../../../src/lab/until.ts'
import type { Carrier, Gateway } from '../../../src/lab/workshop.ts'
import { openVty } from '../../../src/linux/frr/vty.ts'
import { type Figure, median, type Row } from '../figure.ts'
import { orderAndWait, prepareVlans, stepsOf, type Times } from '../order.ts'
import { type World, worldOf } from '../world.ts'

const rounds = [1, 2, 3, 4, 5]

/**
 * From the order of a private virtual interface to the first packet that comes back: on a gateway that runs because
 * another customer's virtual interface leads to it, and on one to which nothing led before.
 */
export const firstPing: Figure = {
  summary: 'from CreatePrivateVirtualInterface to the first ping',
  async measure(work) {
    const built: { over?: Carrier; running?: Gateway; fresh: Gateway[] } = { fresh: [] }
    await using world = await worldOf(
      {
        reaches: [['keeper', 'vpc-0']],
        async build(on) {
          const keeper = await on.site('keeper', { asn: 65001, lan: '192.168.10' })
          const office = await on.site('office', { asn: 65002, lan: '192.168.20' })
          built.running = await on.virtualGateway(await on.vpc('vpc-0', '10.0.0.0/16'))
          for (const round of rounds)
            built.fresh.push(await on.virtualGateway(await on.vpc(`vpc-${round}`, `10.${round}.0.0/16`)))
          const kept = await on.connection({ at: 'EqDC2', to: keeper })
          built.over = await on.connection({ at: 'EqDC2', to: office })
          await on.privateInterface({ over: kept, vlan: 101, gateway: built.running })
        },
      },
      work,
    )
    const { over, running, fresh } = built
    if (over === undefined || running === undefined) throw new Error('the lab was not built')
    await prepareVlans(
      world,
      over,
      rounds.flatMap((round) => [200 + round, 300 + round]),
    )
    const [onRunning, onNew]: [Times[], Times[]] = [[], []]
    for (const round of rounds) {
      const order = { over, gateway: running, vlan: 200 + round, address: '10.0.0.4' }
      const { id, ...times } = await orderAndWait(world, order, work)
      work.say(`on a running gateway: ${times.pinged.toFixed(0)} ms (${stepsOf([times])})`)
      onRunning.push(times)
      await endOf(world, over, id)
    }
    for (const round of rounds) {
      const gateway = fresh[round - 1] ?? running
      const order = { over, gateway, vlan: 300 + round, address: `10.${round}.0.4` }
      const times = await orderAndWait(world, order, work)
      work.say(`on a new gateway: ${times.pinged.toFixed(0)} ms (${stepsOf([times])})`)
      onNew.push(times)
    }
    return [row('a running gateway', onRunning, 4), row('a new gateway', onNew, 6)]
  },
}

function row(where: string, all: readonly Times[], belowSeconds: number): Row {
  const samples = all.map(({ pinged }) => pinged / 1_000)
  return {
    what: `order to first ping on ${where}, median`,
    unit: 's',
    value: median(samples),
    target: { below: belowSeconds },
    samples,
    note: stepsOf(all),
  }
}

/** Until then BFD is up, without which the customer's router would take its hold time to notice that its peer has gone. */
const bfdMs = 3_000

/** Deletes a virtual interface, and waits until the customer's router has nothing of it. */
async function endOf(world: World, { site }: Carrier, virtualInterfaceId: string): Promise<void> {
  await delay(bfdMs)
  await world.api.ask('DeleteVirtualInterface', { virtualInterfaceId })
  const vty = await openVty(`${routerDirectory(world.places.run, site.name)}/bgpd.vty`)
  try {
    await until('the route goes', 20_000, async () => {
      const { routes = {} }: { readonly routes?: object } = JSON.parse(await vty.ask('show bgp ipv4 unicast json'))
      return !('10.0.0.0/16' in routes) || undefined
    })
  } finally {
    vty.close()
  }
  // The kernel hears of it a moment later.
  await delay(500)
}
