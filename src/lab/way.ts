import { run } from '../linux/command.ts'
import { askRouter, routerDirectory } from './customer-router.ts'
import { deviceOf } from './site.ts'
import type { LabState, Places } from './state.ts'

/** Which way packets from a site to an address take, for people: the virtual interface and the AS path. */
export async function wayOf(places: Places, state: LabState, site: string, address: string): Promise<string> {
  const at = state.sites.find(({ name }) => name === site)
  if (at === undefined) return ''
  try {
    const where = ['-n', at.router.namespace, '-json', 'route', 'get', address, 'from', at.lan.address, 'iif', 'lan0']
    const [route]: readonly { readonly dev?: string; readonly gateway?: string }[] = JSON.parse(await run('ip', where))
    const carriers = state.carriers.filter((carrier) => carrier.site === site)
    const vif = state.virtualInterfaces.find((each) => each.site === site && deviceOf(each, carriers) === route?.dev)
    if (vif === undefined) return 'no route'
    const table = await askRouter(routerDirectory(places.run, site), `show bgp ipv4 unicast ${address} json`)
    const { paths = [] }: Table = JSON.parse(table)
    const path = paths.find(({ nexthops = [] }) => nexthops.some(({ ip }) => ip === route?.gateway))
    return `${vif.name}, AS path ${path?.aspath?.string || 'not known'}`
  } catch {
    return 'no route'
  }
}

/** As FRR shows the routes to an address. */
interface Table {
  readonly paths?: readonly {
    readonly aspath?: { readonly string?: string }
    readonly nexthops?: readonly { readonly ip?: string }[]
  }[]
}
