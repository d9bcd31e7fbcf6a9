import { listNamespaces } from '../../../src/linux/namespaces.ts'
import { iperf3 } from '../../../test/tools/clients.ts'
import { flow } from '../../../test/tools/iperf3.ts'
import { type Figure, median, type Row } from '../figure.ts'
import { worldOf } from '../world.ts'

const rounds = 3
const seconds = 4
const orderedMbps = 50

/** What a hosted connection carries of what was ordered, one TCP flow of iperf3 in each direction. */
export const limits: Figure = {
  summary: 'what a hosted connection carries of the rate that was ordered',
  async measure(work) {
    if (iperf3 === undefined) throw new Error("it needs iperf3: install Debian's package iperf3")
    await using world = await worldOf(
      {
        reaches: [['office', 'vpc']],
        async build(on) {
          const office = await on.site('office', { asn: 65001, lan: '192.168.10' })
          const vpc = await on.vpc('vpc', '10.0.0.0/16')
          const gateway = await on.virtualGateway(vpc)
          const interconnect = await on.interconnect({ at: 'EqDC2', to: office })
          const hosted = await on.hostedConnection({ on: interconnect, vlan: 401, bandwidth: `${orderedMbps}Mbps` })
          await on.privateInterface({ over: hosted, vlan: 401, gateway })
        },
      },
      work,
    )
    const client = world.site('office').lan.namespace
    const server = listNamespaces().find((name) => name.endsWith(`-vpc-${world.state.vpcs[0]?.id}`)) ?? ''
    const rows: Row[] = []
    for (const [sender, what] of [['client', 'from the site'] as const, ['server', 'to the site'] as const]) {
      const samples: number[] = []
      for (let round = 0; round < rounds; round++) {
        const { bps } = await flow({ client, server, address: '10.0.0.4', seconds, sender })
        samples.push(bps / (orderedMbps * 1e6))
        work.say(`${what}: ${(bps / 1e6).toFixed(1)} Mbit/s`)
      }
      const value = median(samples)
      rows.push({
        what: `carried of ${orderedMbps} Mbps ordered, ${what}`,
        unit: 'times',
        value,
        target: { most: 1.1 },
        samples,
      })
    }
    return rows
  },
}
