import { quote } from '../../contract/quote.ts'
import { hasHostBits, parseCidr, showCidr } from '../addresses/cidr.ts'
import { conflict, refuse } from '../fault.ts'
import { type Change, create, type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { showInstant, showTime } from '../time.ts'
import { virtualInterfaceNamed } from '../virtual-interfaces/of-operator.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { countAccepted } from './accepted.ts'
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
  const { vif, state } = await virtualInterfaceNamed(snapshot, input.virtualInterfaceId)
  if (['deleting', 'deleted', 'rejected'].includes(state))
    throw conflict(`Virtual interface ${vif.id} is ${state}: nothing is announced on it`)
  const announced = announcedFrom(snapshot, vif, checkedRoutes(input.routes))
  const past = await announcedNow(snapshot, vif)
  return {
    changes: [...past.map((routes) => ended(routes, snapshot.now)), create('customer-routes', announced)],
    show: () => showAnnounced(announced),
  }
}

/** What is announced goes on under the policy of other facts of the virtual interface, such as its prefixes. */
export async function announcedAnew(snapshot: Snapshot, changed: VirtualInterface): Promise<readonly Change[]> {
  const present = await announcedNow(snapshot, changed)
  return present.flatMap((routes) => [
    ended(routes, snapshot.now),
    create('customer-routes', announcedFrom(snapshot, changed, routes.routes)),
  ])
}

function announcedFrom(snapshot: Snapshot, vif: VirtualInterface, routes: readonly CustomerRoute[]): CustomerRoutes {
  return {
    id: snapshot.uuid(),
    createdAt: snapshot.now,
    virtualInterfaceId: vif.id,
    from: snapshot.now,
    until: null,
    routes,
    accepted: countAccepted(vif, routes),
  }
}

async function announcedNow(snapshot: Snapshot, vif: VirtualInterface): Promise<readonly CustomerRoutes[]> {
  const ever = await snapshot.list('customer-routes', 'virtual-interface', vif.id)
  return ever.filter(({ until }) => until === null)
}

function ended(routes: CustomerRoutes, now: number): Change {
  return save('customer-routes', { ...routes, until: now })
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
