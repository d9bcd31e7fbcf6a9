import { single } from '../../../src/lab/labs/single.ts'
import { addPair } from '../../../src/linux/links.ts'
import { deleteNamespace, ensureNamespace, listNamespaces } from '../../../src/linux/namespaces.ts'
import { iperf3 } from '../../../test/tools/clients.ts'
import { flow } from '../../../test/tools/iperf3.ts'
import { type Figure, median, type Row, type Work } from '../figure.ts'
import { worldOf } from '../world.ts'

const rounds = 3
const seconds = 4

/** iperf3 from a site to the instance in its VPC, and the same over a pair of interfaces like those that the way is made of. */
export const throughput: Figure = {
  summary: 'iperf3 through the fabric, against a pair of interfaces without it',
  async measure(work) {
    if (iperf3 === undefined) throw new Error("it needs iperf3: install Debian's package iperf3")
    await using world = await worldOf(single, work)
    const office = world.site('office').lan.namespace
    const vpc = listNamespaces().find((name) => name.endsWith(`-vpc-${world.state.vpcs[0]?.id}`)) ?? ''
    const [a, b] = ['bare-a', 'bare-b'].map((end) => `${world.places.prefix}${end}`)
    if (a === undefined || b === undefined) throw new Error('two ends')
    const samples = { through: [] as number[], bare: [] as number[] }
    try {
      await Promise.all([ensureNamespace(a), ensureNamespace(b)])
      await addPair(
        { namespace: a, name: 'eth0', mtu: 1500, up: true, addresses: ['192.0.2.1/24'] },
        { namespace: b, name: 'eth0', mtu: 1500, up: true, addresses: ['192.0.2.2/24'] },
      )
      // In turn, so that what else the machine does slows both.
      for (let round = 0; round < rounds; round++) {
        samples.bare.push(await rate(a, b, '192.0.2.2'))
        samples.through.push(await rate(office, vpc, '10.0.0.4'))
        tell(work, samples)
      }
    } finally {
      await Promise.all([a, b].map(deleteNamespace))
    }
    return [
      row('iperf3, a bare pair of interfaces, median', samples.bare, 'Mbit/s'),
      row('iperf3, site to VPC, median', samples.through, 'Mbit/s'),
      row(
        'iperf3, site to VPC against the bare pair',
        samples.through.map((each, index) => (100 * each) / (samples.bare[index] ?? each)),
        '%',
      ),
    ]
  },
}

function row(what: string, samples: readonly number[], unit: string): Row {
  return { what, unit, value: median(samples), target: null, samples }
}

function tell(
  { say }: Work,
  { bare, through }: { readonly bare: readonly number[]; readonly through: readonly number[] },
) {
  say(`bare ${bare.at(-1)?.toFixed(0)} Mbit/s, through the fabric ${through.at(-1)?.toFixed(0)} Mbit/s`)
}

/** One TCP flow with an MTU of 1500, Mbit/s. */
async function rate(client: string, server: string, address: string): Promise<number> {
  return (await flow({ client, server, address, seconds, sender: 'client' })).bps / 1e6
}
