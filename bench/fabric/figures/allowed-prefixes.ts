import { setTimeout as delay } from 'node:timers/promises'
import { routerDirectory } from '../../../src/lab/customer-router.ts'
import { transitTwoVpcs } from '../../../src/lab/labs/transit-two-vpcs.ts'
import { until } from '../../../src/lab/until.ts'
import { openVty } from '../../../src/linux/frr/vty.ts'
import { type Figure, median } from '../figure.ts'
import { lossWhile } from '../loss.ts'
import { worldOf } from '../world.ts'

const rounds = 3
const prefix = '10.3.0.0/16'
/** FRR looks at what a new policy concerns up to a second later. */
const watchMs = 2_000

/** A prefix is added to those that are allowed, and taken away again, while packets go to another. */
export const allowedPrefixes: Figure = {
  summary: 'packets lost when the allowed prefixes of an association change',
  async measure(work) {
    await using world = await worldOf(transitTwoVpcs, work)
    const { directConnectGateways = [] } = await world.api.ask('DescribeDirectConnectGateways', {})
    const directConnectGatewayId = directConnectGateways[0]?.directConnectGatewayId ?? ''
    const { directConnectGatewayAssociations = [] } = await world.api.ask('DescribeDirectConnectGatewayAssociations', {
      directConnectGatewayId,
    })
    const associationId = directConnectGatewayAssociations[0]?.associationId ?? ''
    const vty = await openVty(`${routerDirectory(world.places.run, 'office')}/bgpd.vty`)
    const isAnnounced = async (): Promise<boolean> => {
      const { routes = {} }: { readonly routes?: object } = JSON.parse(await vty.ask('show bgp ipv4 unicast json'))
      return prefix in routes
    }
    const samples: number[] = []
    const delays: number[] = []
    try {
      for (let round = 0; round < rounds; round++)
        for (const change of ['add', 'remove'] as const) {
          const { lost, longestGapMs } = await lossWhile(world, 'office', '10.1.0.4', async () => {
            const askedAt = Date.now()
            await world.api.ask('UpdateDirectConnectGatewayAssociation', {
              associationId,
              [`${change}AllowedPrefixesToDirectConnectGateway`]: [{ cidr: prefix }],
            })
            await until(`${prefix} is there or not`, 20_000, async () => {
              return (await isAnnounced()) === (change === 'add') || undefined
            })
            delays.push(Date.now() - askedAt)
            await delay(watchMs)
          })
          work.say(`${change} ${prefix}: ${lost} packets lost, longest gap ${longestGapMs} ms`)
          samples.push(lost)
        }
    } finally {
      vty.close()
    }
    return [
      {
        what: 'packets lost, changed allowed prefixes, worst',
        unit: 'packets',
        value: Math.max(...samples),
        target: { most: 0 },
        samples,
        note: `the customer's router has the change ${Math.round(median(delays))} ms after it was asked for`,
      },
    ]
  },
}
