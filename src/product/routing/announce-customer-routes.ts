import { quote } from '../../contract/quote.ts'
import { hasHostBits, parseCidr, showCidr } from '../addresses/cidr.ts'
import { conflict, refuse } from '../fault.ts'
import { create, type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { showInstant, showTime } from '../time.ts'
import { virtualInterfaceNamed } from '../virtual-interfaces/of-operator.ts'
import type { CustomerRoute, CustomerRoutes } from './customer-routes.ts'

export interface AnnouncedRoutes {
  readonly virtualInterfaceId: string
  readonly from: string
  readonly until: string | null
  readonly routes: readonly CustomerRoute[]
}

/** From now on the customer's router announces these routes and no others; an empty list withdraws them all. */
export async function announceCustomerRoutes(
  snapshot: Snapshot,
  input: { readonly virtualInterfaceId: string; readonly routes: readonly CustomerRoute[] },
): Promise<Decision<AnnouncedRoutes>> {
  const { now } = snapshot
  const { vif, state } = await virtualInterfaceNamed(snapshot, input.virtualInterfaceId)
  if (['deleting', 'deleted', 'rejected'].includes(state))
    throw conflict(`Virtual interface ${vif.id} is ${state}: nothing is announced on it`)
  const announced: CustomerRoutes = {
    id: snapshot.uuid(),
    createdAt: now,
    virtualInterfaceId: vif.id,
    from: now,
    until: null,
    routes: checkedRoutes(input.routes),
  }
  const past = await snapshot.list('customer-routes', 'virtual-interface', vif.id)
  const ended = past.filter(({ until }) => until === null).map((routes) => ({ ...routes, until: now }))
  return {
    changes: [...ended.map((routes) => save('customer-routes', routes)), create('customer-routes', announced)],
    show: () => showAnnounced(announced),
  }
}

export function showAnnounced(announced: CustomerRoutes): AnnouncedRoutes {
  return {
    virtualInterfaceId: announced.virtualInterfaceId,
    from: showTime(announced.from),
    until: showInstant(announced.until),
    routes: announced.routes,
  }
}

function checkedRoutes(routes: readonly CustomerRoute[]): readonly CustomerRoute[] {
  const checked = routes.map((route, index) => ({ ...route, cidr: checkedCidr(route.cidr, `routes[${index}].cidr`) }))
  const seen = new Set<string>()
  for (const { cidr } of checked) {
    if (seen.has(cidr)) throw refuse(`Invalid value '${cidr}' for routes: it is announced twice`)
    seen.add(cidr)
  }
  return checked
}

function checkedCidr(text: string, member: string): string {
  const cidr = parseCidr(text)
  if (cidr === undefined)
    throw refuse(`Invalid value ${quote(text)} for ${member}: it must be in CIDR notation, such as 10.0.0.0/16`)
  if (hasHostBits(cidr))
    throw refuse(`Invalid value ${quote(text)} for ${member}: it has bits set beyond its prefix length`)
  return showCidr(cidr)
}
