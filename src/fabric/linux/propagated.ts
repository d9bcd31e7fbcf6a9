import { run } from '../../linux/command.ts'
import { ipBatch } from '../../linux/links.ts'
import { parseCidr } from '../../product/addresses/cidr.ts'
import type { DesiredVpc } from '../../product/desired/desired.ts'
import { interfaceOf, type Names } from './names.ts'
import { placesOf } from './vpcs.ts'

/** One of several gateways of a VPC, with the networks that customers announce to it. */
export interface Front {
  readonly gatewayId: string
  readonly cidrs: readonly string[]
}

/** Less than the ways out of `joinVpc` have: a customer may announce everything. Of IPv6 Linux takes 0 for 1024. */
const metrics = { ipv4: 0, ipv6: 1 } as const

/**
 * Tells a VPC with several gateways which of them leads to what, as propagation into its route tables does. Of two that
 * lead to the same network the first has it; what nobody announces is the first one's.
 */
export async function propagate(names: Names, vpc: DesiredVpc, fronts: readonly Front[]): Promise<void> {
  const namespace = names.vpc(vpc.id)
  const places = placesOf(vpc)
  const wanted = new Map<string, string>()
  for (const { gatewayId, cidrs } of fronts)
    for (const cidr of cidrs) {
      const family = parseCidr(cidr)?.family
      const place = places.find((each) => parseCidr(each.cidr)?.family === family)
      if (place === undefined || wanted.has(cidr)) continue
      const way = `via ${place.hops.router} dev ${interfaceOf(gatewayId)} onlink src ${place.instance}`
      wanted.set(cidr, `${way} proto bgp metric ${metrics[family ?? 'ipv4']}`)
    }
  const present = await propagatedTo(namespace)
  await ipBatch(namespace, [
    ...[...wanted].map(([cidr, way]) => `route replace ${cidr} ${way}`),
    ...present.filter((cidr) => !wanted.has(cidr)).map((cidr) => `route delete ${cidr} proto bgp`),
  ])
}

async function propagatedTo(namespace: string): Promise<readonly string[]> {
  const shown = await Promise.all(
    spellings.map(async ({ option, all, host }) => {
      const text = await run('ip', [option, '-n', namespace, '-json', 'route', 'show', 'proto', 'bgp'])
      const rows: readonly { readonly dst: string }[] = JSON.parse(text)
      return rows.map(({ dst }) => (dst === 'default' ? all : dst.includes('/') ? dst : `${dst}/${host}`))
    }),
  )
  return shown.flat()
}

/** What `ip` leaves out. */
const spellings = [
  { option: '-4', all: '0.0.0.0/0', host: 32 },
  { option: '-6', all: '::/0', host: 128 },
] as const
