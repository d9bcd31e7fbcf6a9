import { addressLines } from '../../linux/addresses.ts'
import { run } from '../../linux/command.ts'
import { addAddressLine, addPair, deleteLink, ipBatch, readLinks } from '../../linux/links.ts'
import { ensureNamespace } from '../../linux/namespaces.ts'
import { type Cidr, networkOf, parseCidr, showCidr } from '../../product/addresses/cidr.ts'
import type { DesiredVpc } from '../../product/desired/desired.ts'
import { interfaceOf, type Names } from './names.ts'
import { wireMtu } from './parts.ts'

/** Where a VPC's router and the instance that stands for all that is in it are, in each of its blocks. */
export interface Places {
  /** The block itself. */
  readonly cidr: string
  /** The first host, as in a VPC of AWS's. Without prefix length, as the next. */
  readonly router: string
  /** The first address that an instance can have. */
  readonly instance: string
  /** Where the next hop to each of them is, which is on no other wire whatever routes there are. */
  readonly hops: Hops
}

interface Hops {
  readonly router: string
  readonly instance: string
}

/** Of IPv6 Linux takes for a next hop nothing that a route leads to over another wire, as one of a customer's may. */
const linkLocal: Hops = { router: 'fe80::1', instance: 'fe80::4' }

export function placesOf({ cidrs }: DesiredVpc): readonly Places[] {
  return cidrs.flatMap((text) => {
    const cidr = parseCidr(text)
    if (cidr === undefined) return []
    const base = networkOf(cidr)
    const [router, instance] = [hostOf(base, 1n), hostOf(base, 4n)]
    const hops = cidr.family === 'ipv6' ? linkLocal : { router, instance }
    return { cidr: showCidr(base), router, instance, hops }
  })
}

/** The namespace of a VPC; several gateways may be joined to one. */
export async function ensureVpc(names: Names, vpcId: string): Promise<void> {
  await ensureNamespace(names.vpc(vpcId), { 'ipv4/icmp_ratelimit': 0, 'ipv4/conf/all/rp_filter': 0 })
}

/**
 * Joins a VPC to a gateway: the gateway has a route to each block, the instances have one to everything. Of several
 * gateways the one with the lowest metric has it. A VPC forwards nothing: what is sent to addresses that nobody has is
 * gone.
 */
export async function joinVpc(names: Names, gatewayId: string, vpc: DesiredVpc, metric: number): Promise<void> {
  const [gateway, namespace] = [names.gateway(gatewayId), names.vpc(vpc.id)]
  const [inside, outside] = [interfaceOf(vpc.id), interfaceOf(gatewayId)]
  // Without a carrier it was not finished when an earlier run ended.
  if ((await readLinks(gateway)).get(inside)?.carrier !== true) {
    await deleteLink(gateway, inside)
    await addPair(
      { namespace: gateway, name: inside, mtu: wireMtu, up: true },
      { namespace, name: outside, mtu: wireMtu, up: true },
    )
  }
  const places = placesOf(vpc)
  const blocks = new Set(places.map(({ cidr }) => cidr))
  const past = (await routesOver(gateway, inside)).filter((cidr) => !blocks.has(cidr))
  await ipBatch(gateway, [
    ...past.map((cidr) => `route delete ${cidr} dev ${inside}`),
    ...(await onlyAddresses(
      gateway,
      inside,
      places.map(({ router }) => router),
    )),
    addAddressLine(inside, `${linkLocal.router}/64`),
    ...places.map(({ cidr, hops }) => `route replace ${cidr} via ${hops.instance} dev ${inside} onlink`),
  ])
  const firsts = ['ipv4', 'ipv6'].flatMap(
    (family) => places.find(({ cidr }) => parseCidr(cidr)?.family === family) ?? [],
  )
  await ipBatch(namespace, [
    ...(await onlyAddresses(
      namespace,
      outside,
      places.map(({ instance }) => instance),
    )),
    addAddressLine(outside, `${linkLocal.instance}/64`),
    ...firsts.map(({ hops, instance }) => {
      const way = `via ${hops.router} dev ${outside} onlink`
      return `route replace default ${way} src ${instance} metric ${metric}`
    }),
  ])
}

export async function partVpc(names: Names, gatewayId: string, vpcId: string): Promise<void> {
  await deleteLink(names.gateway(gatewayId), interfaceOf(vpcId))
}

/** What has to be done so that an interface has these addresses, each alone, and no others. */
async function onlyAddresses(
  namespace: string,
  name: string,
  addresses: readonly string[],
): Promise<readonly string[]> {
  const link = (await readLinks(namespace)).get(name)
  const alone = addresses.map((address) => `${address}/${address.includes(':') ? 128 : 32}`)
  return link === undefined ? [] : addressLines(link, alone)
}

/** The blocks to which there is a route over an interface. */
async function routesOver(namespace: string, name: string): Promise<readonly string[]> {
  const shown = await Promise.all(
    ['-4', '-6'].map((family) => run('ip', [family, '-n', namespace, '-json', 'route', 'show', 'dev', name])),
  )
  const rows: readonly { readonly dst: string; readonly gateway?: string }[] = shown.flatMap((text) => JSON.parse(text))
  return rows.flatMap(({ dst, gateway }) => (gateway === undefined ? [] : [dst]))
}

function hostOf(base: Cidr, index: bigint): string {
  return showCidr({ ...base, address: base.address + index }).replace(/\/.*/, '')
}
